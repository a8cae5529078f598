import type { INodeProperties } from 'n8n-workflow';

const EXAMPLES: INodeProperties = {
	displayName: 'Examples',
	name: 'examples',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Example',
	default: {},
	description: 'Worked cases: what comes in and what should come out',
	options: [
		{
			name: 'values',
			displayName: 'Example',
			values: [
				{
					displayName: 'Input',
					name: 'input',
					type: 'string',
					typeOptions: { rows: 2 },
					default: '',
				},
				{
					displayName: 'Output',
					name: 'output',
					type: 'string',
					typeOptions: { rows: 2 },
					default: '',
				},
			],
		},
	],
};

/** The parts of a prompt, in the order in which they are thought of. */
export const SECTION_FIELDS: INodeProperties[] = [
	{
		displayName: 'Role',
		name: 'role',
		type: 'string',
		default: '',
		placeholder: 'e.g. You are an editor for a medical journal.',
		description: 'Who the model is. Stands first in the system prompt.',
	},
	{
		displayName: 'Context',
		name: 'context',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. {{ $json.article }}',
		description: 'What the model has to know, such as the text that it works on',
	},
	{
		displayName: 'Task',
		name: 'task',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. Summarise the context in three sentences.',
		description:
			'What the model has to do. Leave empty to use Prompt; only one of them may be filled.',
	},
	{
		displayName: 'Format',
		name: 'format',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. Plain text without headings.',
		description: 'What the answer has to look like',
	},
	EXAMPLES,
];

/** Defaults here and in the engine's schema are the same; a test holds them together. */
export const PREPROCESSING_OPTIONS: INodeProperties[] = [
	{
		displayName: 'HTML to Text',
		name: 'htmlToText',
		type: 'boolean',
		default: false,
		description:
			'Whether HTML in user messages and in the context is turned into the text that people read, with headings, lists and tables as in Markdown',
	},
	{
		displayName: 'Max Input Tokens',
		name: 'maxInputTokens',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100_000_000, numberPrecision: 0 },
		default: 8000,
		description:
			'Longest input in estimated tokens, everything counted. What is longer is cut or refused, as Overflow says. Without it, only what no model can take counts as too long.',
	},
	{
		displayName: 'Normalize',
		name: 'normalize',
		type: 'boolean',
		default: false,
		description:
			'Whether to bring all texts into one spelling: composed Unicode letters (NFC), plain spaces and line ends, no invisible characters. Code blocks keep their layout.',
	},
	{
		displayName: 'Overflow',
		name: 'overflow',
		type: 'options',
		options: [
			{ name: 'Error', value: 'error', description: 'The item fails before any call' },
			{
				name: 'Keep Both Ends',
				value: 'keepBoth',
				description: 'Leave out the middle, with a note in its place',
			},
			{ name: 'Keep End', value: 'keepEnd', description: 'Leave out the start' },
			{ name: 'Keep Start', value: 'keepStart', description: 'Leave out the end' },
		],
		default: 'error',
		description:
			'For an input above Max Input Tokens, and for one that no listed model can take whole: a model with a larger context window is asked first. Only the last user message, or the context where that is longer, is ever cut.',
	},
	{
		displayName: 'Sections',
		name: 'sections',
		type: 'fixedCollection',
		placeholder: 'Add Sections',
		default: {},
		description:
			'The prompt in its parts, written for each vendor the way its own guide advises: XML tags for Claude, Markdown headings for others. The content is the same for all.',
		options: [{ name: 'parts', displayName: 'Sections', values: SECTION_FIELDS }],
	},
];

/** How the input is prepared before it is sent, the same for every node that asks a prompt. */
export const PREPROCESSING_FIELD: INodeProperties = {
	displayName: 'Preprocessing',
	name: 'preprocessing',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: PREPROCESSING_OPTIONS,
};
