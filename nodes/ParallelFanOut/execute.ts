import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { fanOut } from '../../engine/index';
import { readCandidates } from '../shared/candidates';
import { connectedModels } from '../shared/connectedModels';
import { startExecution } from '../shared/execution';
import { forEachItem } from '../shared/forEachItem';
import { readPolicies } from '../shared/readPolicies';
import { completeRequest, readRequest } from '../shared/readRequest';
import { skipWarnings } from '../shared/skipWarnings';
import { BRANCH_SETTINGS, branchDrafts, withRequest } from './branches';
import { readFanOut } from './readFanOut';
import { toItems, toToolItems } from './toItems';

/** Each item: one request, answered by all listed models at the same time. */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const execution = startExecution(this);
	const { node, asTool, connect, run, workflowId, executionId, itemId } = execution;
	const inputs = this.getInputData();

	const items = await forEachItem(execution, async (itemIndex) => {
		const input = inputs[itemIndex] ?? { json: {} };
		const policies = readPolicies(this, itemIndex);
		const draft = readRequest(this, itemIndex, input);
		const slots = await connectedModels(this, node, itemIndex, executionId);
		const listed = await readCandidates(this, itemIndex, { connect, slots }, BRANCH_SETTINGS);
		const { policy, outputMode } = readFanOut(this, itemIndex, listed);
		const drafts = branchDrafts(listed, policies, workflowId);
		const skipped = drafts.flatMap(({ plan }) => plan.skipped);

		return {
			concurrency: policies.limits.concurrency,
			run: async () => {
				const request = await completeRequest(this, itemIndex, draft);
				const result = await fanOut(withRequest(drafts, request), policy, {
					...run,
					deadlineMs: policies.reliability.deadlineSeconds * 1000,
					seed: itemId(itemIndex),
					gate: async (work) => await work(),
				});
				const { items, droppedKeys } = asTool
					? { items: toToolItems(result, outputMode, itemIndex), droppedKeys: [] }
					: toItems(result, outputMode, policies.output, {
							input,
							itemIndex,
							groupId: itemId(itemIndex),
						});
				return {
					items,
					facts: {
						answers: result.results.filter(({ status }) => status === 'ok'),
						attempts: result.results.flatMap(({ attempts }) => attempts),
						costUsd: result.costUsd,
						failures: result.failed - skipped.length,
						warnings: [...skipWarnings(skipped), ...result.warnings],
						droppedKeys,
					},
				};
			},
		};
	});
	return [items];
}
