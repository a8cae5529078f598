import type { INodeProperties } from 'n8n-workflow';
import { FAILURE_KIND_OPTIONS } from './failureKinds';

/** Defaults here and in the engine's schemas are the same; a test holds them together. */
export const RELIABILITY_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Deadline (Seconds)',
		name: 'deadlineSeconds',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 86_400 },
		default: 180,
		description: 'Time for the whole item, over all models, with all retries and waits',
	},
	{
		displayName: 'Fall Back On',
		name: 'fallbackOn',
		type: 'multiOptions',
		options: FAILURE_KIND_OPTIONS,
		default: [
			'rate-limit',
			'quota',
			'overloaded',
			'server',
			'timeout',
			'network',
			'context-length',
			'content-filter',
			'malformed-response',
			'empty-answer',
			'truncated',
			'schema-mismatch',
		],
		description:
			'Failures after which the next model is asked. By default a wrong key or a wrong request stops the item, so that it is seen and no data goes to another vendor unasked.',
	},
	{
		displayName: 'Hedge After (Seconds)',
		name: 'hedgeAfterSeconds',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 3600 },
		default: 0,
		description:
			'When a model has not answered after this time, the next one is asked as well; the first good answer is taken and the other call is stopped. 0 is off. Both calls may be billed, so at most one call in ten of a model is doubled.',
	},
	{
		displayName: 'Hedge at Measured P95',
		name: 'hedgeAtP95',
		type: 'boolean',
		default: false,
		description:
			'Whether to ask the next model as well once a model takes longer than for 95 % of its latest answers. Needs 20 answers of the model in this n8n process; until then Hedge After counts.',
	},
	{
		displayName: 'Max Attempts per Item',
		name: 'maxAttempts',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 50, numberPrecision: 0 },
		default: 8,
		description: 'Calls in all for one item, over all models',
	},
	{
		displayName: 'Max Retries per Model',
		name: 'maxRetries',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 10, numberPrecision: 0 },
		default: 2,
		description: 'Further calls to the same model after a failure that waiting may cure',
	},
	{
		displayName: 'Recovery Wait (Seconds)',
		name: 'recoveryWaitSeconds',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 86_400 },
		default: 60,
		description:
			'How long an item waits when every model is pausing (vendor asked for it, limit reached, circuit open) until it fails with the reason of each. Left out, it waits up to the Deadline.',
	},
	{
		displayName: 'Timeout per Attempt (Seconds)',
		name: 'timeoutSeconds',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 3600 },
		default: 60,
		description: 'Time for one call until its whole answer is there',
	},
];

export const CACHING_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Ask Again',
		name: 'refresh',
		type: 'boolean',
		default: false,
		description:
			'Whether to call the models although an answer is stored, and to store the new one',
	},
	{
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		options: [
			{
				name: 'Exact',
				value: 'exact',
				description: 'The same request to the same models with the same settings is answered once',
			},
			{ name: 'Off', value: 'off', description: 'Each item is a call' },
		],
		default: 'exact',
		description:
			'Whether stored answers are used. They are kept in the memory of this n8n process.',
	},
	{
		displayName: 'Shared By',
		name: 'scope',
		type: 'options',
		options: [
			{
				name: 'All Workflows With the Same Credential',
				value: 'credential',
				description: 'Any workflow that uses the same credential may get the stored answer',
			},
			{
				name: 'This Workflow',
				value: 'workflow',
				description: 'Stored answers never leave this workflow',
			},
		],
		default: 'workflow',
		description: 'Who may get a stored answer',
	},
	{
		displayName: 'Time to Live (Seconds)',
		name: 'ttlSeconds',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 31_536_000, numberPrecision: 0 },
		default: 3600,
		description: 'How long an answer is kept',
	},
];

export const LIMITS_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Concurrency (Items)',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1000, numberPrecision: 0 },
		default: 10,
		description:
			'Items that are worked on at the same time. The order of the output never changes.',
	},
	{
		displayName: 'Max Cost per Day (USD)',
		name: 'maxCostPerDayUsd',
		type: 'number',
		typeOptions: { minValue: 0.000001, numberPrecision: 6 },
		default: 5,
		description:
			'Budget of a day (UTC) for this workflow and each credential. What a call may cost is set aside before it: set Max Output Tokens on the models for a budget that no answer can break.',
	},
	{
		displayName: 'Max Cost per Item (USD)',
		name: 'maxCostPerItemUsd',
		type: 'number',
		typeOptions: { minValue: 0.000001, numberPrecision: 6 },
		default: 0.05,
		description: 'Budget of one item over all its calls, estimated before each of them',
	},
	{
		displayName: 'Max Cost per Run (USD)',
		name: 'maxCostPerRunUsd',
		type: 'number',
		typeOptions: { minValue: 0.000001, numberPrecision: 6 },
		default: 1,
		description: 'Budget of all items of one run of this node',
	},
	{
		displayName: 'When a Budget Is Used Up',
		name: 'onBudget',
		type: 'options',
		options: [
			{
				name: 'Ask the Cheapest Model That Fits',
				value: 'cheapest',
				description: 'The item fails only when no listed model fits into what is left',
			},
			{
				name: 'Stop',
				value: 'stop',
				description: 'The item fails before a call that may break it',
			},
		],
		default: 'stop',
		description: 'What happens to an item whose next call does not fit into a budget',
	},
	{
		displayName: 'When a Model Is at Its Limit',
		name: 'onLimit',
		type: 'options',
		options: [
			{
				name: 'Ask the Next Model',
				value: 'next',
				description: 'Another model answers; the item waits only when there is none',
			},
			{
				name: 'Wait for It',
				value: 'wait',
				description: 'The item waits for the same model, within its deadline',
			},
		],
		default: 'next',
		description:
			'What happens to an item whose model has used up its requests or tokens per minute or its calls at the same time',
	},
];

export const OUTPUT_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Include Attempts',
		name: 'includeAttempts',
		type: 'boolean',
		default: true,
		description: 'Whether to list every call with its outcome, latency and cost',
	},
	{
		displayName: 'Include Input Fields',
		name: 'includeInputFields',
		type: 'boolean',
		default: true,
		description:
			'Whether to keep the fields and files of the input item. Fields of this node replace those of the same name.',
	},
	{
		displayName: 'Include Raw Response',
		name: 'includeRaw',
		type: 'boolean',
		default: false,
		description: 'Whether to add the reply as the vendor sent it',
	},
];

/** Folded groups of settings, the same for every node that calls models. */
export const POLICY_FIELDS: INodeProperties[] = [
	{
		displayName: 'Reliability',
		name: 'reliability',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: RELIABILITY_OPTIONS,
	},
	{
		displayName: 'Caching',
		name: 'caching',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: CACHING_OPTIONS,
	},
	{
		displayName: 'Limits',
		name: 'limits',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: LIMITS_OPTIONS,
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
