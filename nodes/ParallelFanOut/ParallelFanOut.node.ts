import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { MODEL_INPUTS } from '../shared/fields/modelInputs';
import { MODEL_CREDENTIALS } from '../shared/fields/sharedState';
import { searchModels } from '../shared/modelList';
import { testRedisCredential } from '../shared/sharedState';
import { FAN_OUT_FIELDS } from './description';
import { execute } from './execute';
import { FAN_OUT_HINTS } from './hints';

export class ParallelFanOut implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Parallel Fan-out',
		name: 'parallelFanOut',
		icon: {
			light: 'file:../../icons/parallelFanOut.svg',
			dark: 'file:../../icons/parallelFanOut.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ (n => n + (n === 1 ? " model" : " models"))(($parameter.connectedModels || 0) + ($parameter.candidates?.values || []).length) + " at once" }}',
		description:
			'Ask several language models the same thing at the same time and collect their answers, with cost and latency for each',
		defaults: { name: 'Parallel Fan-out' },
		inputs: MODEL_INPUTS,
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: MODEL_CREDENTIALS,
		hints: FAN_OUT_HINTS,
		properties: FAN_OUT_FIELDS,
	};

	methods = { listSearch: { searchModels }, credentialTest: { testRedisCredential } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute.call(this);
	}
}
