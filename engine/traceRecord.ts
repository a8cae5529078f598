import { findModel } from './catalog/index';
import { costUsd, effectivePricing, sumCostUsd } from './policies/cost';
import type { ChatResponse } from './spec/chat';
import type { Outcome, ProviderFailure } from './spec/failures';
import type { Plan } from './spec/policies';
import type { Candidate } from './spec/provider';
import type { ChatResult } from './spec/result';
import type { AttemptRecord, SkipRecord, Trace } from './spec/trace';
import type { Standing } from './standings';

/** Who is asked in which order, why, and who is not asked at all. */
export interface Ranking {
	readonly reason: string;
	readonly skipped: readonly SkipRecord[];
	readonly arm?: string;
	readonly warnings?: readonly string[];
}

/** A call that is over. */
export interface SettledCall {
	readonly candidate: Candidate;
	readonly keyIndex: number;
	readonly outcome: Outcome<ChatResponse>;
	readonly latencyMs: number;
	/** What it was for, where it was not simply to answer. */
	readonly purpose: AttemptRecord['purpose'];
}

/** The trail of one item while it is being answered. */
export interface TraceRecord {
	readonly attempts: readonly AttemptRecord[];
	/** Adds one attempt, with what it cost. */
	readonly settle: (call: SettledCall, nowMs: number) => void;
	readonly trace: (nowMs: number) => Trace;
	readonly success: (candidate: Candidate, response: ChatResponse, nowMs: number) => ChatResult;
}

export function startRecord(
	plan: Plan,
	ranking: Ranking,
	standings: readonly Standing[],
	startedAtMs: number,
): TraceRecord {
	const attempts: AttemptRecord[] = [];
	const warnings = new Set<string>(ranking.warnings);

	function trace(nowMs: number): Trace {
		return {
			attempts: [...attempts],
			route: {
				strategy: plan.strategy,
				reason: routeReason(ranking, attempts),
				...(ranking.arm === undefined ? {} : { arm: ranking.arm }),
				skipped: [...ranking.skipped, ...notCalled(standings, attempts)],
			},
			cache: plan.cache.mode === 'off' ? 'off' : 'miss',
			latencyMs: nowMs - startedAtMs,
			costUsd: sumCostUsd(attempts.map((attempt) => attempt.costUsd)),
			warnings: [...warnings],
		};
	}

	return {
		attempts,
		settle: ({ candidate, keyIndex, outcome, latencyMs, purpose }, nowMs) => {
			const attempt = attempts.filter(({ model }) => model === candidate.id).length + 1;
			const priced = price(candidate, outcome, nowMs);
			if (priced.warning !== undefined) warnings.add(priced.warning);
			const severalKeys = candidate.kind === 'vendor' && candidate.connection.keys.length > 1;
			attempts.push({
				model: candidate.id,
				attempt,
				...(purpose === undefined ? {} : { purpose }),
				latencyMs,
				...(priced.costUsd === undefined ? {} : { costUsd: priced.costUsd }),
				...(severalKeys ? { key: keyIndex + 1 } : {}),
				...(outcome.ok ? answered(candidate, outcome.value) : failed(outcome.failure)),
			});
		},
		trace,
		success: (candidate, response, nowMs) => {
			for (const warning of response.warnings) warnings.add(`${candidate.id}: ${warning}`);
			if (candidate.kind === 'connected') {
				for (const warning of candidate.model.warnings) warnings.add(`${candidate.id}: ${warning}`);
			}
			return { response, answeredBy: candidate.id, trace: trace(nowMs) };
		},
	};
}

/** A result that somebody else's call brought: nothing was called or paid for this item. */
export function fromElsewhere(
	result: ChatResult,
	cache: 'hit' | 'joined',
	latencyMs: number,
): ChatResult {
	return {
		...result,
		response: { ...result.response, usage: {} },
		trace: { ...result.trace, attempts: [], cache, costUsd: 0, latencyMs },
	};
}

/** Candidates that were passed over: a pause their vendor asked for, or no room. */
function notCalled(
	standings: readonly Standing[],
	attempts: readonly AttemptRecord[],
): SkipRecord[] {
	return standings.flatMap(({ candidate, heldBack }) =>
		heldBack === undefined || attempts.some(({ model }) => model === candidate.id)
			? []
			: [{ model: candidate.id, reason: heldBack }],
	);
}

function answered(
	candidate: Candidate,
	{ modelId }: ChatResponse,
): Pick<AttemptRecord, 'outcome' | 'modelId'> {
	const asked = candidate.kind === 'vendor' ? candidate.modelId : undefined;
	return { outcome: 'ok', ...(modelId === asked ? {} : { modelId }) };
}

function failed(
	failure: ProviderFailure,
): Pick<AttemptRecord, 'outcome' | 'message' | 'status' | 'requestId' | 'shownCharacters'> {
	const { shownCharacters } = failure;
	return {
		outcome: failure.kind === 'cancelled' ? 'aborted' : failure.kind,
		...(failure.status === undefined ? {} : { status: failure.status }),
		...(failure.requestId === undefined ? {} : { requestId: failure.requestId }),
		...(shownCharacters === undefined ? {} : { shownCharacters }),
		message: failure.message,
	};
}

function routeReason(ranking: Ranking, attempts: readonly AttemptRecord[]): string {
	const last = attempts.at(-1);
	const before = attempts.findLast(({ model }) => model !== last?.model);
	if (last?.outcome !== 'ok' || before === undefined) return ranking.reason;
	const handedIn = attempts.at(-2);
	if (last.purpose === 'repair' && handedIn !== undefined && handedIn.model !== last.model) {
		return `the JSON of ${handedIn.model} did not fit, ${last.model} repaired it`;
	}
	return `${before.model} failed (${before.outcome}), next in the ranked order`;
}

/**
 * US$ for one attempt. An error reply is not billed; a call that was given up may have been, so its
 * cost is not known.
 */
function price(
	candidate: Candidate,
	outcome: Outcome<ChatResponse>,
	nowMs: number,
): { costUsd?: number; warning?: string } {
	const usage = outcome.ok ? outcome.value.usage : outcome.failure.usage;
	if (!outcome.ok && usage === undefined) {
		const { notSent, status } = outcome.failure;
		return notSent === true || (status !== undefined && status >= 400) ? { costUsd: 0 } : {};
	}
	const pricing = effectivePricing(factsOf(candidate, outcome, nowMs), candidate.price);
	if (pricing === undefined) {
		return {
			warning: `No price is known for ${candidate.id}, so its cost is unknown: set Input Price and Output Price in the model's settings`,
		};
	}
	return { costUsd: costUsd(usage ?? {}, pricing) };
}

function factsOf(candidate: Candidate, outcome: Outcome<ChatResponse>, nowMs: number) {
	if (candidate.kind === 'connected') {
		const modelId = outcome.ok ? outcome.value.modelId : candidate.model.modelId;
		return findModel(`${candidate.model.provider ?? ''}/${modelId}`, nowMs);
	}
	const answered = outcome.ok ? `${candidate.provider}/${outcome.value.modelId}` : candidate.id;
	return findModel(candidate.id, nowMs) ?? findModel(answered, nowMs);
}
