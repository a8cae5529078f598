import type { INodeProperties } from 'n8n-workflow';
import { METHOD_FIELDS } from './methodFields';
import { PANEL_FIELDS, PANEL_MODEL_FIELDS } from './panelFields';
import { READ_FIELDS, TASK_FIELD } from './readFields';

/** Defaults here and in the engine's schema are the same; a test holds them together. */
export const NORMALIZATION_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Dates',
		name: 'dates',
		type: 'options',
		options: [
			{
				name: 'As Text',
				value: 'off',
				description: 'Dates written in different ways are different',
			},
			{
				name: 'Clear Ones',
				value: 'clear',
				description: 'March 5, 2024 is 2024-03-05; 03/04/2024 stays as it is',
			},
			{ name: 'Day First', value: 'dayFirst', description: '03/04/2024 is the third of April' },
			{
				name: 'Month First',
				value: 'monthFirst',
				description: '03/04/2024 is the fourth of March',
			},
		],
		default: 'clear',
		description: 'Whether and how dates written in different ways are the same',
	},
	{
		displayName: 'Ignore Accents',
		name: 'ignoreAccents',
		type: 'boolean',
		default: false,
		description: 'Whether é is the same as e',
	},
	{
		displayName: 'Ignore Case',
		name: 'ignoreCase',
		type: 'boolean',
		default: true,
		description: 'Whether capital and small letters are the same',
	},
	{
		displayName: 'Ignore Punctuation',
		name: 'ignorePunctuation',
		type: 'boolean',
		default: true,
		description:
			'Whether punctuation around words is left out. It stays where it has a meaning: in numbers, formulas, lists and code.',
	},
	{
		displayName: 'Ignore Whitespace',
		name: 'ignoreWhitespace',
		type: 'boolean',
		default: true,
		description: 'Whether any run of spaces and line breaks is one space',
	},
	{
		displayName: 'Number Tolerance (Share)',
		name: 'relativeTolerance',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 6 },
		default: 0,
		description:
			'Numbers are the same when they differ by at most this share of the larger one. 0.01 is one percent.',
	},
];

export const OUTPUT_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Include Input Fields',
		name: 'includeInputFields',
		type: 'boolean',
		default: true,
		description:
			'Whether to keep the fields and files of the input item; of a group of items, the fields that are the same in all. Fields of this node replace those of the same name.',
	},
];

/** The fields of the node, in the order of its panel. */
export const RECONCILE_FIELDS: INodeProperties[] = [
	TASK_FIELD,
	...READ_FIELDS,
	...METHOD_FIELDS,
	...PANEL_FIELDS,
	{
		displayName: 'Normalization',
		name: 'normalization',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: NORMALIZATION_OPTIONS,
		description: 'What makes two answers the same although they are not written alike',
	},
	...PANEL_MODEL_FIELDS,
	{
		displayName: 'Output',
		name: 'output',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: OUTPUT_OPTIONS,
		displayOptions: { hide: { '@tool': [true], task: ['learn'] } },
	},
];
