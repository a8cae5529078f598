import type { FailureKind, ProviderFailure } from '../spec/failures';
import type { RetryPolicy } from '../spec/policies';
import type { Random } from '../spec/ports';
import { backoffMs } from './backoff';

/** What follows a failed attempt on one candidate. */
export type NextStep =
	/** The same candidate at once, with the next key of its credential. */
	| { readonly step: 'rotateKey' }
	/** The same candidate after `delayMs`, before any other. */
	| { readonly step: 'retry'; readonly delayMs: number }
	/** Another candidate; this one may be asked again after `comeBackInMs`, never when absent. */
	| { readonly step: 'moveOn'; readonly comeBackInMs?: number }
	/** No other candidate may answer for this failure: the item ends. */
	| { readonly step: 'stop' };

export interface AttemptSituation {
	/** Retries that this candidate has had already. */
	readonly retries: number;
	/** Whether the credential has a key that was not tried since the last wait. */
	readonly hasFreshKey: boolean;
	/** Whether another candidate could be called now. */
	readonly otherReady: boolean;
	/** What is left of the item's deadline, in milliseconds. */
	readonly remainingMs: number;
}

export interface FailurePolicy {
	readonly retry: RetryPolicy;
	readonly fallbackOn: readonly FailureKind[];
}

/** A fresh key may cure it: the account or key is the cause, not the vendor. */
const KEY_FAILURES: readonly FailureKind[] = [
	'authentication',
	'permission',
	'rate-limit',
	'quota',
];

/** The same call may succeed a little later. */
const RETRYABLE: readonly FailureKind[] = [
	'rate-limit',
	'overloaded',
	'server',
	'timeout',
	'network',
	'malformed-response',
	'empty-answer',
	'schema-mismatch',
];

/**
 * Decides by the kind of failure alone. A limited or silent candidate, and one whose JSON does not fit,
 * gives way to a ready one at once; a broken reply is tried again first, since the next try usually works; a failure that no
 * wait can cure falls back where the builder allows it.
 */
export function decideNext(
	failure: ProviderFailure,
	situation: AttemptSituation,
	policy: FailurePolicy,
	random: Random,
): NextStep {
	if (failure.kind === 'cancelled') return { step: 'stop' };
	// The next call says in words what this one asked for in the vendor's own form.
	if (failure.refusesFormat === true) return { step: 'retry', delayMs: 0 };
	// Whatever came next would stand behind the start of this answer as if it were its end.
	if (failure.shownCharacters !== undefined) return { step: 'stop' };
	if (situation.hasFreshKey && KEY_FAILURES.includes(failure.kind)) return { step: 'rotateKey' };

	const mayFallBack = policy.fallbackOn.includes(failure.kind);
	const mayRetry = RETRYABLE.includes(failure.kind) && situation.retries < policy.retry.maxRetries;
	if (!mayRetry) return mayFallBack ? { step: 'moveOn' } : { step: 'stop' };

	const delayMs = failure.retryAfterMs ?? backoffMs(situation.retries, policy.retry, random);
	if (delayMs >= situation.remainingMs) return mayFallBack ? { step: 'moveOn' } : { step: 'stop' };
	const givesWay =
		failure.kind === 'rate-limit' ||
		failure.kind === 'timeout' ||
		failure.kind === 'schema-mismatch' ||
		failure.retryAfterMs !== undefined;
	if (givesWay && mayFallBack && situation.otherReady) {
		return { step: 'moveOn', comeBackInMs: delayMs };
	}
	return { step: 'retry', delayMs };
}
