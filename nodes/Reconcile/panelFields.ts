import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { candidatesField } from '../shared/fields/candidates';
import { POLICY_FIELDS } from '../shared/fields/policies';
import { PROVIDER_FIELDS } from '../shared/fields/providers';
import { SHARED_STATE_FIELD } from '../shared/fields/sharedState';

/** Ways to reconcile in which models decide. */
export const PANEL_METHOD_OPTIONS: INodePropertyOptions[] = [
	{
		name: 'Council (Models Rank)',
		value: 'rank',
		description:
			'Each model ranks the answers of the others, without names. Use when answers are free text and no single judge should decide.',
	},
	{
		name: 'Judge (a Model Picks)',
		value: 'judge',
		description:
			'A model picks the best answer, without names and in two orders; only a choice that survives the swap counts. Use when answers are free text and one of them is to be taken as it is.',
	},
	{
		name: 'Synthesize (a Model Writes)',
		value: 'synthesize',
		description:
			'A model writes one answer from all of them and lists where they agree, contradict each other and miss something. Use when the answers complement each other.',
	},
];

const PANEL_METHODS = PANEL_METHOD_OPTIONS.map(({ value }) => String(value));
const LEARNING = { task: ['learn'] };

/** What the builder may set about judges, councils and writers. */
export const PANEL_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Max Tokens per Answer',
		name: 'maxAnswerTokens',
		type: 'number',
		typeOptions: { minValue: 50, maxValue: 200_000, numberPrecision: 0 },
		default: 4_000,
		description: 'Of a longer answer the middle is left out, and the models are told so',
	},
	{
		displayName: 'Max Tokens of the Question',
		name: 'maxQuestionTokens',
		type: 'number',
		typeOptions: { minValue: 50, maxValue: 200_000, numberPrecision: 0 },
		default: 16_000,
		description: 'Of a longer question the middle is left out',
	},
	{
		displayName: 'Orders per Judge',
		name: 'orders',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 3, numberPrecision: 0 },
		default: 1,
		description:
			'In how many different orders a judge sees the answers. Each order is also seen swapped, so this is two calls each.',
	},
];

/** Fields of the methods in which models decide, and of a debate. */
export const PANEL_FIELDS: INodeProperties[] = [
	{
		displayName: 'Debate Round',
		name: 'debate',
		type: 'boolean',
		default: false,
		description:
			'Whether models that disagree see the answers of the others once, without names, and answer again before it is decided. They have to be listed under Models, and the question is needed.',
		displayOptions: { hide: { ...LEARNING, '@tool': [true] } },
	},
	{
		displayName: 'Question',
		name: 'question',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. {{ $json.question }}',
		description: 'What was asked. Judges decide better when they know it; a debate needs it.',
		displayOptions: { show: { method: PANEL_METHODS }, hide: LEARNING },
	},
	{
		displayName: 'Question',
		name: 'question',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		required: true,
		placeholder: 'e.g. {{ $json.question }}',
		description: 'What was asked: it is asked again in the debate round',
		displayOptions: { show: { debate: [true] }, hide: { ...LEARNING, method: PANEL_METHODS } },
	},
	{
		displayName: 'Every Model Is a Judge',
		name: 'jury',
		type: 'boolean',
		default: false,
		description:
			'Whether all listed models judge and most verdicts win. Off, the first one judges and the others stand in for it.',
		displayOptions: { show: { method: ['judge'] }, hide: LEARNING },
	},
	{
		displayName: 'Panel Options',
		name: 'panel',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: PANEL_OPTIONS,
		displayOptions: { show: { method: PANEL_METHODS }, hide: LEARNING },
	},
];

/**
 * The models that judge, rank, write or debate, and how they are called. Always shown: the editor
 * forgets a list that another field hides. Nobody is ticked or listed at first, since most methods
 * ask no model.
 */
export const PANEL_MODEL_FIELDS: INodeProperties[] = [
	...PROVIDER_FIELDS.map((field) =>
		field.name === 'providers' ? { ...field, default: [] } : field,
	),
	{
		...candidatesField({
			displayName: 'Models',
			description:
				'The models that judge, rank, write or debate. The methods that count and compare ask no model.',
		}),
		default: {},
	},
	...POLICY_FIELDS.filter(({ name }) => name !== 'output'),
	SHARED_STATE_FIELD,
];
