import type { INodeProperties } from 'n8n-workflow';

const show = { longDocument: ['mapReduce'] };

/** Defaults here and in the engine's schema are the same; a test holds them together. */
export const LONG_DOCUMENT_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Chunk Size (Tokens)',
		name: 'chunkTokens',
		type: 'number',
		typeOptions: { minValue: 100, maxValue: 1_000_000, numberPrecision: 0 },
		default: 8000,
		description:
			'Estimated tokens of a part. It is cut after paragraphs or sentences. Smaller parts are read more closely and make more calls.',
	},
	{
		displayName: 'Combine Prompt',
		name: 'combinePrompt',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. Merge these summaries into one of at most 200 words.',
		description:
			'What is asked to put the answers for the parts together, in the place of Prompt. Leave empty to ask for the one answer that the whole text would get.',
	},
	{
		displayName: 'Concurrency (Parts)',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 50, numberPrecision: 0 },
		default: 4,
		description: 'Parts of one item that are asked about at the same time',
	},
	{
		displayName: 'Overlap (Tokens)',
		name: 'overlapTokens',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 500_000, numberPrecision: 0 },
		default: 200,
		description:
			'Estimated tokens of the end of a part that the next one repeats, so that nothing is lost between them. At most half of Chunk Size.',
	},
];

export const LONG_DOCUMENT_FIELDS: INodeProperties[] = [
	{
		displayName: 'Long Document',
		name: 'longDocument',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Map-Reduce',
				value: 'mapReduce',
				description:
					'Ask the prompt over each part of a long text, then put the answers together. One deadline and one cost for the item; Max Attempts holds for each part.',
			},
			{ name: 'Off', value: 'off', description: 'The prompt is asked once' },
		],
		default: 'off',
		description: 'Whether a text that may be too long for one request is read in parts',
	},
	{
		displayName: 'Document Text',
		name: 'documentText',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: '',
		placeholder: 'e.g. {{ $json.text }}',
		description:
			'The text to read. Prompt says what to do with it. One that fits into a part is asked about in one call.',
		displayOptions: { show },
	},
	{
		displayName: 'Long Document Options',
		name: 'mapReduce',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: LONG_DOCUMENT_OPTIONS,
		displayOptions: { show },
	},
];
