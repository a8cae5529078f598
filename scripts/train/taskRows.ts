import { TASKS, type Task } from '../../engine/spec/facts';
import { questionKey } from './folds';
import { readLines, type RoutingRow } from './recordedRows';
import { TASK_SEEDS } from './taskSeeds';

export interface TaskRow {
	readonly prompt: string;
	readonly key: string;
	readonly task: Task;
	/** `LLMRouter/…`, `ArenaHard-2.0/…`, `MT-bench`, a routing set or `seed`. */
	readonly source: string;
	/** How much the row counts. */
	readonly importance: number;
}

interface TaskLine {
	readonly prompt: string;
	readonly task: Task;
	readonly source: string;
}

/** Prompts of real users are few and what the node will meet. */
const REAL_USER_IMPORTANCE = 4;
const SEED_IMPORTANCE = 3;
/** Enough of each routing set to know its form. */
const ROWS_A_PART = 120;

export const isRealUser = ({ source }: { readonly source: string }): boolean =>
	source.startsWith('ArenaHard');

/** The labelled prompts; the only ones that figures are given for. */
export const readTaskRows = (folder: string): TaskRow[] =>
	readLines<TaskLine>(folder, 'task-labels').map(({ prompt, task, source }) => ({
		prompt,
		key: questionKey(prompt),
		task,
		source,
		importance: isRealUser({ source }) || source === 'MT-bench' ? REAL_USER_IMPORTANCE : 1,
	}));

const TASK_OF_PART: Readonly<Record<string, Task>> = {
	gsm: 'math',
	'math-l5': 'math',
	crux: 'code',
	lineage: 'logic',
};

/**
 * More to learn from: routing sets whose task is plain (options and code look different there),
 * and prompts of our own for labels that the sets hardly have.
 */
export function furtherTaskRows(routing: readonly RoutingRow[]): TaskRow[] {
	const taken = new Map<string, number>();
	const fromSets = routing.flatMap(({ set, part, prompt, key }): TaskRow[] => {
		const isChoice = set === 'mmlu' || set === 'mmlupro';
		const task = isChoice ? 'knowledge-choice' : TASK_OF_PART[part];
		const group = isChoice ? set : part;
		const count = taken.get(group) ?? 0;
		if (task === undefined || count >= ROWS_A_PART) return [];
		taken.set(group, count + 1);
		return [{ prompt, key, task, source: group, importance: 1 }];
	});
	const seeds = TASKS.flatMap((task) =>
		(TASK_SEEDS[task] ?? []).map((prompt) => ({
			prompt,
			key: questionKey(prompt),
			task,
			source: 'seed',
			importance: SEED_IMPORTANCE,
		})),
	);
	return [...fromSets, ...seeds];
}
