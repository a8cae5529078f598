/** Where one key of a credential stands within one item. */
export interface KeyStanding {
	/** Not to be used before this time, in milliseconds since the epoch. */
	readonly readyAtMs: number;
	/** Used for this item since its last wait. */
	readonly isTried: boolean;
}

/**
 * Which key is used next: of the untried ones that are ready, the next in turn after the key used
 * last, so that all carry the same share; when none is ready, the one that is ready soonest.
 *
 * @param last index of the key used last; -1 before the first call
 * @returns the index of a key; 0 when there are none
 */
export function pickKey(keys: readonly KeyStanding[], last: number, nowMs: number): number {
	const all = keys.map((key, index) => ({ ...key, index }));
	const fresh = all.filter(({ isTried }) => !isTried);
	const open = fresh.length > 0 ? fresh : all;
	const ready = open.filter(({ readyAtMs }) => readyAtMs <= nowMs);
	const inTurn = ready.find(({ index }) => index > last) ?? ready[0];
	const soonestMs = Math.min(...open.map(({ readyAtMs }) => readyAtMs));
	return (inTurn ?? open.find(({ readyAtMs }) => readyAtMs === soonestMs))?.index ?? 0;
}
