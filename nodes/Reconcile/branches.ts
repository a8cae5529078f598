import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type IPairedItemData,
} from 'n8n-workflow';
import { InvalidPlanError } from '../../engine/index';
import { shown } from '../shared/shown';
import { keyOf, sharedFields, type Groups } from './groups';
import type { ReadParameter } from './parameterReader';
import type { Question } from './questions';
import { failureOf, fieldNamesIn, type RawAnswer } from './readAnswers';
import { MAX_INPUTS, MIN_INPUTS } from './readFields';

/** One branch of the canvas that ends at an input of the node. */
export interface Branch {
	/** Place of the input, from 0 on. */
	readonly input: number;
	/** `Input 2`, with the name of the node before it where n8n knows it. */
	readonly label: string;
	/** That node's name, which stands in for the model's. */
	readonly by: string;
	/** Empty where the branch did not run. */
	readonly items: readonly INodeExecutionData[];
}

type Context = Pick<IExecuteFunctions, 'getInputData' | 'getNode'>;

/** @throws {InvalidPlanError} for a number of inputs out of range */
export function readBranches(context: Context, numberInputs: unknown): readonly Branch[] {
	const count = Number(numberInputs);
	if (!Number.isInteger(count) || count < MIN_INPUTS || count > MAX_INPUTS) {
		throw new InvalidPlanError(
			`Number of Inputs must be a whole number from ${MIN_INPUTS} to ${MAX_INPUTS}, got ${shown(numberInputs)}`,
			'Change Number of Inputs.',
		);
	}
	const names = nodesBefore(context);
	return Array.from({ length: count }, (_, input): Branch => {
		const name = names[input];
		const label = `Input ${input + 1}`;
		return {
			input,
			label: name === undefined ? label : `${label} (${name})`,
			by: name ?? label,
			items: itemsOf(context, input),
		};
	});
}

/** The items of the first branch that has any: those that n8n evaluates expressions over. */
export function itemsOfFirst(context: Context): readonly INodeExecutionData[] {
	const inputs = Array.from({ length: MAX_INPUTS }, (_, input) => itemsOf(context, input));
	return inputs.find((items) => items.length > 0) ?? [];
}

/** n8n throws for an input that never ran, or gives nothing. */
function itemsOf(context: Context, input: number): readonly INodeExecutionData[] {
	try {
		return context.getInputData(input) ?? [];
	} catch {
		return [];
	}
}

/** The node on each input, whether it ran or not. n8n has no typed way to ask. */
function nodesBefore(context: Context): ReadonlyArray<string | undefined> {
	const getConnections: unknown = Reflect.get(context, 'getConnections');
	if (typeof getConnections !== 'function') return [];
	const slots: unknown = getConnections.call(context, context.getNode(), NodeConnectionTypes.Main);
	if (!Array.isArray(slots)) return [];
	return slots.map((slot: ReadonlyArray<{ readonly node?: string }> | null) => slot?.[0]?.node);
}

/** One answer of a branch, or that there is none. */
interface Entry {
	readonly branch: Branch;
	/** Place of the item in its branch; absent: the branch has none for the question. */
	readonly item?: number;
}

/**
 * Each branch gives one answer for each question: the items with the same value in the field of Group
 * By, else those in the same place.
 */
export function questionPerRow(branches: readonly Branch[], read: ReadParameter): Groups {
	const present = branches.filter(({ items }) => items.length > 0);
	// n8n evaluates expressions over the items of the first input that has any.
	const [first] = present;
	const groupBy = read('groupBy', 0);
	const rows = rowsByKey(branches, groupBy, read) ?? rowsByPlace(branches);
	return {
		questions: rows.rows.map((row) => question(row, first)),
		notes: rows.notes,
	};
}

/** The answers to one question. */
interface RowOfEntries {
	/** How messages name it. */
	readonly source: string;
	readonly entries: readonly Entry[];
}

