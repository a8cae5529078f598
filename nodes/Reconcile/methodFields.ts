import type { INodeProperties } from 'n8n-workflow';
import { byName } from '../shared/byName';
import { PANEL_METHOD_OPTIONS } from './panelFields';

/** As a tool the node has no Task, so that what is not for it is hidden, and nothing shown by it. */
const LEARNING = { task: ['learn'] };

/** Shown for these methods only, under the further conditions. */
function only(method: readonly string[], show: Readonly<Record<string, string[]>> = {}) {
	return { show: { method: [...method], ...show }, hide: LEARNING };
}

const METHOD: INodeProperties = {
	displayName: 'Method',
	name: 'method',
	type: 'options',
	noDataExpression: true,
	options: [
		...PANEL_METHOD_OPTIONS,
		{
			name: 'First Valid',
			value: 'firstValid',
			description:
				'The first answer that passes a test. Use when any valid answer will do: JSON that fits a schema, a code in the right form.',
		},
		{
			name: 'Majority',
			value: 'majority',
			description:
				'The answer that most gave. Use when answers are short: a number, a letter, a label.',
		},
		{
			name: 'Merge Fields',
			value: 'fields',
			description:
				'One JSON document, field by field, with a list of conflicts. Use when models extract data: invoices, contacts, function calls.',
		},
		{
			name: 'Merge Lists',
			value: 'list',
			description:
				'One list without repetitions, most named first. Use when models list things: ideas, risks, keywords, sources.',
		},
		{
			name: 'Most Central Text',
			value: 'medoid',
			description:
				'The text that has most in common with all others. Use when answers are free text and you want the typical one.',
		},
		{
			name: 'Most Supported Text',
			value: 'supported',
			description:
				'The text whose words the others support most. Use when answers are free text and nothing made up may slip in: summaries, descriptions.',
		},
		{
			name: 'Number',
			value: 'numeric',
			description:
				'Median or mean of the numbers, with spread and outliers. Use when models estimate or score.',
		},
		{
			name: 'Weighted',
			value: 'weighted',
			description:
				'The answer with most weight behind it. Use when some models are better than others and you know or can learn how much.',
		},
	].sort((one, other) => byName(one.name, other.name)),
	default: 'majority',
	description: 'How one answer is made of several',
	displayOptions: { hide: LEARNING },
};

const EXTRACT: INodeProperties[] = [
	{
		displayName: 'Extract',
		name: 'extract',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'auto',
				description:
					'Decide from all answers together whether they are letters, numbers, marked answers or texts, or what the method wants; the output says which and why',
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
			{
				name: 'JSON Path',
				value: 'jsonPath',
				description: 'One value of the JSON document in the answer',
			},
			{
				name: 'Last Line',
				value: 'lastLine',
				description: 'The last line that holds any words',
			},
			{
				name: 'Regular Expression',
				value: 'regex',
				description: 'What the first group of a pattern matches, or all of the match',
			},
			{ name: 'Whole Text', value: 'wholeText', description: 'Everything that the model wrote' },
		],
		default: 'auto',
		description: 'Which part of each text is the answer that is compared',
	},
	{
		displayName: 'JSON Path',
		name: 'jsonPath',
		type: 'string',
		default: '',
		placeholder: 'e.g. data.items[0].price',
		description:
			'The steps to the value. A name with dots or spaces stands in brackets: ["unit price"].',
		displayOptions: { show: { extract: ['jsonPath'] } },
	},
	{
		displayName: 'Regular Expression',
		name: 'regex',
		type: 'string',
		default: '',
		placeholder: 'e.g. Total: \\$?([\\d.,]+)',
		description:
			'Written without slashes around it. The first group is the answer; without a group the whole match is.',
		displayOptions: { show: { extract: ['regex'] } },
	},
];

const WEIGHED = ['weighted', 'numeric', 'fields', 'list'];

const LEARNED_TABLE: INodeProperties = {
	displayName: 'Learned Table',
	name: 'learnedTable',
	type: 'json',
	default: '',
	placeholder: 'e.g. {{ $("Weights").first().json }}',
	description: 'The item that Task: Learn Weights gave, as JSON or by an expression',
};

const WEIGHTS: INodeProperties[] = [
	{
		displayName: 'Weights From',
		name: 'weightsFrom',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'All Equal', value: 'equal', description: 'Every model counts the same' },
			{
				name: 'Learned Table',
				value: 'table',
				description: 'What Task: Learn Weights found from questions with known answers',
			},
			{ name: 'Typed', value: 'typed', description: 'A number for each model, set here' },
		],
		default: 'equal',
		description: 'How much the answer of each model counts',
		displayOptions: only(WEIGHED),
	},
	{
		displayName: 'Weights',
		name: 'weights',
		type: 'fixedCollection',
		typeOptions: {
			multipleValues: true,
			multipleValueButtonText: 'Add Model',
			fixedCollection: { itemTitle: '={{ $collection.item.value.model }}' },
		},
		default: {},
		placeholder: 'Add Model',
		options: [
			{
				displayName: 'Model',
				name: 'values',
				values: [
					{
						displayName: 'Model',
						name: 'model',
						type: 'string',
						default: '',
						placeholder: 'e.g. openai/gpt-5.1',
						description: 'As the Model Field of the answers names it',
					},
					{
						displayName: 'Weight',
						name: 'weight',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 1,
						description: 'How many votes its answer counts for',
					},
				],
			},
		],
		description: 'Models that are not listed count 1',
		displayOptions: only(WEIGHED, { weightsFrom: ['typed'] }),
	},
	{
		...LEARNED_TABLE,
		displayOptions: only(WEIGHED, { weightsFrom: ['table'] }),
	},
	{
		...LEARNED_TABLE,
		description:
			'The item that Task: Learn Weights gave, as JSON or by an expression. With it each answer says how often a majority with so much agreement was right (confidence).',
		displayOptions: only(['majority']),
	},
];

