import { COLUMNS, FEATURE_SCALES } from './designMatrix';
import { mean } from './rankMetrics';
import { ROW_SETS, type RoutingRow, type RowSet } from './recordedRows';
import type { SparseRows } from './ridge';
import { ridge, rowTimes, sparseRows } from './ridge';

/**
 * How much one row of a set counts: small sets more, and those less that are there to support the
 * others: ZeroEval asks GSM8K's questions again, MMLU-Pro compares other pairs.
 */
const IMPORTANCE: Readonly<Record<RowSet, number>> = {
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

/** Part of a row's own outcome in its target; the teacher gives the rest. */
const OWN_SHARE = 0.25;
/** Nothing is chosen among them: the mean of their fits is taken, which is one fit again. */
export const PENALTIES: readonly number[] = [5, 10, 20];
/** Stands in for the mean where many fits are needed. */
export const MIDDLE_PENALTY: readonly number[] = [10];

const ITERATIONS = 20;
const TEACHER_PENALTY = 10;
const TEACHER_ITERATIONS = 60;

/** Evidence as columns, one intercept a set, and the overall intercept. */
function evidenceMatrix(rows: readonly RoutingRow[]): SparseRows {
	const names = new Map<string, number>();
	for (const { evidence } of rows) {
		for (const name of Object.keys(evidence)) if (!names.has(name)) names.set(name, names.size);
	}
	const intercept = names.size + ROW_SETS.length;
	return sparseRows(
		rows.length,
		intercept + 1,
		(row) => Object.keys(rows[row]!.evidence).length + 2,
		(row, put) => {
			const { evidence, set } = rows[row]!;
			for (const [name, value] of Object.entries(evidence)) put(names.get(name)!, value);
			put(names.size + ROW_SETS.indexOf(set), 3);
			put(intercept, 1);
		},
	);
}

export interface DifficultyFit {
	/** Columns as in `designMatrix.ts`. */
	readonly weights: Float64Array;
	readonly scoreOf: (row: number) => number;
}

/**
 * Fits from some of the rows: the mean over the penalties, with a slope over length on top
 * (`lengthSlope.ts`).
 */
export type DifficultyFitter = (
	learnFrom: readonly number[],
	penalties: readonly number[],
	lengthSlope: number,
) => DifficultyFit;

/** Fits the teacher on the evidence of the learning rows, then the words on the teacher. */
export function difficultyFitter(
	rows: readonly RoutingRow[],
	matrix: SparseRows,
): DifficultyFitter {
	const gains = Float64Array.from(rows, ({ gains: each }) => mean(each));
	const evidence = evidenceMatrix(rows);
	const hasEvidence = rows.map((row) => Object.keys(row.evidence).length > 0);
	const even = new Float64Array(rows.length).fill(1);
	const importance = Float64Array.from(rows, ({ set }) => IMPORTANCE[set]);

	return (learnFrom, penalties, lengthSlope) => {
		const teacher = ridge({
			matrix: evidence,
			rows: learnFrom,
			target: gains,
			importance: even,
			penalty: TEACHER_PENALTY,
			iterations: TEACHER_ITERATIONS,
		});
		const target = new Float64Array(rows.length);
		for (const row of learnFrom) {
			// Without evidence the teacher knows no more than the mean.
			const own = hasEvidence[row]! ? OWN_SHARE : 1;
			target[row] = own * gains[row]! + (1 - own) * rowTimes(evidence, row, teacher);
		}
		levelGsm8k(rows, learnFrom, target);
		const problem = { matrix, rows: learnFrom, target, importance, iterations: ITERATIONS };
		const fits = penalties.map((penalty) => ridge({ ...problem, penalty }));
		const weights = Float64Array.from({ length: matrix.columns }, (_, column) =>
			mean(fits.map((fit) => fit[column]!)),
		);
		weights[COLUMNS.length]! += lengthSlope / FEATURE_SCALES.measures;
		return { weights, scoreOf: (row) => rowTimes(matrix, row, weights) };
	};
}

/**
 * GSM8K's questions stand in two sets, answered by pairs that lie further apart in one of them. What
 * makes one of them harder than another is learnt from both, that difference from neither.
 */
function levelGsm8k(
	rows: readonly RoutingRow[],
	learnFrom: readonly number[],
	target: Float64Array,
): void {
	const wide = learnFrom.filter((row) => rows[row]!.set === 'gsm8k');
	const narrow = learnFrom.filter((row) => rows[row]!.part === 'gsm');
	if (wide.length === 0 || narrow.length === 0) return;
	const level = (some: readonly number[]) => mean(some.map((row) => target[row]!));
	const surplus = level(wide) - level(narrow);
	for (const row of wide) target[row]! -= surplus;
}
