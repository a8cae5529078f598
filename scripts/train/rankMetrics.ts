/** How well a score orders prompts for two tiers; definitions as in the RouteLLM paper. */
export interface RankMetrics {
	/**
	 * Average performance gap recovered. Send the highest scores to the strong model; the part of
	 * the gap between "always cheap" (0) and "always strong" (1) that is closed, averaged over all
	 * shares of strong calls from 0 to 1 by the trapezium rule. Random order: .5 on average.
	 */
	readonly apgr: number;
	/** Least share of strong calls, in %, that closes half of the gap. Random order: 50. */
	readonly cpt50: number;
	/** The same for 80 % of the gap. Random order: 80. */
	readonly cpt80: number;
}

/**
 * @param score higher: sent to the strong model first; ties in the order of `rows`
 * @param gain what the strong model gains over the cheap one, by row
 */
export function rankMetrics(
	rows: readonly number[],
	score: ArrayLike<number>,
	gain: ArrayLike<number>,
): RankMetrics {
	const order = [...rows].sort((a, b) => (score[b] ?? 0) - (score[a] ?? 0));
	const gap = order.reduce((sum, row) => sum + (gain[row] ?? 0), 0);
	let closed = 0;
	let area = 0;
	let cpt50 = NaN;
	let cpt80 = NaN;
	order.forEach((row, index) => {
		const before = closed;
		closed += gain[row] ?? 0;
		area += (before + closed) / 2;
		const share = (100 * (index + 1)) / order.length;
		if (Number.isNaN(cpt50) && closed >= 0.5 * gap) cpt50 = share;
		if (Number.isNaN(cpt80) && closed >= 0.8 * gap) cpt80 = share;
	});
	return { apgr: area / order.length / gap, cpt50, cpt80 };
}

export const mean = (values: readonly number[]): number =>
	values.reduce((sum, value) => sum + value, 0) / values.length;

/** The value below which `share` of the values lie, by linear interpolation. */
export function quantile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	const at = share * (sorted.length - 1);
	const low = sorted[Math.floor(at)] ?? NaN;
	const high = sorted[Math.ceil(at)] ?? NaN;
	return low + (high - low) * (at - Math.floor(at));
}
