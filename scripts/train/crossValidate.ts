import { PENALTIES, difficultyFitter } from './difficultyFit';
import { chooseLengthSlope } from './lengthSlope';
import type { SparseRows } from './ridge';
import { foldOf } from './folds';
import type { RoutingRow, RoutingSet } from './recordedRows';

export const FOLDS = 5;

export interface CrossValidation {
	/** By seed: the score of each row from a model that has not seen its question. */
	readonly scores: readonly Float64Array[];
	/** By seed: the fold of each row. */
	readonly folds: ReadonlyArray<readonly number[]>;
	/** The slope over length that the inner folds chose, by seed and fold. */
	readonly slopes: readonly number[];
}

/**
 * Nested cross-validation over all sets at once: one model serves them all, and what is chosen is
 * chosen inside the rows that it may learn from.
 */
export function crossValidate(
	rows: readonly RoutingRow[],
	matrix: SparseRows,
	seeds: number,
): CrossValidation {
	const fit = difficultyFitter(rows, matrix);
	const all = [...rows.keys()];
	const slopes: number[] = [];
	const folds = Array.from({ length: seeds }, (_, seed) =>
		rows.map(({ key }) => foldOf(key, seed, FOLDS)),
	);
	const scores = folds.map((foldOfRow, seed) => {
		const ofSeed = new Float64Array(rows.length);
		for (let fold = 0; fold < FOLDS; fold++) {
			const learnFrom = all.filter((row) => foldOfRow[row] !== fold);
			const slope = chooseLengthSlope(rows, matrix, fit, learnFrom, seed);
			slopes.push(slope);
			const { scoreOf } = fit(learnFrom, PENALTIES, slope);
			for (const row of all) if (foldOfRow[row] === fold) ofSeed[row] = scoreOf(row);
		}
		return ofSeed;
	});
	return { scores, folds, slopes };
}

/** For each row of the set the score of a model that has seen neither the set nor any question of it. */
export function leaveSetOut(
	rows: readonly RoutingRow[],
	matrix: SparseRows,
	set: RoutingSet,
): Float64Array {
	const fit = difficultyFitter(rows, matrix);
	const own = new Set(rows.filter((row) => row.set === set).map(({ key }) => key));
	const learnFrom = [...rows.keys()].filter((row) => !own.has(rows[row]!.key));
	const slope = chooseLengthSlope(rows, matrix, fit, learnFrom, 0);
	const { scoreOf } = fit(learnFrom, PENALTIES, slope);
	return Float64Array.from(rows, ({ set: each }, row) => (each === set ? scoreOf(row) : 0));
}