interface Rows {
	readonly rows: readonly RowOfEntries[];
	readonly notes: readonly string[];
}

function rowsByPlace(branches: readonly Branch[]): Rows {
	const counts = branches.map(({ items }) => items.length);
	const rows = Array.from({ length: Math.max(...counts) }, (_, item) => ({
		source: `Question ${item + 1} of the inputs`,
		entries: branches.map(
			(branch): Entry => (item < branch.items.length ? { branch, item } : { branch }),
		),
	}));
	const differ = new Set(counts.filter((count) => count > 0)).size > 1;
	const note = `The inputs hold different numbers of items (${counts.join(', ')}). Answers in the same place were taken for answers to the same question; set Group By to a field that is the same in all answers to one.`;
	return { rows, notes: differ ? [note] : [] };
}

/** `undefined` where no item has the field. */
function rowsByKey(
	branches: readonly Branch[],
	groupBy: unknown,
	read: ReadParameter,
): Rows | undefined {
	const rows = new Map<string, Map<number, number>>();
	const notes: string[] = [];
	const lost: Array<{ readonly branch: Branch; readonly item: number }> = [];
	const textFields = fieldNamesIn(read('textField', 0));
	for (const branch of branches) {
		branch.items.forEach(({ json }, item) => {
			const key = keyOf(json, groupBy);
			const failure = key === undefined ? failureOf(json, textFields) : undefined;
			if (failure !== undefined) {
				notes.push(
					`Item ${item} of ${branch.label} belongs to no group and did not vote: ${failure}`,
				);
			} else if (key === undefined || rows.get(key)?.has(branch.input) === true) {
				lost.push({ branch, item });
			} else {
				const row = rows.get(key) ?? new Map<number, number>();
				rows.set(key, row.set(branch.input, item));
			}
		});
	}
	if (rows.size === 0) return undefined;
	const [first] = lost;
	if (first !== undefined) throw lostAnswer(first.branch, first.item, groupBy);
	return {
		rows: [...rows].map(([key, row]) => ({
			source: `The group ${key}`,
			entries: branches.map((branch): Entry => {
				const item = row.get(branch.input);
				return item === undefined ? { branch } : { branch, item };
			}),
		})),
		notes,
	};
}

function lostAnswer(branch: Branch, item: number, groupBy: unknown): InvalidPlanError {
	const json = branch.items[item]?.json;
	const key = json === undefined ? undefined : keyOf(json, groupBy);
	const problem =
		key === undefined
			? `has no field "${String(groupBy)}" to group by`
			: `is a second answer to "${key}"`;
	return new InvalidPlanError(
		`Item ${item} of ${branch.label} ${problem}, got ${shown(json)}`,
		'Give each answer of a branch its own value in the field of Group By, the same as in the other branches, or clear Group By to match answers by their place.',
	);
}

function question({ source, entries: row }: RowOfEntries, first: Branch | undefined): Question {
	const entries = row.flatMap(({ branch, item }) => {
		const found = item === undefined ? undefined : branch.items[item];
		return found === undefined ? [] : [{ branch, item: item ?? 0, json: found.json }];
	});
	const own = entries.find(({ branch }) => branch === first)?.item;
	return {
		itemIndex: own ?? 0,
		paired: entries.map(({ branch, item }): IPairedItemData => ({ item, input: branch.input })),
		sources: entries.map(({ json }) => json),
		answers: () => ({ given: row.map(answerOf), source }),
		fields: (answerFields) =>
			sharedFields(
				entries.map(({ json }) => json),
				answerFields,
			),
	};
}

function answerOf({ branch, item }: Entry): RawAnswer {
	const { label, by, items } = branch;
	// A node that fails and may go on passes its input on, which holds no answer.
	if (item !== undefined) return { value: items[item]?.json, label, by, mayLackText: true };
	const missing =
		items.length === 0
			? 'its branch did not run or gave no item'
			: 'its branch gave no item for this';
	return { value: undefined, label, by: label, missing };
}
