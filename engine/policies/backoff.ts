import type { RetryPolicy } from '../spec/policies';
import type { Random } from '../spec/ports';

/**
 * Full jitter: a random wait between 0 and a ceiling that doubles with each retry, so that callers
 * who failed together do not come back together.
 * Source: AWS Architecture Blog, "Exponential Backoff And Jitter", read 2026-11-23.
 *
 * @param retry 0 for the first retry
 * @returns milliseconds
 */
export function backoffMs(retry: number, policy: RetryPolicy, random: Random): number {
	const ceilingMs = Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** retry);
	return Math.round(random() * ceilingMs);
}