const NUMERIC: INodeProperties[] = [
	{
		displayName: 'Centre',
		name: 'center',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Mean', value: 'mean', description: 'Every number counts, extreme ones too' },
			{
				name: 'Median',
				value: 'median',
				description: 'The one in the middle; extreme ones do not matter',
			},
			{
				name: 'Trimmed Mean',
				value: 'trimmedMean',
				description: 'The mean without the lowest and the highest ones',
			},
		],
		default: 'median',
		description: 'Which number stands for all',
		displayOptions: only(['numeric']),
	},
	{
		displayName: 'Trim Share (0–0.49)',
		name: 'trimShare',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 0.49, numberPrecision: 2 },
		default: 0.2,
		description:
			'Share of the numbers that is left out at each end, rounded down to whole ones. 0.2 leaves out one of five at each end.',
		displayOptions: only(['numeric'], { center: ['trimmedMean'] }),
	},
	{
		displayName: 'Agree Within (Share)',
		name: 'agreeWithin',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 4 },
		default: 0.05,
		description:
			'A number agrees with the result when it differs by at most this share of the larger one. 0.05 is five percent.',
		displayOptions: only(['numeric', 'fields']),
	},
];

const FIELDS: INodeProperties[] = [
	{
		displayName: 'Field Rules',
		name: 'fieldRules',
		type: 'fixedCollection',
		typeOptions: {
			multipleValues: true,
			multipleValueButtonText: 'Add Field',
			fixedCollection: { itemTitle: '={{ $collection.item.value.field }}' },
		},
		default: {},
		placeholder: 'Add Field',
		options: [
			{
				displayName: 'Field',
				name: 'values',
				values: [
					{
						displayName: 'Field',
						name: 'field',
						type: 'string',
						default: '',
						placeholder: 'e.g. total or lines.price',
						description: 'Path of the field, without indices',
					},
					{
						displayName: 'Rule',
						name: 'rule',
						type: 'options',
						options: [
							{
								name: 'Automatic',
								value: 'auto',
								description: 'Values by vote, lists row by row or as most give them',
							},
							{
								name: 'Intersection',
								value: 'intersection',
								description: 'Of a list what all name',
							},
							{ name: 'Mean', value: 'mean', description: 'Of numbers' },
							{ name: 'Median', value: 'median', description: 'Of numbers' },
							{ name: 'Union', value: 'union', description: 'Of a list what any names' },
							{ name: 'Vote', value: 'vote', description: 'What most give, lists as a whole' },
						],
						default: 'vote',
						description: 'How one value is made of several',
					},
				],
			},
		],
		description: 'Fields that are not listed are merged by the automatic rule',
		displayOptions: only(['fields']),
	},
	{
		displayName: 'Row Key',
		name: 'rowKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. sku or ID',
		description:
			'Field that tells the rows of a list of objects apart. Without it rows are matched by what they have in common.',
		displayOptions: only(['fields']),
	},
];

const LIST: INodeProperties[] = [
	{
		displayName: 'Keep',
		name: 'keep',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'What All Name', value: 'intersection', description: 'Of all that gave a list' },
			{ name: 'What Any Names', value: 'union', description: 'Everything, most named first' },
			{ name: 'What at Least K Name', value: 'atLeast', description: 'What several name' },
		],
		default: 'atLeast',
		description: 'Which items stay',
		displayOptions: only(['list']),
	},
	{
		displayName: 'Named by at Least',
		name: 'atLeast',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 2,
		description: 'How many answers must name an item',
		displayOptions: only(['list'], { keep: ['atLeast'] }),
	},
];

const FIRST_VALID: INodeProperties[] = [
	{
		displayName: 'Valid by JSON Schema',
		name: 'validSchema',
		type: 'json',
		default: '',
		placeholder: 'e.g. {"type": "object", "required": ["total"]}',
		description: 'The JSON document in the answer must fit it, and then is the answer',
		displayOptions: only(['firstValid']),
	},
	{
		displayName: 'Valid by Pattern',
		name: 'validPattern',
		type: 'string',
		default: '',
		placeholder: 'e.g. ^[A-Z]{2}-\\d+$',
		description: 'Regular expression that the answer must match, without slashes around it',
		displayOptions: only(['firstValid']),
	},
	{
		displayName: 'Valid When',
		name: 'validWhen',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.answers.map(a => a.text.length < 200) }}',
		description:
			'Expression that gives true or false: for Answers From Items for each item, else a list with one for each answer in its order',
		displayOptions: only(['firstValid']),
	},
];

const THRESHOLD: INodeProperties = {
	displayName: 'Agreement Threshold (0–1)',
	name: 'agreementThreshold',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
	default: 0.5,
	description:
		'An item goes to Agreed when the agreement on its answer is above this: the share of the votes behind it, or what the README says of the method. 0.5 means more than half, 0.99 means all. A tie is never agreed.',
	displayOptions: { hide: LEARNING },
};

/** In the order of the panel; each names what must be set before it is shown. */
export const METHOD_FIELDS: INodeProperties[] = [
	METHOD,
	...EXTRACT,
	...WEIGHTS,
	...NUMERIC,
	...FIELDS,
	...LIST,
	...FIRST_VALID,
	THRESHOLD,
];
