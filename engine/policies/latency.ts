import type { FailureKind, Outcome } from '../spec/failures';

/** Measured latency of one candidate. */
export interface LatencySignal {
	/** Milliseconds. */
	readonly ewmaMs: number;
	readonly updatedAtMs: number;
}

/** How one call went. */
export interface LatencySample {
	/** Milliseconds. */
	readonly latencyMs: number;
	readonly ok: boolean;
	/** When it ended, in milliseconds since the epoch. */
	readonly nowMs: number;
}

/** After this time without a sample the old value counts half. */
const HALF_LIFE_MS = 30_000;
/** A failed call counts as if it had taken this many times as long. */
const FAILURE_FACTOR = 2;
/** A failure that came back quickly still counts as slow as this, in milliseconds. */
const LEAST_FAILURE_MS = 5_000;

/**
 * Peak EWMA: a slow call is believed at once, a quick one little by little, so that a candidate
 * that stalls is left quickly and comes back slowly. Source: Finagle's PeakEwma load balancer.
 */
export function withSample(
	before: LatencySignal | undefined,
	{ latencyMs, ok, nowMs }: LatencySample,
): LatencySignal {
	const sampleMs = ok ? latencyMs : Math.max(LEAST_FAILURE_MS, latencyMs * FAILURE_FACTOR);
	if (before === undefined || sampleMs > before.ewmaMs)
		return { ewmaMs: sampleMs, updatedAtMs: nowMs };
	const keep = 0.5 ** ((nowMs - before.updatedAtMs) / HALF_LIFE_MS) * 0.9;
	return { ewmaMs: before.ewmaMs * keep + sampleMs * (1 - keep), updatedAtMs: nowMs };
}

/** Failures that say something about how well a vendor works just now. */
const VENDOR_TROUBLE: readonly FailureKind[] = ['server', 'overloaded', 'timeout', 'network'];

/** What a call says about its model: nothing when it was stopped or its request was wrong. */
export function sampleOf(
	outcome: Outcome<unknown>,
	latencyMs: number,
	nowMs: number,
): LatencySample | undefined {
	if (outcome.ok) return { latencyMs, ok: true, nowMs };
	const isTrouble = VENDOR_TROUBLE.includes(outcome.failure.kind);
	return isTrouble ? { latencyMs, ok: false, nowMs } : undefined;
}
