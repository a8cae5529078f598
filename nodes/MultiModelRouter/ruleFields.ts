import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { LANGUAGES, TASKS, type Language, type Task } from '../../engine/index';
import { byName } from '../shared/byName';
import { MODEL_FIELD } from '../shared/fields/candidates';

/** Spelled out: asking the platform for them would load its tables at n8n's start. */
const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
	ar: 'Arabic',
	bg: 'Bulgarian',
	bn: 'Bangla',
	cs: 'Czech',
	da: 'Danish',
	de: 'German',
	el: 'Greek',
	en: 'English',
	es: 'Spanish',
	fa: 'Persian',
	fi: 'Finnish',
	fr: 'French',
	he: 'Hebrew',
	hi: 'Hindi',
	hu: 'Hungarian',
	id: 'Indonesian',
	it: 'Italian',
	ja: 'Japanese',
	ko: 'Korean',
	nl: 'Dutch',
	no: 'Norwegian',
	pl: 'Polish',
	pt: 'Portuguese',
	ro: 'Romanian',
	ru: 'Russian',
	sr: 'Serbian',
	sv: 'Swedish',
	ta: 'Tamil',
	th: 'Thai',
	tr: 'Turkish',
	uk: 'Ukrainian',
	vi: 'Vietnamese',
	zh: 'Chinese',
};

export const LANGUAGE_OPTIONS: INodePropertyOptions[] = LANGUAGES.map((value) => ({
	name: LANGUAGE_NAMES[value],
	value,
})).sort((one, other) => byName(one.name, other.name));

const TASK_NAMES: Readonly<Record<Task, string>> = {
	code: 'Code',
	creative: 'Creative Writing',
	extraction: 'Extraction and Summary',
	'factual-qa': 'Factual Question',
	logic: 'Logic',
	math: 'Mathematics',
	'knowledge-choice': 'Multiple Choice',
};

const TASK_OPTIONS: INodePropertyOptions[] = TASKS.map((value) => ({
	name: TASK_NAMES[value],
	value,
})).sort((one, other) => byName(one.name, other.name));

/** Who may answer a rule or the rest. */
const SEND_TO: INodePropertyOptions[] = [
	{ name: 'Fast Tier', value: 'fast', description: 'Models with the tier Fast, in their order' },
	{ name: 'Model', value: 'model', description: 'The model named below' },
	{
		name: 'Strong Tier',
		value: 'strong',
		description: 'Models with the tier Strong, in their order',
	},
];

/** Columns of a rule that ask for facts of the request, which no expression can see. */
export const FACT_COLUMNS: INodeProperties[] = [
	{
		displayName: 'Min Input Tokens',
		name: 'minInputTokens',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		description: 'Only requests with at least so many tokens, as estimated. 0 for any.',
	},
	{
		displayName: 'Max Input Tokens',
		name: 'maxInputTokens',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		description: 'Only requests with at most so many tokens, as estimated. 0 for any.',
	},
	{
		displayName: 'Tasks',
		name: 'tasks',
		type: 'multiOptions',
		options: TASK_OPTIONS,
		default: [],
		description: 'Only prompts of these kinds, as judged by their words. None for any.',
	},
	{
		displayName: 'Languages',
		name: 'languages',
		type: 'multiOptions',
		options: LANGUAGE_OPTIONS,
		default: [],
		description: 'Only prompts in these languages, as judged by their words. None for any.',
	},
	{
		displayName: 'Has Attachment',
		name: 'hasAttachment',
		type: 'options',
		options: [
			{ name: 'Any', value: '' },
			{ name: 'No', value: false },
			{ name: 'Yes', value: true },
		],
		default: '',
		description: 'Only requests with or without an attachment',
	},
];

export const RULE_FIELDS: INodeProperties[] = [
	{
		displayName: 'Rules',
		name: 'rules',
		type: 'fixedCollection',
		placeholder: 'Add Rule',
		typeOptions: { multipleValues: true, sortable: true },
		default: { values: [{}] },
		description:
			'The first rule that fits decides: all its conditions and all its facts must hold. Drag the rules to change their order.',
		displayOptions: { show: { strategy: ['rules'] } },
		options: [
			{
				displayName: 'Rule',
				name: 'values',
				values: [
					{
						displayName: 'Conditions',
						name: 'conditions',
						type: 'filter',
						default: {},
						placeholder: 'Add Condition',
						typeOptions: { filter: { caseSensitive: true, typeValidation: 'loose', version: 2 } },
						description: 'Conditions over the input item. None fits every item.',
					},
					...FACT_COLUMNS,
					{
						displayName: 'Send To',
						name: 'sendTo',
						type: 'options',
						options: SEND_TO,
						default: 'model',
						description: 'Who answers a request that fits',
					},
					{
						...MODEL_FIELD,
						description:
							'The model that answers. By ID, several separated by commas are asked in that order.',
						displayOptions: { show: { sendTo: ['model'] } },
					},
				],
			},
		],
	},
	{
		displayName: 'Otherwise',
		name: 'otherwise',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Fail the Item',
				value: 'fail',
				description: 'An item that fits no rule is an error',
			},
			{ name: 'Fast Tier', value: 'fast', description: 'Models with the tier Fast' },
			{ name: 'Model', value: 'model', description: 'The model named below' },
			{ name: 'Models in Their Order', value: 'models', description: 'As under Priority' },
			{ name: 'Strong Tier', value: 'strong', description: 'Models with the tier Strong' },
		],
		default: 'models',
		description: 'Who answers a request that fits no rule',
		displayOptions: { show: { strategy: ['rules'] } },
	},
	{
		...MODEL_FIELD,
		displayName: 'Otherwise Model',
		name: 'otherwiseModel',
		description: 'The model that answers what fits no rule',
		displayOptions: { show: { strategy: ['rules'], otherwise: ['model'] } },
	},
	{
		displayName: 'Let Other Models Stand In',
		name: 'standIns',
		type: 'boolean',
		default: true,
		description:
			'Whether the other models of the list are asked when those of the rule fail. Turn it off where a rule keeps data from other vendors.',
		displayOptions: { show: { strategy: ['rules'] } },
	},
];
