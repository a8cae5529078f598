import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { executeChat } from '../../engine/index';
import { readCandidates } from '../shared/candidates';
import { connectedModels } from '../shared/connectedModels';
import { startExecution } from '../shared/execution';
import { forEachItem } from '../shared/forEachItem';
import { planOf } from '../shared/planOf';
import { readPolicies } from '../shared/readPolicies';
import { completeRequest, readRequest } from '../shared/readRequest';
import { skipWarnings } from '../shared/skipWarnings';
import { readStrategy, WEIGHT_FIELD, weighted } from './strategy';
import { toItem, toToolItem } from './toItem';

/** Each item: one request, answered by the first candidate that can. */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const execution = startExecution(this);
	const { node, asTool, connect, run, workflowId, executionId } = execution;
	const inputs = this.getInputData();

	const items = await forEachItem(execution, async (itemIndex) => {
		const input = inputs[itemIndex] ?? { json: {} };
		const policies = readPolicies(this, itemIndex);
		const draft = readRequest(this, itemIndex, input);
		const slots = await connectedModels(this, node, itemIndex, executionId);
		const strategy = readStrategy(this, itemIndex);
		const listed = await readCandidates(this, itemIndex, { connect, slots }, [WEIGHT_FIELD.name]);
		const candidates = weighted(listed);
		const skipped = listed.flatMap((one) => ('skip' in one ? [one.skip] : []));
		const plan = { ...planOf(candidates, skipped, policies, workflowId), ...strategy };

		return {
			concurrency: policies.limits.concurrency,
			run: async () => {
				const request = await completeRequest(this, itemIndex, draft);
				const result = await executeChat(request, plan, run);
				const { attempts, cache, costUsd, warnings } = result.trace;
				const { items, droppedKeys } = asTool
					? { items: [toToolItem(result, itemIndex)], droppedKeys: [] }
					: toItem(result, policies.output, input, itemIndex);
				return {
					items,
					facts: {
						answers: [{ cache }],
						attempts,
						costUsd,
						failures: 0,
						warnings: [...skipWarnings(skipped), ...warnings],
						droppedKeys,
					},
				};
			},
		};
	});
	return [items];
}
