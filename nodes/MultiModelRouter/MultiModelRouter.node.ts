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
import { ROUTER_FIELDS, ROUTER_HINTS } from './description';
import { execute } from './execute';

export class MultiModelRouter implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Multi-Model Router',
		name: 'multiModelRouter',
		icon: {
			light: 'file:../../icons/multiModelRouter.svg',
			dark: 'file:../../icons/multiModelRouter.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ (n => n + (n === 1 ? " model" : " models"))(($parameter.connectedModels || 0) + ($parameter.candidates?.values || []).length) + ", by " + $parameter.strategy }}',
		description:
			'Ask a language model and fall back to others when it fails, with retries, caching, cost and latency for each item',
		defaults: { name: 'Multi-Model Router' },
		inputs: MODEL_INPUTS,
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: MODEL_CREDENTIALS,
		hints: ROUTER_HINTS,
		properties: ROUTER_FIELDS,
	};

	methods = { listSearch: { searchModels }, credentialTest: { testRedisCredential } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute.call(this);
	}
}
