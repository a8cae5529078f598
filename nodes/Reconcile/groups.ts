import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { InvalidPlanError } from '../../engine/index';
import { shown } from '../shared/shown';
import { fieldAt, fieldNames } from './fieldPath';
import type { ReadParameter } from './parameterReader';
import type { Question } from './questions';
import { failureOf, fieldNamesIn } from './readAnswers';

export interface Groups {
	readonly questions: Question[];
	/** Sentences to say once for the run. */
	readonly notes: readonly string[];
}

/** Each item is one answer; items with the same value in the field of Group By are one question. */
export function questionPerGroup(
	inputs: readonly INodeExecutionData[],
	read: ReadParameter,
): Groups {
	const keys = inputs.map(({ json }, itemIndex) => keyOf(json, read('groupBy', itemIndex)));
	const without = [...keys.keys()].filter((itemIndex) => keys[itemIndex] === undefined);
	if (without.length === inputs.length)
		return { questions: allTogether(inputs), notes: note(read) };

	const members = new Map<string, number[]>();
	keys.forEach((key, itemIndex) => {
		if (key === undefined) return;
		const group = members.get(key);
		if (group === undefined) members.set(key, [itemIndex]);
		else group.push(itemIndex);
	});
	const groups = [...members].map(([key, itemIndices]) =>
		question(inputs, itemIndices, `The group ${key}`),
	);
	// An item that a node before this one failed on holds no answer that could get lost.
	const failures = new Map<number, string>();
	const lostItems: number[] = [];
	for (const itemIndex of without) {
		const failure = failureAt(inputs, itemIndex, read);
		if (failure === undefined) lostItems.push(itemIndex);
		else failures.set(itemIndex, failure);
	}
	const ungrouped = lostItems.map((itemIndex) => lost(inputs, itemIndex, lostItems, read));
	return {
		questions: [...groups, ...ungrouped].sort((a, b) => a.itemIndex - b.itemIndex),
		notes: [...failures].map(
			([itemIndex, failure]) =>
				`Item ${itemIndex} belongs to no group and did not vote: ${failure}`,
		),
	};
}

function failureAt(
	inputs: readonly INodeExecutionData[],
	itemIndex: number,
	read: ReadParameter,
): string | undefined {
	return failureOf(inputs[itemIndex]?.json, fieldNamesIn(read('textField', itemIndex)));
}

export function keyOf(json: IDataObject, groupBy: unknown): string | undefined {
	const name = typeof groupBy === 'string' ? groupBy.trim() : '';
	const at = name === '' ? undefined : fieldAt(json, name);
	if (!at?.found || at.value === null || at.value === '') return undefined;
	return typeof at.value === 'string' ? at.value : JSON.stringify(at.value);
}

function allTogether(inputs: readonly INodeExecutionData[]): Question[] {
	return inputs.length === 0 ? [] : [question(inputs, [...inputs.keys()], 'The input')];
}

function note(read: ReadParameter): string[] {
	const groupBy = read('groupBy', 0);
	if (typeof groupBy !== 'string' || groupBy.trim() === '') return [];
	return [
		`No item has the field "${groupBy}" of Group By: all items were taken as answers to one question.`,
	];
}

function question(
	inputs: readonly INodeExecutionData[],
	itemIndices: readonly number[],
	source: string,
): Question {
	return {
		itemIndex: itemIndices[0] ?? 0,
		paired: itemIndices.map((item) => ({ item })),
		sources: itemIndices.map((itemIndex) => inputs[itemIndex]?.json ?? {}),
		answers: () => ({
			given: itemIndices.map((itemIndex) => ({
				value: inputs[itemIndex]?.json,
				label: `Item ${itemIndex}`,
			})),
			source,
		}),
		fields: (answerFields) =>
			sharedFields(
				itemIndices.map((itemIndex) => inputs[itemIndex]?.json ?? {}),
				answerFields,
			),
	};
}

/** An item that belongs to no group, although others do: no answer may get lost unseen. */
function lost(
	inputs: readonly INodeExecutionData[],
	itemIndex: number,
	without: readonly number[],
	read: ReadParameter,
): Question {
	const json = inputs[itemIndex]?.json;
	const name = String(read('groupBy', itemIndex));
	return {
		itemIndex,
		paired: [{ item: itemIndex }],
		sources: json === undefined ? [] : [json],
		answers: () => {
			throw new InvalidPlanError(
				`Item ${itemIndex} has no field "${name}" to group by${alsoWithout(itemIndex, without)}, got ${shown(json)}`,
				`Give every item the field "${name}", or set Group By to a field that all have. This one has: ${fieldNames(json)}.`,
			);
		},
		fields: () => json ?? {},
	};
}

/** Reads only the head of the list: each of its items has such a message. */
function alsoWithout(itemIndex: number, without: readonly number[]): string {
	const count = without.length - 1;
	if (count === 0) return '';
	const head = without.slice(0, MAX_LISTED + 1).filter((other) => other !== itemIndex);
	const listed = head.slice(0, MAX_LISTED).join(', ') + (count > MAX_LISTED ? ', …' : '');
	return count === 1 ? `, nor has item ${listed}` : `, nor have the items ${listed}`;
}

const MAX_LISTED = 10;

/** Fields with the same value in every item of a group. */
export function sharedFields(
	items: readonly IDataObject[],
	without: readonly string[],
): IDataObject {
	const [first = {}, ...others] = items;
	const shared = Object.entries(first).filter(([key, value]) => {
		if (without.includes(key)) return false;
		const text = JSON.stringify(value);
		return others.every((item) => Object.hasOwn(item, key) && JSON.stringify(item[key]) === text);
	});
	return Object.fromEntries(shared);
}
