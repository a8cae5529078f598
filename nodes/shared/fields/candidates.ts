import type { INodeProperties } from 'n8n-workflow';
import { byName } from '../byName';
import { DEFAULT_CANDIDATES } from '../defaultCandidates';
import { MODEL_PAGES } from '../modelPages';
import type { REASONING_EFFORTS } from '../../../engine/index';

/** Settings of one candidate that every node offers. */
export const SETTINGS_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Input Price (USD per Million Tokens)',
		name: 'inputPriceUsd',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description:
			'What a million input tokens cost you. Replaces the known price; needed for models without one.',
	},
	{
		displayName: 'Max Concurrent Calls',
		name: 'maxConcurrent',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 5,
		description:
			'Calls to this model that may be open at the same time with this credential, over all items and workflows of this n8n process',
	},
	{
		displayName: 'Max Output Tokens',
		name: 'maxOutputTokens',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 1024,
		description: 'Longest answer, reasoning included where the vendor counts it so',
	},
	{
		displayName: 'Output Price (USD per Million Tokens)',
		name: 'outputPriceUsd',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description:
			'What a million output tokens cost you. Replaces the known price; needed for models without one.',
	},
	{
		displayName: 'Provider Options (JSON)',
		name: 'providerOptions',
		type: 'json',
		default: '{}',
		placeholder: '{ "service_tier": "flex" }',
		description:
			'Further members of the request in the own words of the vendor, passed on as they are',
	},
	{
		displayName: 'Reasoning Effort',
		name: 'reasoningEffort',
		type: 'options',
		options: [
			{ name: 'High', value: 'high' },
			{ name: 'Low', value: 'low' },
			{ name: 'Medium', value: 'medium' },
			{ name: 'Minimal', value: 'minimal' },
			{ name: 'None', value: 'none' },
		] satisfies Array<{ name: string; value: (typeof REASONING_EFFORTS)[number] }>,
		default: 'medium',
		description: 'How much the model thinks before it answers, where it can be told',
	},
	{
		displayName: 'Requests per Minute',
		name: 'requestsPerMinute',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 60,
		description:
			'Most requests to this model within any minute with this credential. Further items go to the next model or wait, see Limits.',
	},
	{
		displayName: 'Seed',
		name: 'seed',
		type: 'number',
		typeOptions: { numberPrecision: 0 },
		default: 1,
		description: 'Makes answers more repeatable where the vendor supports it',
	},
	{
		displayName: 'Stop Sequences',
		name: 'stop',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Stop Sequence' },
		default: [],
		description: 'The model stops before it would write one of these',
	},
	{
		displayName: 'Temperature',
		name: 'temperature',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 2, numberPrecision: 2 },
		default: 1,
		description:
			'How varied the answers are: 0 is the most predictable. Leave out for the default of the model.',
	},
	{
		displayName: 'Tokens per Minute',
		name: 'tokensPerMinute',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 100_000,
		description:
			'Most input and output tokens of this model within any minute with this credential: estimated before a call, settled after it',
	},
	{
		displayName: 'Top P',
		name: 'topP',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
		default: 1,
		description:
			'Share of the likeliest words the model chooses from. Set this or the temperature, not both.',
	},
];

/** A model as provider/model, from the list or by ID. */
export const MODEL_FIELD: INodeProperties = {
	displayName: 'Model',
	name: 'model',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'The model as provider/model, for example openai/gpt-6-luna',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: {
				searchListMethod: 'searchModels',
				searchable: true,
				// The list is drawn from several vendors, each with a credential of its own or none.
				skipCredentialsCheckInRLC: true,
			},
		},
		{
			displayName: 'ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. anthropic/claude-haiku-5-5',
			hint: 'provider/model, where provider is openai, anthropic, google, openaiCompatible, local or connected',
		},
	],
};

/** The list of models, best first, with the settings that the node offers for each. */
export function candidatesField(
	text: { readonly displayName: string; readonly description: string },
	ownSettings: readonly INodeProperties[] = [],
): INodeProperties {
	const settings = [...SETTINGS_OPTIONS, ...ownSettings].sort((one, other) =>
		byName(one.displayName, other.displayName),
	);
	return {
		...text,
		name: 'candidates',
		type: 'fixedCollection',
		placeholder: 'Add Model',
		typeOptions: {
			multipleValues: true,
			sortable: true,
			fixedCollection: { itemTitle: '={{ $collection.item.value.model.value }}' },
		},
		default: { values: DEFAULT_CANDIDATES.map(defaultRow) },
		options: [
			{
				displayName: 'Model',
				name: 'values',
				values: [
					MODEL_FIELD,
					{
						displayName: 'Settings',
						name: 'settings',
						type: 'collection',
						placeholder: 'Add Setting',
						default: {},
						options: settings,
					},
				],
			},
		],
	};
}

/** As if chosen from the list, so that a new user sees names; see `searchModels` on name and link. */
function defaultRow({ id, provider, name }: (typeof DEFAULT_CANDIDATES)[number]) {
	return {
		model: {
			__rl: true,
			mode: 'list',
			value: id,
			cachedResultName: name,
			cachedResultUrl: MODEL_PAGES[provider].url,
		},
		settings: {},
	};
}
