import type { INodeProperties } from 'n8n-workflow';

/** Fewest and most main inputs of the node where each branch has its own. */
export const MIN_INPUTS = 2;
export const MAX_INPUTS = 10;

/** What the node does with the answers. */
export const TASK_FIELD: INodeProperties = {
	displayName: 'Task',
	name: 'task',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Learn Weights',
			value: 'learn',
			description:
				'Compare answers with known right ones and give one item: a table of weights and of how far to trust agreement. Use when you have questions whose answers you know.',
		},
		{
			name: 'Reconcile Answers',
			value: 'reconcile',
			description: 'Make one answer of several for each question',
		},
	],
	default: 'reconcile',
	description: 'What to do with the answers',
	displayOptions: { hide: { '@tool': [true] } },
};

/** Where the answers stand. */
export const READ_FIELDS: INodeProperties[] = [
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
				name: 'Inputs',
				value: 'inputs',
				description:
					'Each branch of the canvas has an input of its own and gives one answer for each question, whatever node it ends with. A branch that did not run is named and does not vote.',
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
		displayName: 'Number of Inputs',
		name: 'numberInputs',
		type: 'number',
		noDataExpression: true,
		typeOptions: { minValue: MIN_INPUTS, maxValue: MAX_INPUTS, numberPrecision: 0 },
		default: 2,
		description: 'How many branches can be connected, 2 to 10',
		displayOptions: { show: { answersFrom: ['inputs'] } },
	},
	{
		displayName: 'Answers Field',
		name: 'answersField',
		type: 'string',
		default: 'answers',
		required: true,
		placeholder: 'e.g. answers or data.answers',
		description: 'Name of the field that holds the list of answers, or an expression with the list',
		displayOptions: { hide: { answersFrom: ['items', 'inputs'] } },
	},
	{
		displayName: 'Group By',
		name: 'groupBy',
		type: 'string',
		default: 'groupId',
		placeholder: 'e.g. groupId or question',
		description:
			'Name of the field that is the same in all answers to one question. If no item has it, all items are answers to one question; of several inputs, items in the same place are.',
		displayOptions: { show: { answersFrom: ['items', 'inputs'] } },
	},
	{
		displayName: 'Text Field',
		name: 'textField',
		type: 'string',
		default: 'text',
		placeholder: 'e.g. text or message.content',
		description:
			'Name of the field of each answer that holds what the model wrote. Several names with commas between them: the first that an answer has. Answers that are plain text need none.',
	},
	{
		displayName: 'Model Field',
		name: 'modelField',
		type: 'string',
		default: 'model',
		placeholder: 'e.g. model or label',
		description:
			'Name of the field of each answer that says who wrote it. Without it the answers are numbered; of several inputs, the node before each one is named.',
	},
	{
		displayName: 'Correct Answer Field',
		name: 'correctAnswerField',
		type: 'string',
		default: 'correctAnswer',
		required: true,
		placeholder: 'e.g. correctAnswer or expected',
		description: 'Name of the field that holds the right answer to the question',
		displayOptions: { show: { task: ['learn'] } },
	},
];
