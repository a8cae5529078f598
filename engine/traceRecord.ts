import { seconds } from './attempt';
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
	readonly purpose?: AttemptRecord['purpose'];
	/** Whether it was started beside another one. */
	readonly isHedge?: boolean;
}

/** The trail of one item while it is being answered. */
export interface TraceRecord {
	/** Those that are over, in the order in which they started. */
	readonly attempts: readonly AttemptRecord[];
	/** Calls that were started, those under way included. */
	readonly started: () => number;
	/** Notes the start of a call; the function that it returns adds what became of it, with its cost. */
	readonly start: () => (call: SettledCall, nowMs: number) => AttemptRecord;
	/** The trail as it is: nobody has answered. */
	readonly trace: (nowMs: number) => Trace;
	readonly success: (candidate: Candidate, response: ChatResponse, nowMs: number) => ChatResult;
}

export function startRecord(
	plan: Plan,
	ranking: Ranking,
	standings: readonly Standing[],
	startedAtMs: number,
): TraceRecord {
	const places: Array<AttemptRecord | undefined> = [];
	const settled = () => places.filter((attempt) => attempt !== undefined);
	const warnings = new Set<string>(ranking.warnings);

	function trace(nowMs: number, skips: readonly SkipRecord[]): Trace {
		const attempts = numbered(settled());
		return {
			attempts,
			route: {
				strategy: plan.strategy,
				reason: routeReason(ranking, attempts),
				...(ranking.arm === undefined ? {} : { arm: ranking.arm }),
				skipped: [...ranking.skipped, ...skips],
			},
			cache: plan.cache.mode === 'off' ? 'off' : 'miss',
			latencyMs: nowMs - startedAtMs,
			costUsd: sumCostUsd(attempts.map((attempt) => attempt.costUsd)),
			warnings: [...warnings],
		};
	}

	return {
		get attempts() {
			return settled();
		},
		started: () => places.length,
		start: () => {
			const place = places.push(undefined) - 1;
			return ({ candidate, keyIndex, outcome, latencyMs, purpose, isHedge }, nowMs) => {
				const priced = price(candidate, outcome, nowMs);
				if (priced.warning !== undefined) warnings.add(priced.warning);
				const severalKeys = candidate.kind === 'vendor' && candidate.connection.keys.length > 1;
				const attempt: AttemptRecord = {
					model: candidate.id,
					attempt: 1,
					...(purpose === undefined ? {} : { purpose }),
					...(isHedge === true ? { hedge: true } : {}),
					latencyMs,
					...(priced.costUsd === undefined ? {} : { costUsd: priced.costUsd }),
					...(severalKeys ? { key: keyIndex + 1 } : {}),
					...(outcome.ok ? answered(candidate, outcome.value) : failed(outcome.failure)),
				};
				places[place] = attempt;
				return attempt;
			};
		},
		trace: (nowMs) => trace(nowMs, notCalled(standings, settled(), nowMs)),
		success: (candidate, response, nowMs) => {
			for (const warning of response.warnings) warnings.add(`${candidate.id}: ${warning}`);
			if (candidate.kind === 'connected') {
				for (const warning of candidate.model.warnings) warnings.add(`${candidate.id}: ${warning}`);
			}
			const skips = notCalled(standings, settled());
			return { response, answeredBy: candidate.id, trace: trace(nowMs, skips) };
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

/** Each candidate's calls are counted from 1. */
function numbered(attempts: readonly AttemptRecord[]): AttemptRecord[] {
	const counts = new Map<string, number>();
	return attempts.map((attempt) => {
		const count = (counts.get(attempt.model) ?? 0) + 1;
		counts.set(attempt.model, count);
		return { ...attempt, attempt: count };
	});
}

/**
 * Candidates that were passed over: a pause their vendor asked for, or no room.
 *
 * @param nowMs for an item that got no answer: when they come back is told, too
 */
function notCalled(
	standings: readonly Standing[],
	attempts: readonly AttemptRecord[],
	nowMs?: number,
): SkipRecord[] {
	return standings.flatMap(({ candidate, heldBack, returnsAtMs }) => {
		if (heldBack === undefined || attempts.some(({ model }) => model === candidate.id)) return [];
		const back =
			nowMs === undefined || returnsAtMs === undefined || returnsAtMs <= nowMs
				? ''
				: `, room again in ${seconds(returnsAtMs - nowMs)}`;
		return [{ model: candidate.id, reason: heldBack + back }];
	});
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
	const index = attempts.findLastIndex(({ outcome }) => outcome === 'ok');
	const answer = attempts[index];
	const earlier = attempts.slice(0, Math.max(0, index));
	const before = earlier.findLast(({ model }) => model !== answer?.model);
	if (answer === undefined || before === undefined) return ranking.reason;
	const handedIn = earlier.at(-1);
	if (answer.purpose === 'repair' && handedIn !== undefined && handedIn.model !== answer.model) {
		return `the JSON of ${handedIn.model} did not fit, ${answer.model} repaired it`;
	}
	if (answer.hedge === true && before.outcome === 'aborted') {
		return `${before.model} was slow, ${answer.model} was asked beside it and answered first`;
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
