import type { INodeProperties, NodeHint } from 'n8n-workflow';

const READ_FIELDS: INodeProperties[] = [
	{
		displayName: 'Answers From',
		name: 'answersFrom',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'A Field of Each Item',
				value: 'field',
				description:
					'Each item holds all answers to one question in a list, as Parallel Fan-out gives it',
			},
			{
				name: 'Items',
				value: 'items',
				description: 'Each item is one answer, whatever node it comes from',
			},
		],
		default: 'field',
		description: 'Where the answers to one question stand',
		displayOptions: { hide: { '@tool': [true] } },
	},
	{
		displayName: 'Answers Field',
		name: 'answersField',
		type: 'string',
		default: 'answers',
		required: true,
		placeholder: 'e.g. answers or data.answers',
		description: 'Name of the field that holds the list of answers, or an expression with the list',
		displayOptions: { hide: { answersFrom: ['items'] } },
	},
	{
		displayName: 'Group By',
		name: 'groupBy',
		type: 'string',
		default: 'groupId',
		placeholder: 'e.g. groupId or question',
		description:
			'Name of the field that is the same in all answers to one question. If no item has it, all items are answers to one question.',
		displayOptions: { show: { answersFrom: ['items'] } },
	},
	{
		displayName: 'Text Field',
		name: 'textField',
		type: 'string',
		default: 'text',
		placeholder: 'e.g. text or message.content',
		description:
			'Name of the field of each answer that holds what the model wrote. Answers that are plain text need none.',
	},
	{
		displayName: 'Model Field',
		name: 'modelField',
		type: 'string',
		default: 'model',
		placeholder: 'e.g. model or label',
		description:
			'Name of the field of each answer that says who wrote it. Without it the answers are numbered.',
	},
];

export const METHOD_FIELDS: INodeProperties[] = [
	{
		displayName: 'Method',
		name: 'method',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Majority',
				value: 'majority',
				description:
					'The answer that most gave. Use when answers are short: a number, a letter, a label.',
			},
		],
		default: 'majority',
		description: 'How one answer is made of several',
	},
	{
		displayName: 'Extract',
		name: 'extract',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'auto',
				description:
					'Decide from all answers together whether they are letters, numbers, marked answers or texts; the output says which and why',
			},
			{
				name: 'Choice Letter',
				value: 'choiceLetter',
				description: 'The option that was chosen, such as (B)',
			},
			{
				name: 'Final Number',
				value: 'finalNumber',
				description: 'The number that is marked as the answer, else the last one in the text',
			},
			{ name: 'Whole Text', value: 'wholeText', description: 'Everything that the model wrote' },
		],
		default: 'auto',
		description: 'Which part of each text is the answer that is compared',
	},
	{
		displayName: 'Agreement Threshold (0–1)',
		name: 'agreementThreshold',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
		default: 0.5,
		description:
			'An item goes to Agreed when the share of the votes behind its answer is above this. 0.5 means more than half, 0.99 means all. A tie is never agreed.',
	},
];

/** Defaults here and in the engine's schema are the same; a test holds them together. */
export const NORMALIZATION_OPTIONS: INodeProperties[] = [
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
	...READ_FIELDS,
	...METHOD_FIELDS,
	{
		displayName: 'Normalization',
		name: 'normalization',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: NORMALIZATION_OPTIONS,
		description: 'What makes two answers the same although they are not written alike',
	},
	{
		displayName: 'Output',
		name: 'output',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: OUTPUT_OPTIONS,
		displayOptions: { hide: { '@tool': [true] } },
	},
];

/** Shown in the panel before a run. */
export const RECONCILE_HINTS: NodeHint[] = [
	{
		message:
			'Nothing can be agreed with a threshold of 1. Use 0.99 to ask for the same answer from all.',
		type: 'warning',
		location: 'ndv',
		whenToDisplay: 'beforeExecution',
		displayCondition: '={{ $parameter.agreementThreshold >= 1 }}',
	},
];
