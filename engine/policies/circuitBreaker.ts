import type { FailureKind } from '../spec/failures';

/**
 * A circuit breaker for one credential and model. Plain data, so that another process can keep it.
 * Source of the states: Nygard, "Release It!", 2nd edition, chapter 5.
 */
export interface Breaker {
	/** Start of the current window, in milliseconds since the epoch. */
	readonly windowAtMs: number;
	/** Calls and vendor failures in the current window. */
	readonly calls: number;
	readonly failures: number;
	/** The same for the window before it. */
	readonly callsBefore: number;
	readonly failuresBefore: number;
	/** Timeouts without a good answer between them. */
	readonly timeouts: number;
	/** Open until then; 0 when it is not open. */
	readonly openUntilMs: number;
	/** How often it opened without recovering in between: each time it stays open longer. */
	readonly openings: number;
	/** When a probe was let through; 0 when none is under way. */
	readonly probeAtMs: number;
	/** After a recovery: calls that may be open at the same time, doubling with each good answer. */
	readonly rampTo: number;
}

export interface BreakerPolicy {
	/** Half of the sliding window, in milliseconds. */
	readonly windowMs: number;
	/** Fewer calls than this within the window never open it. */
	readonly minCalls: number;
	/** Share of failed calls that opens it, 0–1. */
	readonly failureShare: number;
	/** So many timeouts in a row open it, however few calls there were. */
	readonly timeoutsInRow: number;
	/** How long it stays open at first, and at most, in milliseconds. */
	readonly openMs: number;
	readonly maxOpenMs: number;
	/** A probe that is not heard of for so long counts as lost. */
	readonly probeMs: number;
}

export const BREAKER_POLICY: BreakerPolicy = {
	windowMs: 30_000,
	minCalls: 10,
	failureShare: 0.5,
	timeoutsInRow: 3,
	openMs: 5_000,
	maxOpenMs: 20_000,
	probeMs: 90_000,
};

/** Above so many calls at the same time a recovered model is trusted again. */
export const FULL_RAMP = 64;

export const CLOSED_BREAKER: Breaker = {
	windowAtMs: 0,
	calls: 0,
	failures: 0,
	callsBefore: 0,
	failuresBefore: 0,
	timeouts: 0,
	openUntilMs: 0,
	openings: 0,
	probeAtMs: 0,
	rampTo: 0,
};

/** Failures that say that the vendor is in trouble; a wrong request or key, or a limit, do not. */
const VENDOR_FAILURES: readonly FailureKind[] = [
	'server',
	'overloaded',
	'timeout',
	'network',
	'malformed-response',
];

/** What a settled call means to the breaker; `undefined`: nothing. */
export function breakerSample(
	outcome: 'ok' | FailureKind,
): 'ok' | 'failure' | 'timeout' | undefined {
	if (outcome === 'ok') return 'ok';
	if (outcome === 'timeout') return 'timeout';
	if (VENDOR_FAILURES.includes(outcome)) return 'failure';
	return undefined;
}

export type BreakerVerdict =
	| { readonly admits: true; readonly isProbe: boolean }
	| { readonly admits: false; readonly untilMs: number; readonly reason: string };

/**
 * @param inFlight calls that are open now
 * @param isLone nobody else could answer: probed at once, one call at a time, rather than refused
 */
export function judgeBreaker(
	breaker: Breaker,
	inFlight: number,
	nowMs: number,
	isLone = false,
	policy: BreakerPolicy = BREAKER_POLICY,
): BreakerVerdict {
	const { openUntilMs, probeAtMs, rampTo } = breaker;
	if (openUntilMs > nowMs && !isLone) {
		return { admits: false, untilMs: openUntilMs, reason: openReason(openUntilMs - nowMs) };
	}
	if (openUntilMs > 0) {
		const lostAtMs = probeAtMs + policy.probeMs;
		if (probeAtMs === 0 || lostAtMs <= nowMs) return { admits: true, isProbe: true };
		return { admits: false, untilMs: nowMs + PROBE_POLL_MS, reason: PROBE_REASON };
	}
	if (rampTo > 0 && inFlight >= rampTo) {
		return { admits: false, untilMs: nowMs + PROBE_POLL_MS, reason: rampReason(rampTo) };
	}
	return { admits: true, isProbe: false };
}

