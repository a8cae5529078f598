import type { IDataObject, INodeExecutionData, IPairedItemData } from 'n8n-workflow';
import { InvalidPlanError } from '../../engine/index';
import { shown } from '../shared/shown';
import { fieldAt, fieldNames } from './fieldPath';
import type { ReadParameter } from './parameterReader';
import type { RawAnswer } from './readAnswers';

/** One question with its answers, from one item or from several. */
export interface Question {
	/** The item whose expressions count and that errors name: the first one. */
	readonly itemIndex: number;
	/** The items it came from, so that later nodes find their way back. */
	readonly paired: readonly IPairedItemData[];
	/** The data of these items. */
	readonly sources: readonly IDataObject[];
	/** Files of the item, where it is a single one. */
	readonly binary?: INodeExecutionData['binary'];
	/** Throws what is wrong with the answers. */
	readonly answers: () => { readonly given: readonly RawAnswer[]; readonly source: string };
	/** Input fields that belong to the question, and not to one answer only. */
	readonly fields: (answerFields: readonly string[]) => IDataObject;
}

/** Each item is a question, its answers are in a field. */
export function questionPerItem(
	inputs: readonly INodeExecutionData[],
	read: ReadParameter,
): Question[] {
	return inputs.map(({ json, binary }, itemIndex) => ({
		itemIndex,
		paired: [{ item: itemIndex }],
		sources: [json],
		...(binary === undefined ? {} : { binary }),
		answers: () => answersIn(json, read('answersField', itemIndex)),
		fields: () => json,
	}));
}

function answersIn(json: IDataObject, answersField: unknown): ReturnType<Question['answers']> {
	const isName = typeof answersField === 'string' && !answersField.trim().startsWith('[');
	const name = isName ? answersField.trim() : '';
	const at = isName ? fieldAt(json, name) : ({ found: true, value: answersField } as const);
	const label = isName ? `the field "${name}"` : 'Answers Field';
	if (!at.found) {
		throw new InvalidPlanError(
			name === ''
				? 'Answers Field is empty'
				: `The item has no field "${name}", got ${shown(json)}`,
			`Set Answers Field to the field that holds the list of answers (there are: ${fieldNames(json)}), or set Answers From to Items if each item is one answer.`,
		);
	}
	const list = typeof at.value === 'string' ? parsed(at.value) : at.value;
	if (!Array.isArray(list)) {
		throw new InvalidPlanError(
			`${capitalised(label)} must hold a list of answers, got ${shown(at.value)}`,
			'Give a list such as [{ "model": "a", "text": "42" }, { "model": "b", "text": "42" }], or set Answers From to Items if each item is one answer.',
		);
	}
	const given = list.map((value: unknown, index) => ({
		value,
		label: `Answer ${index + 1} in ${label}`,
	}));
	return { given, source: capitalised(label) };
}

/** What stands in for the questions when not even the fields can be read. */
export function failedQuestions(inputs: readonly INodeExecutionData[], error: unknown): Question[] {
	return inputs.map(({ json }, itemIndex) => ({
		itemIndex,
		paired: [{ item: itemIndex }],
		sources: [json],
		answers: () => {
			throw error;
		},
		fields: () => json,
	}));
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

function capitalised(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
