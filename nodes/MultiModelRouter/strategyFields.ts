import type { INodeProperties } from 'n8n-workflow';
import { RULE_FIELDS } from './ruleFields';

const STRATEGY: INodeProperties = {
	displayName: 'Strategy',
	name: 'strategy',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Auto',
			value: 'auto',
			description:
				'Hard prompts to the strong tier, easy ones to the fast tier, judged by the text',
		},
		{
			name: 'Cascade',
			value: 'cascade',
			description:
				'The fast tier answers; the strong one where the answer does not pass your tests',
		},
		{
			name: 'Cheapest',
			value: 'cheapest',
			description: 'The model that costs least for this request, by its estimated tokens',
		},
		{
			name: 'Consensus',
			value: 'consensus',
			description: 'Two or three fast models at once; the strong one only where they disagree',
		},
		{
			name: 'Fastest',
			value: 'fastest',
			description: 'The model that has answered quickest lately, open calls counted in',
		},
		{
			name: 'Least Busy',
			value: 'leastBusy',
			description: 'The less busy of two models drawn at random',
		},
		{
			name: 'Priority',
			value: 'priority',
			description: 'Ask the models from top to bottom: the next one when one fails',
		},
		{
			name: 'Rules',
			value: 'rules',
			description: 'The first rule that fits the item or the request names the model',
		},
		{
			name: 'Weighted',
			value: 'weighted',
			description: 'Share the requests by the weight in the settings of each model',
		},
	],
	default: 'priority',
	description: 'Which model is asked first. The others stand in for it when it fails.',
};

const STICKY_KEY: INodeProperties = {
	displayName: 'Sticky Key',
	name: 'stickyKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. {{ $json.customerId }}',
	description:
		'Requests with the same key always get the same model, as in an A/B test. Leave empty to draw for each request.',
	displayOptions: { show: { strategy: ['weighted'] } },
};

export const QUALITY: INodeProperties = {
	displayName: 'Quality (0 to 1)',
	name: 'quality',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
	default: 0.5,
	description:
		'Share of a mixed load that may go to the strong tier: 0 sends everything to the fast tier, 1 everything to the strong one',
	displayOptions: { show: { strategy: ['auto'] } },
};

/** When the answer of the fast tier is good enough. */
export const CASCADE_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Min Confidence (0 to 1)',
		name: 'minConfidence',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
		default: 0.8,
		description:
			'The model is asked in the same call how sure it is; an answer with less is not accepted. Models overrate themselves: try it on your own data. For text answers only.',
	},
	{
		displayName: 'Min Length (Characters)',
		name: 'minLength',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 1,
		description: 'A shorter answer is not accepted',
	},
	{
		displayName: 'Must Contain',
		name: 'mustContain',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Text' },
		default: [],
		description: 'Texts that must all stand in the answer, whatever their case',
	},
	{
		displayName: 'Must Match (Regex)',
		name: 'mustMatch',
		type: 'string',
		default: '',
		placeholder: 'e.g. ^[A-Z]{2}-\\d+$',
		description: 'A regular expression that the answer must match',
	},
	{
		displayName: 'Pass the Draft Along',
		name: 'passDraft',
		type: 'boolean',
		default: false,
		description: 'Whether the strong tier sees the draft that was not accepted',
	},
	{
		displayName: 'Reject Hedging',
		name: 'rejectHedging',
		type: 'boolean',
		default: true,
		description: 'Whether an answer that declines or says that it is not sure is not accepted',
	},
	{
		displayName: 'Verifier Model',
		name: 'verifierModel',
		type: 'string',
		default: '',
		placeholder: 'e.g. anthropic/claude-haiku-5-5',
		description:
			'A model, as provider/model, that is asked whether the answer is right. One more call for each item.',
	},
];

const CASCADE: INodeProperties = {
	displayName: 'Accept When',
	name: 'cascade',
	type: 'collection',
	placeholder: 'Add Test',
	default: {},
	description:
		'Tests that the answer of the fast tier has to pass; otherwise the strong tier answers. An answer that declines never passes unless you allow it, and under JSON the schema is always a test.',
	options: CASCADE_OPTIONS,
	displayOptions: { show: { strategy: ['cascade'] } },
};

/** How the votes of the fast tier are compared. */
export const CONSENSUS_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Compare',
		name: 'extract',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'auto',
				description: 'What the answers mark as their result, else what they have in common',
			},
			{
				name: 'Choice Letter',
				value: 'choiceLetter',
				description: 'The option chosen, as in A to E',
			},
			{ name: 'Final Number', value: 'finalNumber', description: 'The last number of the result' },
			{ name: 'Whole Text', value: 'wholeText', description: 'Everything, short answers only' },
		],
		default: 'auto',
		description: 'Which part of the answers has to agree',
	},
	{
		displayName: 'Relative Tolerance',
		name: 'relativeTolerance',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 4 },
		default: 0,
		description: 'Numbers agree when they differ by at most this share of the larger one',
	},
	{
		displayName: 'Show the Answers to the Strong Tier',
		name: 'showAnswers',
		type: 'boolean',
		default: false,
		description: 'Whether the strong tier sees the answers that do not agree',
	},
];

const CONSENSUS: INodeProperties = {
	displayName: 'Agreement',
	name: 'consensus',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	description: 'How the answers of the fast tier are compared',
	options: CONSENSUS_OPTIONS,
	displayOptions: { show: { strategy: ['consensus'] } },
};

export const STRATEGY_FIELDS: INodeProperties[] = [
	STRATEGY,
	STICKY_KEY,
	QUALITY,
	CASCADE,
	CONSENSUS,
	...RULE_FIELDS,
];

/** Settings of a row that only the Router has. */
export const OWN_SETTINGS: INodeProperties[] = [
	{
		displayName: 'Tier',
		name: 'tier',
		type: 'options',
		options: [
			{ name: 'Fast', value: 'fast', description: 'Small and cheap' },
			{ name: 'Strong', value: 'strong', description: 'Large and dear' },
		],
		default: 'fast',
		description:
			'Role of the model under Auto, Cascade, Consensus and Rules. Without any, the dearest model is the strong one.',
	},
	{
		displayName: 'Weight',
		name: 'weight',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 1,
		description: 'Share of the requests under the strategy Weighted, relative to the other models',
	},
];
