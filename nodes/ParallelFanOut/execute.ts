import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import {
	createGate,
	discardedCostUsd,
	fanOut,
	refuseDearBranches,
	sumCostUsd,
	type BranchResult,
} from '../../engine/index';
import { budgetsOf } from '../shared/budgets';
import { connectedModels } from '../shared/connectedModels';
import { startExecution } from '../shared/execution';
import { forEachItem } from '../shared/forEachItem';
import { vendorModelIds } from '../shared/modelWarnings';
import { readPolicies } from '../shared/readPolicies';
import { completeRequest, readRequest } from '../shared/readRequest';
import { skipWarnings } from '../shared/skipWarnings';
import { FAN_OUT_LIMITS } from './limitsFields';
import { readBranches, withRequest } from './readBranches';
import { readFanOut } from './readFanOut';
import { toItems, toToolItems } from './toItems';

/** Each item: one request, answered by all listed models at the same time. */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const execution = await startExecution(this);
	const { node, asTool, connect, run, workflowId, executionId, itemId } = execution;
	const inputs = this.getInputData();
	const gate = createGate();

	const items = await forEachItem(execution, async (itemIndex) => {
		const input = inputs[itemIndex] ?? { json: {} };
		const policies = readPolicies(this, itemIndex, FAN_OUT_LIMITS);
		const { concurrency, branchConcurrency, maxCostPerItemUsd } = policies.limits;
		const draft = readRequest(this, itemIndex, input);
		const slots = await connectedModels(this, node, itemIndex, executionId);
		const drafts = await readBranches(this, itemIndex, { connect, slots }, policies, workflowId);
		const { policy, outputMode } = readFanOut(this, itemIndex, drafts);
		const skipped = drafts.flatMap(({ plan }) => plan.skipped);
		if (maxCostPerItemUsd !== undefined && draft.attachments.length === 0) {
			// Before anybody is called for any item; files are read when their item begins.
			const branches = withRequest(drafts, draft.request);
			refuseDearBranches(branches, maxCostPerItemUsd, run.runtime.clock.nowMs());
		}

		return {
			// An item begins when there is room for all of its branches.
			concurrency: Math.min(
				concurrency,
				Math.max(1, Math.floor(branchConcurrency / drafts.length)),
			),
			run: async () => {
				const request = await completeRequest(this, itemIndex, draft);
				const result = await fanOut(withRequest(drafts, request), policy, {
					...run,
					budgets: budgetsOf(policies.limits, execution, itemIndex),
					deadlineMs: policies.reliability.deadlineSeconds * 1000,
					...(maxCostPerItemUsd === undefined ? {} : { maxCostUsd: maxCostPerItemUsd }),
					seed: itemId(itemIndex),
					gate: async (work, signal) => await gate(work, branchConcurrency, signal),
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
						discardedCostUsd: sumCostUsd(result.results.map(discardedUsd)),
						modelIds: vendorModelIds(drafts.flatMap(({ plan }) => plan.candidates)),
						failures: result.results.filter(({ status }) => status === 'failed').length,
						warnings: [
							...new Set([...draft.warnings, ...skipWarnings(skipped), ...result.warnings]),
						],
						droppedKeys,
					},
				};
			},
		};
	});
	return [items];
}

/** US$ that a branch paid for calls whose answers nobody sees, as far as it is known. */
function discardedUsd({ attempts, model, status }: BranchResult): number {
	return discardedCostUsd(attempts, status === 'ok' ? model : undefined) ?? 0;
}
