import type { OneCall } from './oneCall';
import { estimateRequestTokens } from './policies/estimateTokens';
import { repairRequest } from './prompt/repairJson';
import type { ChatRequest, ChatResponse } from './spec/chat';
import type { ProviderFailure } from './spec/failures';
import { DEFAULT_JSON_REPAIR, type Plan } from './spec/policies';
import type { Clock } from './spec/ports';
import type { Candidate } from './spec/provider';
import { isReady, type Standing } from './standings';
import { estimatedCostUsd, factsOf } from './survey';
import type { TraceRecord } from './traceRecord';

/** The answer after it was corrected, and who corrected it. */
export interface Repaired {
	readonly candidate: Candidate;
	readonly response: ChatResponse;
}

/** What a repair needs to know of its item. */
export interface RepairScene {
	readonly call: OneCall;
	readonly record: TraceRecord;
	/** All candidates of the item. */
	readonly standings: readonly Standing[];
	readonly clock: Clock;
}

/**
 * Hands an answer without the JSON that was asked for back to a model, with what is wrong with it,
 * once for each item. The call is one of the item's attempts. Gives `undefined` where there is
 * nothing to repair, no repair left, or where it failed too.
 */
export function repairOnce(
	request: ChatRequest,
	plan: Plan,
	{ call, record, standings, clock }: RepairScene,
): (standing: Standing, failure: ProviderFailure) => Promise<Repaired | undefined> {
	const { jsonRepair = DEFAULT_JSON_REPAIR, retry } = plan;
	let isSpent = jsonRepair === 'off';
	return async (standing, { answer, message }) => {
		if (isSpent || answer === undefined) return undefined;
		if (record.started() >= retry.maxAttempts) return undefined;
		isSpent = true;
		const asked = repairRequest(request, answer, message);
		const repairer =
			jsonRepair === 'cheapest' ? cheapest(standing, standings, asked, clock.nowMs()) : standing;
		const outcome = await call(repairer, asked, { purpose: 'repair' });
		return outcome?.ok ? { candidate: repairer.candidate, response: outcome.value } : undefined;
	};
}

/** Of those that may be called now, the one that costs least; `own` where no price is known. */
function cheapest(
	own: Standing,
	standings: readonly Standing[],
	request: ChatRequest,
	nowMs: number,
): Standing {
	const inputTokens = estimateRequestTokens(request);
	const costOf = ({ candidate }: Standing) =>
		estimatedCostUsd(candidate, factsOf(candidate, nowMs), inputTokens) ?? Infinity;
	return standings
		.filter((one) => isReady(one, nowMs))
		.reduce((best, one) => (costOf(one) < costOf(best) ? one : best), own);
}
