import { featuresOf } from '../../engine/routing/features';
import { TASKS } from '../../engine/spec/facts';
import { crossValidateTasks } from '../../scripts/train/crossValidateTasks';
import { spreadOf } from '../../scripts/train/designMatrix';
import { mean, quantile } from '../../scripts/train/rankMetrics';
import type { RoutingRow } from '../../scripts/train/recordedRows';
import { taskMatrix } from '../../scripts/train/taskFit';
import { furtherTaskRows, isRealUser, readTaskRows } from '../../scripts/train/taskRows';
import { printTable } from './routingPrint';

/** Naive Bayes over words gets this many of the recorded prompts right, in %. */
const NAIVE_BAYES_PERCENT = 84.1;

/** The task classifier on prompts that it was not trained on; returns the bars that are missed. */
export function reportTasks(
	folder: string,
	recorded: readonly RoutingRow[],
	seeds: number,
): string[] {
	const labelled = readTaskRows(folder);
	if (labelled.length === 0) return [];
	console.log('\n## Task of a prompt: 5 folds x 5 seeds, % right\n');
	const rows = [...labelled, ...furtherTaskRows(recorded)];
	const texts = rows.map(({ prompt }) => featuresOf(prompt));
	const matrix = taskMatrix(texts, spreadOf(texts));
	const predicted = crossValidateTasks(rows, matrix, (row) => row < labelled.length, seeds);

	const percentRight = (own: readonly number[]): number[] =>
		predicted.map(
			(labels) =>
				(100 * own.filter((row) => labels[row] === labelled[row]?.task).length) / own.length,
		);
	const all = [...labelled.keys()];
	const groups: ReadonlyArray<readonly [string, readonly number[]]> = [
		['all', all],
		['public test sets', all.filter((row) => labelled[row]?.source.startsWith('LLMRouter'))],
		['real users (Arena-Hard)', all.filter((row) => isRealUser(labelled[row]!))],
		['MT-bench', all.filter((row) => labelled[row]?.source === 'MT-bench')],
		...TASKS.map(
			(task) => [`task ${task}`, all.filter((row) => labelled[row]?.task === task)] as const,
		),
	];
	printTable(
		['prompts', 'rows', 'right', 'lowest to highest seed'],
		groups.map(([name, own]) => {
			const right = percentRight(own);
			const span = `${quantile(right, 0).toFixed(1)}–${quantile(right, 1).toFixed(1)}`;
			return [name, String(own.length), mean(right).toFixed(1), span];
		}),
	);
	const overall = mean(percentRight(all));
	return overall > NAIVE_BAYES_PERCENT
		? []
		: [`tasks: ${overall.toFixed(1)} % right, naive Bayes ${NAIVE_BAYES_PERCENT} %`];
}
