import { mean, rankMetrics } from './rankMetrics';
import { difficultyFitter, type FitSettings } from './difficultyFit';
import type { SparseRows } from './ridge';
import { foldOf } from './folds';
import type { RoutingRow, RoutingSet, RowSet } from './recordedRows';

export const FOLDS = 5;
const INNER_FOLDS = 3;
/** Keeps inner folds apart from outer ones. */
const INNER_SEED = 1000;

/**
 * How much one row of a set counts, fixed before any selection: small sets more, and those less
 * that are there to support the others: ZeroEval asks GSM8K's questions again, MMLU-Pro compares
 * other pairs.
 */
export const IMPORTANCE: Readonly<Record<RowSet, number>> = {
	mmlu: 1,
	gsm8k: 3,
	zeroeval: 0.5,
	routerarena: 3,
	lineage: 5,
	mtbench: 1,
	mmlupro: 0.5,
	stem: 0.15,
	seed: 5,
};

/** What the inner folds choose from. */
export const SETTINGS: readonly FitSettings[] = [5, 10, 20].flatMap((penalty) =>
	[0.1, 0.25, 0.5].map((ownShare) => ({ penalty, ownShare, importance: IMPORTANCE })),
);

/** The sets that have enough rows to choose by. */
const CHOSEN_BY: readonly RoutingSet[] = ['mmlu', 'gsm8k', 'zeroeval', 'routerarena'];

export type Fitter = ReturnType<typeof difficultyFitter>;

export interface CrossValidation {
	/** By seed: the score of each row from a model that has not seen its question. */
	readonly scores: readonly Float64Array[];
	/** By seed: the fold of each row. */
	readonly folds: ReadonlyArray<readonly number[]>;
	/** What the inner folds chose, by seed and fold. */
	readonly chosen: readonly FitSettings[];
}

/** Mean over the sets of the mean APGR over a set's pairs. */
function quality(
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

/** The settings that do best on inner folds of the rows that may be learnt from. */
export function chooseSettings(
	rows: readonly RoutingRow[],
	fit: Fitter,
	learnFrom: readonly number[],
	seed: number,
): FitSettings {
	const innerFold = rows.map(({ key }) => foldOf(key, INNER_SEED + seed, INNER_FOLDS));
	const results = SETTINGS.map((settings) => {
		const scores = new Float64Array(rows.length);
		for (let fold = 0; fold < INNER_FOLDS; fold++) {
			const inner = fit(
				learnFrom.filter((row) => innerFold[row] !== fold),
				settings,
			);
			for (const row of learnFrom) {
				if (innerFold[row] === fold) scores[row] = inner.scoreOf(row);
			}
		}
		return quality(rows, learnFrom, scores);
	});
	return SETTINGS[results.indexOf(Math.max(...results))]!;
}

/**
 * Nested cross-validation over all sets at once: one model serves them all, and its settings are
 * chosen inside the rows that it may learn from.
 */
export function crossValidate(
	rows: readonly RoutingRow[],
	matrix: SparseRows,
	seeds: number,
): CrossValidation {
	const fit = difficultyFitter(rows, matrix);
	const all = [...rows.keys()];
	const chosen: FitSettings[] = [];
	const folds = Array.from({ length: seeds }, (_, seed) =>
		rows.map(({ key }) => foldOf(key, seed, FOLDS)),
	);
	const scores = folds.map((foldOfRow, seed) => {
		const ofSeed = new Float64Array(rows.length);
		for (let fold = 0; fold < FOLDS; fold++) {
			const learnFrom = all.filter((row) => foldOfRow[row] !== fold);
			const settings = chooseSettings(rows, fit, learnFrom, seed);
			chosen.push(settings);
			const { scoreOf } = fit(learnFrom, settings);
			for (const row of all) if (foldOfRow[row] === fold) ofSeed[row] = scoreOf(row);
		}
		return ofSeed;
	});
	return { scores, folds, chosen };
}

/** For each set the scores of a model that has seen neither the set nor any question of it. */
export function leaveSetOut(
	rows: readonly RoutingRow[],
	matrix: SparseRows,
	set: RoutingSet,
): Float64Array {
	const fit = difficultyFitter(rows, matrix);
	const own = new Set(rows.filter((row) => row.set === set).map(({ key }) => key));
	const learnFrom = [...rows.keys()].filter((row) => !own.has(rows[row]!.key));
	const { scoreOf } = fit(learnFrom, chooseSettings(rows, fit, learnFrom, 0));
	return Float64Array.from(rows, ({ set: each }, row) => (each === set ? scoreOf(row) : 0));
}
