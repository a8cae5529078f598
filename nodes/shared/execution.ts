import { setMaxListeners } from 'node:events';
import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { sha256, type Run } from '../../engine/index';
import { connector, type Connect } from './connections';
import { isTool } from './isTool';
import { egressFilterOf } from './runtime';
import { chosenRuntime, type ChosenRuntime } from './sharedState';

/** What holds for all items of one run of a node. */
export interface Execution {
	readonly context: IExecuteFunctions;
	readonly node: INode;
	/** An agent called the node as its tool. */
	readonly asTool: boolean;
	readonly connect: Connect;
	readonly run: Run;
	readonly shared: ChosenRuntime;
	readonly workflowId: string;
	/** Unique for the execution of the workflow. */
	readonly executionId: string;
	/** Unique for one item of this run of the node within everything the workflow ever ran. */
	readonly itemId: (itemIndex: number) => string;
}

export async function startExecution(context: IExecuteFunctions): Promise<Execution> {
	const node = context.getNode();
	const executionId = context.getExecutionId();
	const signal = context.getExecutionCancelSignal() ?? new AbortController().signal;
	// Every item under way listens; Node takes more than ten for a leak.
	setMaxListeners(0, signal);
	const runIndex = String(context.getWorkflowDataProxy(0).$runIndex);
	const shared = await chosenRuntime(context, node);
	return {
		context,
		node,
		asTool: isTool(node),
		connect: connector(context, node),
		run: {
			runtime: shared.runtime,
			signal,
			egress: egressFilterOf(context.helpers),
		},
		shared,
		// A workflow that was never saved shares its stored answers with no other one.
		workflowId: context.getWorkflow().id ?? `unsaved in ${executionId}`,
		executionId,
		itemId: (itemIndex) =>
			sha256([executionId, node.id, runIndex, String(itemIndex)].join('\n')).slice(0, 12),
	};
}
