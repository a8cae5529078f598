import type { INodeExecutionData } from 'n8n-workflow';
import { CancelledError } from '../../engine/index';
import { breather } from './breather';
import { errorItem, toNodeError } from './errorItem';
import type { Execution } from './execution';
import { failureFacts, runHints, type ItemFacts } from './hints';
import { sharedStateHints } from './sharedState';
import { slidingWindow, type WindowTask } from './slidingWindow';

/** What one input item became. */
export interface ItemResult {
	readonly items: INodeExecutionData[];
	readonly facts: ItemFacts;
}

/**
 * Works through the input items with a sliding window and gives their results in order.
 *
 * All items are read and checked before the first call is made, unless the execution is stopped
 * meanwhile. Under Stop Workflow the first failure then ends it: nothing new starts, open calls
 * finish (their answers are stored and not paid again), and the failure is thrown. Under both
 * Continue modes a failed item becomes an error item and nothing is thrown: n8n would hand the
 * whole input to the success output.
 */
export async function forEachItem(
	{ context, node, run, shared }: Execution,
	prepare: (itemIndex: number) => Promise<WindowTask<ItemResult>>,
): Promise<INodeExecutionData[]> {
	const goesOn = context.continueOnFail();
	const failed = (itemIndex: number, error: unknown): ItemResult => {
		if (!goesOn) throw toNodeError(node, error, itemIndex);
		return { items: [errorItem(error, itemIndex)], facts: failureFacts(error) };
	};

	const tasks: Array<WindowTask<ItemResult>> = [];
	const inputs = context.getInputData();
	const breathe = breather();
	for (const itemIndex of inputs.keys()) {
		await breathe();
		if (run.signal.aborted) break;
		try {
			if (shared.problem !== undefined) throw shared.problem;
			tasks.push(await prepare(itemIndex));
		} catch (error) {
			const result = failed(itemIndex, error);
			tasks.push({ concurrency: Infinity, run: async () => result });
		}
	}
	const settled = await slidingWindow(tasks, { signal: run.signal, stopOnFailure: !goesOn });

	const firstFailure = settled.findIndex((result) => result?.status === 'rejected');
	const results = inputs.map((_, itemIndex): ItemResult => {
		const result = settled[itemIndex];
		if (result?.status === 'fulfilled') return result.value;
		if (result?.status === 'rejected') return failed(itemIndex, result.reason);
		// Not started: the failure further on is the one to tell, or the execution was stopped.
		if (!goesOn && firstFailure !== -1) return { items: [], facts: failureFacts(undefined) };
		return failed(itemIndex, new CancelledError());
	});
	context.addExecutionHints(
		...runHints(
			results.map(({ facts }) => facts),
			node,
		),
		...sharedStateHints(shared),
	);
	return results.flatMap(({ items }) => items);
}
