import { costUsd, effectivePricing, sumCostUsd } from '../policies/cost';
import { estimateRequestTokens } from '../policies/estimateTokens';
import { refuseOverBudget, type CallEstimate } from '../policies/panelEstimate';
import { factsOf } from '../survey';
import type { PanelCall } from './askAll';

/** What a panel will cost, as far as it can be told before. */
export interface PanelEstimate {
	/** US$ for all calls, each answered at the first try; absent when a price is not known. */
	readonly costUsd?: number;
	readonly calls: readonly CallEstimate[];
}

/** A call with the length that its answer will have, about. */
export interface EstimatedCall extends PanelCall {
	readonly outputTokens: number;
}

/** What the calls cost, each with the dearest model that may answer it, and nothing stored. */
export function estimateCalls(calls: readonly EstimatedCall[], nowMs: number): PanelEstimate {
	const estimates = calls.map((call) => estimateOf(call, nowMs));
	const totalUsd = sumCostUsd(estimates.map((one) => one.costUsd));
	return { ...(totalUsd === undefined ? {} : { costUsd: totalUsd }), calls: estimates };
}

/** @throws {BudgetExceededError} before any call, when the item may not cost so much */
export function checkBudget(
	calls: readonly EstimatedCall[],
	maxCostUsd: number | undefined,
	nowMs: number,
): void {
	if (maxCostUsd === undefined) return;
	refuseOverBudget(estimateCalls(calls, nowMs).calls, maxCostUsd);
}

function estimateOf(
	{ plan, request, variant, outputTokens: tokens }: EstimatedCall,
	nowMs: number,
): CallEstimate {
	const inputTokens = estimateRequestTokens(request);
	const costs = plan.candidates.map((candidate) => {
		const outputTokens = Math.min(tokens, candidate.settings.maxOutputTokens ?? tokens);
		const pricing = effectivePricing(factsOf(candidate, nowMs), candidate.price);
		return { id: candidate.id, costUsd: costUsd({ inputTokens, outputTokens }, pricing) };
	});
	const unpriced = costs.flatMap((one) => (one.costUsd === undefined ? [one.id] : []));
	if (unpriced.length > 0) return { label: variant, unpriced };
	const dearestUsd = Math.max(0, ...costs.map((one) => one.costUsd ?? 0));
	return { label: variant, costUsd: dearestUsd, unpriced };
}
