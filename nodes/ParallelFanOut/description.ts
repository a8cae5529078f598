import type { INodeProperties, NodeHint } from 'n8n-workflow';
import { candidatesField } from '../shared/fields/candidates';
import { NO_MODEL_HINT } from '../shared/fields/hints';
import { POLICY_FIELDS } from '../shared/fields/policies';
import { PROVIDER_FIELDS } from '../shared/fields/providers';
import { REQUEST_FIELDS } from '../shared/fields/request';

/** When the item is done and what comes out. */
export const OWN_FIELDS: INodeProperties[] = [
	{
		displayName: 'Wait For',
		name: 'waitFor',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'All Models',
				value: 'all',
				description: 'Go on when every model has answered or failed',
			},
		],
		default: 'all',
		description: 'When an item is done',
	},
	{
		displayName: 'Minimum Answers',
		name: 'minAnswers',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 1,
		description: 'The item fails when fewer models than this answer',
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

const label: INodeProperties = {
	displayName: 'Label',
	name: 'label',
	type: 'string',
	default: '',
	placeholder: 'e.g. Fast opinion',
	description: 'Name of this answer in the output. Leave empty to use the model ID.',
};

/** The fields of the node, in the order of its panel. */
export const FAN_OUT_FIELDS: INodeProperties[] = [
	...PROVIDER_FIELDS,
	candidatesField(
		{
			displayName: 'Models',
			description: 'The models to ask at the same time. Their order is the order of the answers.',
		},
		[label],
	),
	...REQUEST_FIELDS,
	...OWN_FIELDS,
	...POLICY_FIELDS,
];

/** Shown in the panel before a run. */
export const FAN_OUT_HINTS: NodeHint[] = [
	NO_MODEL_HINT,
	{
		message: 'More answers are needed than models are listed. Lower Minimum Answers or add models.',
		type: 'warning',
		location: 'ndv',
		whenToDisplay: 'beforeExecution',
		displayCondition:
			'={{ $parameter.minAnswers > ($parameter.connectedModels || 0) + ($parameter.candidates?.values || []).length }}',
	},
];
