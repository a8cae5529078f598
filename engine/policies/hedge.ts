import type { HedgePlan } from '../spec/policies';

/** One call in so many may be hedged. */
export const CALLS_PER_HEDGE = 10;
/** So many hedges may follow each other after a quiet time. */
const MAX_SAVED = 10;
/** What a model starts with: its first slow call may be hedged. */
const FIRST_CREDIT = CALLS_PER_HEDGE - 1;
/** Latencies that are looked at for the percentile. */
const MAX_SAMPLES = 100;
/** Fewer say nothing about a 95th percentile. */
const MIN_SAMPLES = 20;

/**
 * When a call counts as slow, in milliseconds from its start; `undefined`: never.
 *
 * @param p95Ms measured; absent while too few answers are known
 */
export function hedgeAfterMs(
	hedge: HedgePlan | undefined,
	p95Ms: number | undefined,
): number | undefined {
	if (hedge === undefined) return undefined;
	return (hedge.atP95 ? p95Ms : undefined) ?? hedge.afterMs;
}

/**
 * The credit for hedges of one model: each call adds one, a hedge takes {@link CALLS_PER_HEDGE}, so
 * that a vendor in trouble never makes twice the calls.
 */
export function withRequest(credit: number = FIRST_CREDIT): number {
	return Math.min(MAX_SAVED * CALLS_PER_HEDGE, credit + 1);
}

/** The credit after a hedge; `undefined`: there is not enough of it. */
export function withHedge(credit: number = FIRST_CREDIT): number | undefined {
	return credit < CALLS_PER_HEDGE ? undefined : credit - CALLS_PER_HEDGE;
}

/** The credit when a hedge could not be sent. */
export function withoutHedge(credit: number): number {
	return Math.min(MAX_SAVED * CALLS_PER_HEDGE, credit + CALLS_PER_HEDGE);
}

/** The latest latencies of one model in milliseconds, oldest first. */
export type LatencyWindow = readonly number[];

export function withLatency(window: LatencyWindow | undefined, latencyMs: number): LatencyWindow {
	return [...(window ?? []).slice(1 - MAX_SAMPLES), latencyMs];
}

/** The 95th percentile by nearest rank; `undefined` while too few are known. */
export function p95Of(window: LatencyWindow | undefined): number | undefined {
	if (window === undefined || window.length < MIN_SAMPLES) return undefined;
	const sorted = [...window].sort((one, other) => one - other);
	return sorted[Math.ceil(0.95 * sorted.length) - 1];
}
