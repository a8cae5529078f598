import type { SparseRows } from './ridge';
import { ridge, rowTimes, sparseRows } from './ridge';
import { mean } from './rankMetrics';
import { ROW_SETS, type RoutingRow, type RowSet } from './recordedRows';

/** What is chosen by inner folds. */
export interface FitSettings {
	readonly penalty: number;
	/** Part of a row's own outcome in its target; the teacher gives the rest. */
	readonly ownShare: number;
	/** How much one row of a set counts. */
	readonly importance: Readonly<Record<RowSet, number>>;
}

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

/** Fits the teacher on the evidence of the learning rows, then the words on the teacher. */
export function difficultyFitter(rows: readonly RoutingRow[], matrix: SparseRows) {
	const gains = Float64Array.from(rows, ({ gains: each }) => mean(each));
	const evidence = evidenceMatrix(rows);
	const hasEvidence = rows.map((row) => Object.keys(row.evidence).length > 0);
	const even = new Float64Array(rows.length).fill(1);

	return (learnFrom: readonly number[], settings: FitSettings): DifficultyFit => {
		const teacher = ridge({
			matrix: evidence,
			rows: learnFrom,
			target: gains,
			importance: even,
			penalty: TEACHER_PENALTY,
			iterations: TEACHER_ITERATIONS,
		});
		const target = new Float64Array(rows.length);
		const importance = new Float64Array(rows.length);
		for (const row of learnFrom) {
			// Without evidence the teacher knows no more than the mean.
			const ownShare = hasEvidence[row]! ? settings.ownShare : 1;
			const taught = rowTimes(evidence, row, teacher);
			target[row] = ownShare * gains[row]! + (1 - ownShare) * taught;
			importance[row] =
				settings.importance[rows[row]!.set] *
				(rows[row]!.part === 'gsm' ? Number(process.env.GSM ?? 1) : 1);
		}
		if (process.env.LEVEL !== '0') {
			const own = learnFrom.filter((row) => rows[row]!.set === 'gsm8k');
			const oth = learnFrom.filter((row) => rows[row]!.part === 'gsm');
			if (oth.length) {
				const d = mean(own.map((row) => target[row]!)) - mean(oth.map((row) => target[row]!));
				for (const row of own) target[row]! -= d;
			}
		}
		const weights = ridge({
			matrix,
			rows: learnFrom,
			target,
			importance,
			penalty: settings.penalty,
			iterations: ITERATIONS,
		});
		return { weights, scoreOf: (row) => rowTimes(matrix, row, weights) };
	};
}