/** How soon somebody who waits for a probe looks again, in milliseconds. */
const PROBE_POLL_MS = 50;

/** Why nobody is let through, in words. */
export const openReason = (forMs: number): string =>
	`circuit open after too many failures, probed again in ${seconds(forMs)}`;
export const PROBE_REASON = 'a probe is under way';
export const rampReason = (rampTo: number): string =>
	`recovering, ${rampTo} ${rampTo === 1 ? 'call' : 'calls'} at a time`;

/** The breaker once a probe was let through. */
export function withProbe(breaker: Breaker, nowMs: number): Breaker {
	return { ...breaker, probeAtMs: nowMs };
}

/** The breaker after a probe that came to nothing: it was stopped, or its request was at fault. */
export function withoutProbe(breaker: Breaker): Breaker {
	return { ...breaker, probeAtMs: 0 };
}

/**
 * The breaker after a call.
 *
 * @param isProbe whether the call was the probe: while it is open, only that one decides
 */
export function withCall(
	breaker: Breaker,
	sample: 'ok' | 'failure' | 'timeout',
	nowMs: number,
	isProbe = false,
	policy: BreakerPolicy = BREAKER_POLICY,
): Breaker {
	const slid = slide(breaker, nowMs, policy);
	const failed = sample !== 'ok';
	const counted: Breaker = {
		...slid,
		calls: slid.calls + 1,
		failures: slid.failures + (failed ? 1 : 0),
		timeouts: sample === 'timeout' ? slid.timeouts + 1 : sample === 'ok' ? 0 : slid.timeouts,
	};
	if (breaker.openUntilMs > 0) {
		// Only the probe decides; what was under way before it opened says nothing new.
		if (!isProbe) return { ...counted, timeouts: breaker.timeouts };
		return failed
			? opened(counted, nowMs, policy)
			: { ...CLOSED_BREAKER, windowAtMs: nowMs, rampTo: 2 };
	}
	if (!failed) return { ...counted, ...ramped(counted) };
	const calls = counted.calls + counted.callsBefore;
	const share = (counted.failures + counted.failuresBefore) / calls;
	const isShareTooHigh = calls >= policy.minCalls && share >= policy.failureShare;
	const opens = isShareTooHigh || counted.timeouts >= policy.timeoutsInRow || counted.rampTo > 0;
	return opens ? opened(counted, nowMs, policy) : counted;
}

function ramped({ rampTo, openings }: Breaker): Pick<Breaker, 'rampTo' | 'openings'> {
	if (rampTo === 0) return { rampTo, openings };
	const next = rampTo * 2;
	return next > FULL_RAMP ? { rampTo: 0, openings: 0 } : { rampTo: next, openings };
}

function opened(breaker: Breaker, nowMs: number, policy: BreakerPolicy): Breaker {
	const openMs = Math.min(policy.maxOpenMs, policy.openMs * 2 ** breaker.openings);
	return {
		...CLOSED_BREAKER,
		windowAtMs: nowMs,
		openUntilMs: nowMs + openMs,
		openings: breaker.openings + 1,
	};
}

/** Two windows make a sliding one: the older is forgotten when a new one begins. */
function slide(breaker: Breaker, nowMs: number, { windowMs }: BreakerPolicy): Breaker {
	const age = nowMs - breaker.windowAtMs;
	if (age < windowMs) return breaker;
	const isNext = age < 2 * windowMs;
	return {
		...breaker,
		windowAtMs: nowMs,
		callsBefore: isNext ? breaker.calls : 0,
		failuresBefore: isNext ? breaker.failures : 0,
		calls: 0,
		failures: 0,
	};
}

function seconds(durationMs: number): string {
	return `${Math.ceil(durationMs / 1000)} s`;
}
