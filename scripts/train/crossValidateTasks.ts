import { TASKS, type Task } from '../../engine/spec/facts';
import { foldOf } from './folds';
import { rowTimes, type SparseRows } from './ridge';
import { fitTasks } from './taskFit';
import type { TaskRow } from './taskRows';

export const TASK_PENALTIES = [0.3, 1, 3] as const;
const FOLDS = 5;
const INNER_FOLDS = 3;
/** Keeps inner folds apart from outer ones. */
const INNER_SEED = 1000;

export function predictTask(fit: readonly Float64Array[], matrix: SparseRows, row: number) {
	const scores = fit.map((weights) => rowTimes(matrix, row, weights));
	return TASKS[scores.indexOf(Math.max(...scores))]!;
}

/** The penalty that gets most of the inner folds right; every row counts by its importance. */
export function chooseTaskPenalty(
	rows: readonly TaskRow[],
	matrix: SparseRows,
	judged: (row: number) => boolean,
	learnFrom: readonly number[],
	seed: number,
): number {
	const scored = TASK_PENALTIES.map((penalty) => {
		let right = 0;
		for (let fold = 0; fold < INNER_FOLDS; fold++) {
			const inFold = (row: number) =>
				foldOf(rows[row]!.key, INNER_SEED + seed, INNER_FOLDS) === fold;
			const fit = fitTasks(
				rows,
				matrix,
				learnFrom.filter((row) => !inFold(row)),
				penalty,
			);
			for (const row of learnFrom) {
				if (!judged(row) || !inFold(row)) continue;
				if (predictTask(fit, matrix, row) === rows[row]!.task) right += rows[row]!.importance;
			}
		}
		return right;
	});
	return TASK_PENALTIES[scored.indexOf(Math.max(...scored))]!;
}

/** For each seed the label that every judged row gets from a model which has not seen it. */
export function crossValidateTasks(
	rows: readonly TaskRow[],
	matrix: SparseRows,
	judged: (row: number) => boolean,
	seeds: number,
): Task[][] {
	const all = [...rows.keys()];
	return Array.from({ length: seeds }, (_, seed) => {
		const predicted: Task[] = [];
		for (let fold = 0; fold < FOLDS; fold++) {
			const inFold = (row: number) => foldOf(rows[row]!.key, seed, FOLDS) === fold;
			const learnFrom = all.filter((row) => !inFold(row));
			const penalty = chooseTaskPenalty(rows, matrix, judged, learnFrom, seed);
			const fit = fitTasks(rows, matrix, learnFrom, penalty);
			for (const row of all) {
				if (judged(row) && inFold(row)) predicted[row] = predictTask(fit, matrix, row);
			}
		}
		return predicted;
	});
}
