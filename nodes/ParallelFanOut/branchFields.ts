import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_CANDIDATES } from '../shared/defaultCandidates';

/** Settings of a row that only the fan-out has. */
export const BRANCH_FIELDS: INodeProperties[] = [
	{
		displayName: 'Backup Model',
		name: 'backupModel',
		type: 'string',
		default: '',
		placeholder: `e.g. ${DEFAULT_CANDIDATES[1]}`,
		description:
			'Answers in the place of this model when it fails, as provider/model. Its vendor has to be ticked under Providers. Left out when another row asks it already.',
	},
	{
		displayName: 'Label',
		name: 'label',
		type: 'string',
		default: '',
		placeholder: 'e.g. Fast opinion',
		description: 'Name of this answer in the output. Leave empty to use the model ID.',
	},
	{
		displayName: 'Perspective',
		name: 'perspective',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. You look at this as a security engineer.',
		description: 'Role or point of view of this answer, added to the system prompt',
	},
	{
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		description:
			'Asked in the place of the prompt of the node (of the last user message, under Messages). Leave empty to ask that one.',
	},
	{
		displayName: 'Samples',
		name: 'samples',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100, numberPrecision: 0 },
		default: 3,
		description:
			'How many times the model is asked, to see whether it agrees with itself. Each answer is listed on its own.',
	},
];

/** Those that make two rows of one model different requests. */
export const DISTINCT_FIELDS = ['perspective', 'prompt'];
