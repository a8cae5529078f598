import { budgetReason, placesReason } from '../admission';
import { openReason, PROBE_REASON, rampReason } from '../policies/circuitBreaker';
import { requestsReason, tokensReason } from '../policies/slidingLimit';
import type { AdmissionAsk, Refusal } from '../spec/admission';
import { RedisUnavailable } from './link';

/** What the script of admission decided. */
export interface AdmitReply {
	readonly cause: string;
	readonly waitMs: number;
	readonly what: string;
	readonly number: number;
}

export function readReply(raw: unknown): AdmitReply {
	const [cause = '', waitMs = '', what = '', number = ''] = Array.isArray(raw)
		? raw.map(String)
		: [];
	return { cause, waitMs: Number(waitMs), what, number: Number(number) };
}

/**
 * The refusal in words.
 *
 * @throws {RedisUnavailable} when it makes no sense
 */
export function refusalOf(
	{ cause, waitMs, what, number }: AdmitReply,
	{ limits, budgets, costUsd }: AdmissionAsk,
	nowMs: number,
): Refusal {
	const untilMs = nowMs + waitMs;
	switch (what) {
		case 'open':
			return { cause: 'breaker', untilMs, reason: openReason(waitMs) };
		case 'probe':
			return { cause: 'breaker', untilMs, reason: PROBE_REASON };
		case 'ramp':
			return { cause: 'breaker', untilMs, reason: rampReason(number) };
		case 'places':
			return { cause: 'concurrency', untilMs, reason: placesReason(limits.maxConcurrent ?? 0) };
		case 'requests':
			return { cause: 'limit', untilMs, reason: requestsReason(limits.requestsPerMinute ?? 0) };
		case 'tokens':
			return { cause: 'limit', untilMs, reason: tokensReason(limits.tokensPerMinute ?? 0) };
	}
	const budget = budgets[Number(what)];
	if (cause !== 'budget' || budget === undefined)
		throw new RedisUnavailable('it answered nonsense');
	return { cause, untilMs: Infinity, reason: budgetReason(budget, number, costUsd) };
}
