import type { TextFeatures } from '../../engine/routing/features';
import { MEASURES } from '../../engine/routing/measures';
import { TASKS } from '../../engine/spec/facts';
import { TASK_TABLE_BITS } from '../../engine/routing/score';
import { TEXT_FORMS } from '../../engine/routing/textForm';
import { standardise, wordShare } from '../../engine/routing/weigh';
import type { Spread } from './designMatrix';
import { ridge, sparseRows, type SparseRows } from './ridge';
import type { TaskRow } from './taskRows';

export const TASK_COLUMNS = {
	measures: 1 << TASK_TABLE_BITS,
	forms: (1 << TASK_TABLE_BITS) + MEASURES.length,
	intercept: (1 << TASK_TABLE_BITS) + MEASURES.length + TEXT_FORMS.length,
} as const;
export const TASK_SCALES = { words: 0.1, measures: 0.1, forms: 0.5 } as const;

const ITERATIONS = 25;

export function taskMatrix(texts: readonly TextFeatures[], spread: Spread): SparseRows {
	const mask = (1 << TASK_TABLE_BITS) - 1;
	return sparseRows(
		texts.length,
		TASK_COLUMNS.intercept + 1,
		(row) => texts[row]!.sharedCount + MEASURES.length + 2,
		(row, put) => {
			const { places, sharedCount, measures, form } = texts[row]!;
			const share = TASK_SCALES.words * wordShare(sharedCount);
			for (let index = 0; index < sharedCount; index++) put(places[index]! & mask, share);
			standardise(measures, spread).forEach((value, index) => {
				put(TASK_COLUMNS.measures + index, TASK_SCALES.measures * value);
			});
			put(TASK_COLUMNS.forms + form, TASK_SCALES.forms);
			put(TASK_COLUMNS.intercept, 1);
		},
	);
}

/** One column of weights a label: each label against all others, by least squares. */
export function fitTasks(
	rows: readonly TaskRow[],
	matrix: SparseRows,
	learnFrom: readonly number[],
	penalty: number,
): Float64Array[] {
	const importance = Float64Array.from(rows, (row) => row.importance);
	return TASKS.map((label) =>
		ridge({
			matrix,
			rows: learnFrom,
			target: Float64Array.from(rows, ({ task }) => (task === label ? 1 : 0)),
			importance,
			penalty,
			iterations: ITERATIONS,
		}),
	);
}
