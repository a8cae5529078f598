import { estimateRequestTokens } from '../policies/estimateTokens';
import { refuseOverBudget, type CallEstimate } from '../policies/panelEstimate';
import type { ChatRequest } from '../spec/chat';
import type { Branch } from '../spec/fanOut';
import { estimatedCostUsd, factsOf } from '../survey';

/**
 * Refuses branches that would cost more than `maxCostUsd`, as if all of them were asked and nothing
 * were stored. A branch counts with the dearest model that may answer it.
 *
 * @throws {BudgetExceededError} before any call
 */
export function refuseDearBranches(
	branches: readonly Branch[],
	maxCostUsd: number,
	nowMs: number,
): void {
	const tokensOf = tokenCounter();
	refuseOverBudget(
		branches.map((branch) => estimateOf(branch, tokensOf(branch.request), nowMs)),
		maxCostUsd,
	);
}

function estimateOf({ label, plan }: Branch, inputTokens: number, nowMs: number): CallEstimate {
	const priced = plan.candidates.map((candidate) => ({
		model: candidate.id,
		costUsd: estimatedCostUsd(candidate, factsOf(candidate, nowMs), inputTokens),
	}));
	const unpriced = priced.flatMap(({ model, costUsd }) => (costUsd === undefined ? [model] : []));
	if (unpriced.length > 0) return { label, unpriced };
	return { label, unpriced, costUsd: Math.max(0, ...priced.map(({ costUsd = 0 }) => costUsd)) };
}

/** Samples share a request: each one is counted once. */
function tokenCounter(): (request: ChatRequest) => number {
	const counted = new Map<ChatRequest, number>();
	return (request) => {
		const known = counted.get(request);
		if (known !== undefined) return known;
		const tokens = estimateRequestTokens(request);
		counted.set(request, tokens);
		return tokens;
	};
}
