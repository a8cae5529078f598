import { COLUMNS, FEATURE_SCALES } from './designMatrix';
import { MIDDLE_PENALTY, type DifficultyFitter } from './difficultyFit';
import { foldOf } from './folds';
import { mean, rankMetrics } from './rankMetrics';
import type { RoutingRow, RoutingSet } from './recordedRows';
import { rowTimes, type SparseRows } from './ridge';

const INNER_FOLDS = 3;
/** Keeps inner folds apart from outer ones. */
const INNER_SEED = 1000;

/**
 * How much harder a prompt counts for each standard deviation of the logarithm of its length, on top
 * of what was learnt. What a model learns about some kinds of prompts may mislead it on others;
 * there, length is what still holds.
 */
const LENGTH_SLOPES = [0, 0.01, 0.02, 0.04];

/** The sets that have enough rows to choose by. */
const CHOSEN_BY: readonly RoutingSet[] = ['mmlu', 'gsm8k', 'zeroeval', 'routerarena'];

/**
 * The slope that orders best, in the mean of two questions: prompts of a kind that was learnt from
 * (inner folds) and prompts of another kind (inner sets left out). Only `learnFrom` has a part in it.
 */
export function chooseLengthSlope(
	rows: readonly RoutingRow[],
	matrix: SparseRows,
	fit: DifficultyFitter,
	learnFrom: readonly number[],
	seed: number,
): number {
	const innerFold = rows.map(({ key }) => foldOf(key, INNER_SEED + seed, INNER_FOLDS));
	const known = new Float64Array(rows.length);
	for (let fold = 0; fold < INNER_FOLDS; fold++) {
		const isOut = (row: number) => innerFold[row] === fold;
		scoreUnseen(fit, learnFrom, isOut, isOut, known);
	}
	const unknown = new Float64Array(rows.length);
	for (const set of CHOSEN_BY) {
		const isOwn = (row: number) => rows[row]!.set === set;
		const keys = new Set(learnFrom.filter(isOwn).map((row) => rows[row]!.key));
		scoreUnseen(fit, learnFrom, (row) => keys.has(rows[row]!.key), isOwn, unknown);
	}
	const deviations = deviationsOfLength(matrix, rows.length);
	const results = LENGTH_SLOPES.map((slope) => {
		const withSlope = (scores: Float64Array) =>
			scores.map((score, row) => score + slope * deviations[row]!);
		return (
			meanApgr(rows, learnFrom, withSlope(known)) + meanApgr(rows, learnFrom, withSlope(unknown))
		);
	});
	return LENGTH_SLOPES[results.indexOf(Math.max(...results))]!;
}

/** Writes the scores of the `judged` rows from a model that was not shown the `hidden` ones. */
function scoreUnseen(
	fit: DifficultyFitter,
	learnFrom: readonly number[],
	hidden: (row: number) => boolean,
	judged: (row: number) => boolean,
	scores: Float64Array,
): void {
	const shown = learnFrom.filter((row) => !hidden(row));
	const { scoreOf } = fit(shown, MIDDLE_PENALTY, 0);
	for (const row of learnFrom) if (judged(row)) scores[row] = scoreOf(row);
}

function deviationsOfLength(matrix: SparseRows, rowCount: number): Float64Array {
	const weights = new Float64Array(matrix.columns);
	weights[COLUMNS.length] = 1 / FEATURE_SCALES.measures;
	return Float64Array.from({ length: rowCount }, (_, row) => rowTimes(matrix, row, weights));
}

/** Mean over the sets of the mean APGR over a set's pairs. */
function meanApgr(
	rows: readonly RoutingRow[],
	judged: readonly number[],
	scores: Float64Array,
): number {
	const perSet = CHOSEN_BY.flatMap((set) => {
		const ofSet = judged.filter((row) => rows[row]!.set === set);
		const pairs = rows[ofSet[0] ?? -1]?.gains.length ?? 0;
		const perPair = Array.from({ length: pairs }, (_, pair) => {
			const gain = rows.map(({ gains }) => gains[pair] ?? 0);
			return rankMetrics(ofSet, scores, gain).apgr;
		}).filter((apgr) => Number.isFinite(apgr));
		return perPair.length > 0 ? [mean(perPair)] : [];
	});
	return mean(perSet);
}
