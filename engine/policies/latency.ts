/** Measured latency of one candidate. */
export interface LatencySignal {
	/** Milliseconds. */
	readonly ewmaMs: number;
	readonly updatedAtMs: number;
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
	latencyMs: number,
	ok: boolean,
	nowMs: number,
): LatencySignal {
	const sampleMs = ok ? latencyMs : Math.max(LEAST_FAILURE_MS, latencyMs * FAILURE_FACTOR);
	if (before === undefined || sampleMs > before.ewmaMs)
		return { ewmaMs: sampleMs, updatedAtMs: nowMs };
	const keep = 0.5 ** ((nowMs - before.updatedAtMs) / HALF_LIFE_MS) * 0.9;
	return { ewmaMs: before.ewmaMs * keep + sampleMs * (1 - keep), updatedAtMs: nowMs };
}
