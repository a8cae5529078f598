import type { INodeProperties, NodeHint } from 'n8n-workflow';
import { candidatesField } from '../shared/fields/candidates';
import { NO_MODEL_HINT } from '../shared/fields/hints';
import { POLICY_FIELDS } from '../shared/fields/policies';
import { PREPROCESSING_FIELD } from '../shared/fields/preprocessing';
import { PROVIDER_FIELDS } from '../shared/fields/providers';
import { SHARED_STATE_FIELD } from '../shared/fields/sharedState';
import { REQUEST_FIELDS } from '../shared/fields/request';
import { LONG_DOCUMENT_FIELDS } from './longDocumentFields';
import { ROUTER_OUTPUT_OPTIONS } from './outputFields';
import { STRATEGY_HINTS } from './strategyHints';
import { OWN_SETTINGS, STRATEGY_FIELDS } from './strategyFields';

/** The fields of the node, in the order of its panel. */
export const ROUTER_FIELDS: INodeProperties[] = [
	...STRATEGY_FIELDS,
	...PROVIDER_FIELDS,
	candidatesField(
		{
			displayName: 'Models',
			description:
				'The models to ask, best first. Drag the rows to change the order; the next one is asked when one fails.',
		},
		OWN_SETTINGS,
	),
	...REQUEST_FIELDS,
	...LONG_DOCUMENT_FIELDS,
	PREPROCESSING_FIELD,
	...POLICY_FIELDS.map((field) =>
		field.name === 'output' ? { ...field, options: ROUTER_OUTPUT_OPTIONS } : field,
	),
	SHARED_STATE_FIELD,
];

/** Shown in the panel before a run. */
export const ROUTER_HINTS: NodeHint[] = [
	NO_MODEL_HINT,
	{
		message:
			'Only one model is listed, so there is nothing to fall back to. Add a second one under Models.',
		type: 'info',
		location: 'ndv',
		whenToDisplay: 'beforeExecution',
		displayCondition:
			'={{ ($parameter.connectedModels || 0) + ($parameter.candidates?.values || []).length === 1 }}',
	},
	...STRATEGY_HINTS,
];
