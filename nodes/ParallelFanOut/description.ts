import type { INodeProperties } from 'n8n-workflow';
import { candidatesField } from '../shared/fields/candidates';
import { POLICY_FIELDS, RELIABILITY_OPTIONS } from '../shared/fields/policies';
import { PREPROCESSING_FIELD } from '../shared/fields/preprocessing';
import { PROVIDER_FIELDS } from '../shared/fields/providers';
import { SHARED_STATE_FIELD } from '../shared/fields/sharedState';
import { REQUEST_FIELDS } from '../shared/fields/request';
import { BRANCH_FIELDS } from './branchFields';
import { FAN_OUT_LIMITS } from './limitsFields';

/** When the item is done and what comes out. */
export const OWN_FIELDS: INodeProperties[] = [
	{
		displayName: 'Wait For',
		name: 'waitFor',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Agreement',
				value: 'agreement',
				description:
					'Go on as soon as no further answer could change the winner of a vote. Models are asked in their order and only as many as are needed: saves calls where answers are short and mostly agree.',
			},
			{
				name: 'All Models',
				value: 'all',
				description: 'Go on when every model has answered or failed',
			},
			{
				name: 'First Answer',
				value: 'first',
				description:
					'Go on with the first good answer and give up the other calls. Fastest; the calls that were given up may be billed.',
			},
			{
				name: 'Quorum',
				value: 'quorum',
				description: 'Go on when so many good answers are there, and do not wait for the slowest',
			},
		],
		default: 'all',
		description: 'When an item is done',
	},
	{
		displayName: 'Quorum',
		name: 'quorum',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 2,
		description: 'How many good answers are enough',
		displayOptions: { show: { waitFor: ['quorum'] } },
	},
	{
		displayName: 'Extract',
		name: 'extract',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'auto',
				description: 'Decide from the answers whether they are letters, numbers or texts',
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
		description:
			'Which part of each text is the answer that is compared. Choose the same in Reconcile.',
		displayOptions: { show: { waitFor: ['agreement'] } },
	},
	{
		displayName: 'Minimum Answers',
		name: 'minAnswers',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 1,
		description:
			'The item fails when fewer models than this answer, or have answered by the deadline',
		displayOptions: { hide: { waitFor: ['first'] } },
	},
	{
		displayName: 'Output Mode',
		name: 'outputMode',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'One Item per Answer',
				value: 'perAnswer',
				description:
					'What each model gave is an item of its own, a failure too (see its status); those of one input share a groupId',
			},
			{
				name: 'One Item per Input',
				value: 'perInput',
				description: 'One item with the list of all answers, as Reconcile takes it',
			},
		],
		default: 'perInput',
		description: 'How the answers come out',
	},
];

/** The fields of the node, in the order of its panel. */
export const FAN_OUT_FIELDS: INodeProperties[] = [
	...PROVIDER_FIELDS,
	candidatesField(
		{
			displayName: 'Models',
			description:
				'The models to ask at the same time. Their order is the order of the answers. Each may have a prompt, a perspective, samples and a backup of its own.',
		},
		BRANCH_FIELDS,
	),
	...REQUEST_FIELDS,
	PREPROCESSING_FIELD,
	...OWN_FIELDS,
	...POLICY_FIELDS.map((field) =>
		field.name === 'limits'
			? { ...field, options: [...FAN_OUT_LIMITS.options] }
			: field.name === 'reliability'
				? { ...field, options: RELIABILITY_OPTIONS.map(perBranch) }
				: field,
	),
	SHARED_STATE_FIELD,
];

/** Each branch has a budget of calls of its own, so that no other one can use it up. */
function perBranch(option: INodeProperties): INodeProperties {
	if (option.name !== 'maxAttempts') return option;
	return {
		...option,
		displayName: 'Max Attempts per Branch',
		description: 'Calls in all for one branch, over its model and its backup',
	};
}
