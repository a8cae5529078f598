import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { routerOutputSchema, type RouterOutputOptions } from '../../engine/index';
import { fieldReader } from '../shared/fieldReader';
import { OUTPUT_OPTIONS } from '../shared/fields/policies';
import { readOptions } from '../shared/readOptions';

const CHECK_MODELS: INodeProperties = {
	displayName: 'Check Models',
	name: 'checkModels',
	type: 'boolean',
	default: false,
	description:
		'Whether to ask every listed model for one word instead of answering: one item for each with its status, latency, cost and what to do when it does not work. Nothing is stored.',
};

const DRY_RUN: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description:
		'Whether to return who would be asked, why, and at what estimated cost, without asking anyone',
};

const ENABLE_STREAMING: INodeProperties = {
	displayName: 'Enable Streaming',
	name: 'enableStreaming',
	type: 'boolean',
	default: true,
	description:
		'Whether to show the answer to a streaming chat or webhook while it is being written. Switch it off where the answer is only a step on the way.',
};

export const ROUTER_OUTPUT_OPTIONS: INodeProperties[] = [
	CHECK_MODELS,
	DRY_RUN,
	ENABLE_STREAMING,
	...OUTPUT_OPTIONS,
];

/** The group Output with what only the Router has. */
export function readRouterOutput(
	context: Pick<IExecuteFunctions, 'getNodeParameter'>,
	itemIndex: number,
): RouterOutputOptions {
	const raw = fieldReader(context, itemIndex)('output');
	return readOptions('Output', raw, ROUTER_OUTPUT_OPTIONS, routerOutputSchema);
}
