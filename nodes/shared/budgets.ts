import type { BudgetAsk, LimitsOptions } from '../../engine/index';
import type { Execution } from './execution';

/** Budgets that every call of one item has to fit into. */
export function budgetsOf(
	limits: LimitsOptions,
	{ node, workflowId, executionId, itemId, run }: Execution,
	itemIndex: number,
): BudgetAsk[] {
	const { maxCostPerItemUsd, maxCostPerRunUsd, maxCostPerDayUsd } = limits;
	const budgets: BudgetAsk[] = [];
	if (maxCostPerItemUsd !== undefined) {
		const key = `item|${itemId(itemIndex)}`;
		const label = 'Max Cost per Item';
		budgets.push({ key, label, limitUsd: maxCostPerItemUsd, period: '', isOfItem: true });
	}
	if (maxCostPerRunUsd !== undefined) {
		const key = `run|${executionId}|${node.id}|${runOf(itemId)}`;
		const label = 'Max Cost per Run';
		budgets.push({ key, label, limitUsd: maxCostPerRunUsd, period: '' });
	}
	if (maxCostPerDayUsd !== undefined) {
		const period = new Date(run.runtime.clock.nowMs()).toISOString().slice(0, 10);
		budgets.push({
			key: `day|${workflowId}`,
			label: 'Max Cost per Day',
			limitUsd: maxCostPerDayUsd,
			period,
			perCredential: true,
		});
	}
	return budgets;
}

/** The node may run several times in one execution: the ID of its first item tells them apart. */
function runOf(itemId: Execution['itemId']): string {
	return itemId(0);
}
