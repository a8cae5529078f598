/** Where one candidate stands within one item. */
export interface CandidateStanding {
	/** Not to be called before this time, in milliseconds since the epoch. */
	readonly readyAtMs: number;
	/** Gave all it may for this item. */
	readonly spent: boolean;
	/** To be called before the others, once it is ready. */
	readonly preferred: boolean;
	/** Retries that it has had, or gave way before. */
	readonly retries: number;
}

export type Pick =
	| { readonly do: 'call'; readonly index: number }
	| { readonly do: 'wait'; readonly untilMs: number; readonly index: number }
	| { readonly do: 'end' };

/**
 * Which candidate is asked next: one that is being retried keeps its turn; else, of the ready ones, the
 * one that failed least, in ranked order; else the one that is ready soonest. `end` when all are spent or none is ready
 * before the deadline.
 */
export function pickNext(
	standings: readonly CandidateStanding[],
	nowMs: number,
	deadlineAtMs: number,
): Pick {
	let soonest: number | undefined;
	for (const [index, standing] of standings.entries()) {
		if (standing.spent) continue;
		if (standing.preferred) return turn(standing, index, nowMs);
		if (soonest === undefined || earlier(standing, standings[soonest], nowMs)) soonest = index;
	}
	const standing = soonest === undefined ? undefined : standings[soonest];
	if (soonest === undefined || standing === undefined) return { do: 'end' };
	if (standing.readyAtMs >= deadlineAtMs) return { do: 'end' };
	return turn(standing, soonest, nowMs);
}

function turn(standing: CandidateStanding, index: number, nowMs: number): Pick {
	if (standing.readyAtMs <= nowMs) return { do: 'call', index };
	return { do: 'wait', untilMs: standing.readyAtMs, index };
}

function earlier(
	standing: CandidateStanding,
	than: CandidateStanding | undefined,
	nowMs: number,
): boolean {
	if (than === undefined) return true;
	// Ready is ready, however long. Who gave way comes back when the others had their turn, also
	// where its wait was drawn so short that it is over by now.
	const readyAtMs = Math.max(standing.readyAtMs, nowMs);
	const thanReadyAtMs = Math.max(than.readyAtMs, nowMs);
	return readyAtMs === thanReadyAtMs ? standing.retries < than.retries : readyAtMs < thanReadyAtMs;
}
