/** What the rankings say about one thing. */
export interface BordaScore {
	readonly place: number;
	/** 1: first in every ranking that holds it; 0: last in each; absent: in none. */
	readonly score?: number;
	/** Mean rank, 1 is best; absent: in none. */
	readonly meanRank?: number;
	readonly rankings: number;
}

/**
 * Borda count over rankings that do not all hold the same things: in a ranking of m the first gets
 * m-1 points and the last 0, as a share of m-1; the score is the mean over the rankings that hold
 * the thing. Where every ranking is whole it gives the order of the plain count. A ranking of one
 * says nothing and is left out.
 */
export function bordaScores(
	count: number,
	rankings: readonly (readonly number[])[],
): readonly BordaScore[] {
	const points = new Array<number>(count).fill(0);
	const ranks = new Array<number>(count).fill(0);
	const times = new Array<number>(count).fill(0);
	for (const ranking of rankings.filter(({ length }) => length > 1)) {
		for (const [index, place] of ranking.entries()) {
			points[place] = (points[place] ?? 0) + (ranking.length - 1 - index) / (ranking.length - 1);
			ranks[place] = (ranks[place] ?? 0) + index + 1;
			times[place] = (times[place] ?? 0) + 1;
		}
	}
	return times.map((time, place) =>
		time === 0
			? { place, rankings: 0 }
			: {
					place,
					score: rounded((points[place] ?? 0) / time),
					meanRank: rounded((ranks[place] ?? 0) / time),
					rankings: time,
				},
	);
}

/** Equal scores are equal whatever the order of the sums. */
function rounded(value: number): number {
	return Number(value.toFixed(9));
}
