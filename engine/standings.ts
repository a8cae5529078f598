import { seconds } from './attempt';
import { allowanceKey, candidateKey, refusalKey } from './candidateKey';
import type { NextStep } from './policies/decideNext';
import { pickKey } from './policies/pickKey';
import type { CandidateStanding } from './policies/pickNext';
import type { Refusal } from './spec/admission';
import type { FailureKind, ProviderFailure } from './spec/failures';
import type { Candidate } from './spec/provider';
import type { EngineState } from './state';

/** How a call with a key ended. */
export interface KeyUse {
	readonly failure?: ProviderFailure;
	/** How long the vendor says that there is nothing left for this key, in milliseconds. */
	readonly pauseMs?: number;
	readonly startedAtMs: number;
}

/** One candidate's standing within one item, as attempts change it. */
export interface Standing extends CandidateStanding {
	readonly candidate: Candidate;
	readonly retries: number;
	/** Why it was not called at once: its vendor asked for a pause, or there was no room for it. */
	readonly heldBack?: string;
	/** When there is room for it again; absent where `heldBack` says so or nobody knows. */
	readonly returnsAtMs?: number;
	/** Until when it is kept back by its vendor, a limit or its breaker: not its own backoff. */
	readonly pausedUntilMs: number;
	/** It has no room within a budget. */
	readonly isOverBudget: boolean;
	/** The key of the credential whose turn it is; counts as tried from here on. */
	readonly takeKey: (nowMs: number) => number;
	/** Whether a key is ready that was not tried since the last wait. */
	readonly hasFreshKey: (nowMs: number) => boolean;
	/** How long until one of the keys may be used, in milliseconds. */
	readonly pauseMs: (nowMs: number) => number;
	/** Notes for all items what the vendor asked for with this key, or that it answers again. */
	readonly settle: (keyIndex: number, use: KeyUse, nowMs: number) => void;
	/** Nothing was called: there is no room for it before `untilMs`. */
	readonly hold: (refusal: Refusal, isWorthWaiting: boolean) => void;
	/** It is the next one to be called, once it is ready. */
	readonly prefer: () => void;
	readonly apply: (next: Exclude<NextStep, { step: 'stop' }>, nowMs: number) => void;
}

/** Whether it could be called now. */
export function isReady({ spent, readyAtMs }: CandidateStanding, nowMs: number): boolean {
	return !spent && readyAtMs <= nowMs;
}

/** A longer pause than this is kept for the item that was told, not for all later ones. */
const MAX_SHARED_PAUSE_MS = 60 * 60 * 1000;
/** How long a key that the vendor refused has no turn, while the credential has others. */
const REFUSED_KEY_PAUSE_MS = 5 * 60 * 1000;
/** What is wrong with the key itself, or its account. */
const KEY_REFUSALS: readonly FailureKind[] = ['authentication', 'permission', 'quota'];

type KeyState = Pick<EngineState, 'cooldowns' | 'keyTurns'>;

/**
 * Admits the candidates to one item. One whose vendor asked for a pause is not called before that
 * is over; when no pause ends before the deadline, they are probed rather than refused.
 */
export function admit(
	candidates: readonly Candidate[],
	state: KeyState,
	nowMs: number,
	deadlineAtMs: number,
): Standing[] {
	const standings = candidates.map((candidate) => stand(candidate, state, nowMs, false));
	const anyInTime = standings.some(({ readyAtMs }) => readyAtMs < deadlineAtMs);
	return anyInTime
		? standings
		: candidates.map((candidate) => stand(candidate, state, nowMs, true));
}

/** @param isProbe whether pauses that others were told are ignored */
function stand(
	candidate: Candidate,
	{ cooldowns, keyTurns }: KeyState,
	admittedAtMs: number,
	isProbe: boolean,
): Standing {
	const keyCount = candidate.kind === 'vendor' ? Math.max(1, candidate.connection.keys.length) : 1;
	const keys = Array.from({ length: keyCount }, (_, index) => {
		const allowance = allowanceKey(candidate, index);
		return {
			allowance,
			refusal: refusalKey(allowance),
			/** Until when this item was told to leave the key alone. */
			toldUntilMs: 0,
			isTried: false,
		};
	});
	const turns = candidateKey(candidate);
	let retries = 0;
	let ownReadyAtMs = 0;
	let spent = false;
	let preferred = false;

	type Key = (typeof keys)[number];
	// Read anew each time: another item may have been told to wait in the meantime.
	const pausedUntilMs = ({ allowance, toldUntilMs }: Key) =>
		Math.max(toldUntilMs, isProbe ? 0 : cooldowns.untilMs(allowance));
	const isRefused = ({ refusal }: Key) => cooldowns.untilMs(refusal) > admittedAtMs;
	/** When each key may be used: one that was refused not at all while another was not. */
	const keyStandings = () => {
		const sparesRefused = keys.some((key) => !isRefused(key));
		return keys.map((key) => ({
			isTried: key.isTried,
			readyAtMs: sparesRefused && isRefused(key) ? Infinity : pausedUntilMs(key),
		}));
	};
	const soonestMs = () => Math.min(...keyStandings().map((key) => key.readyAtMs));
	const coolingMs = soonestMs() - admittedAtMs;
	let isOverBudget = false;
	let heldUntilMs = 0;
	let returnsAtMs: number | undefined;
	let heldBack =
		coolingMs > 0
			? `cooling down for ${seconds(coolingMs)} more: the vendor asked to wait`
			: undefined;

	return {
		candidate,
		get heldBack() {
			return heldBack;
		},
		get returnsAtMs() {
			return returnsAtMs;
		},
		get pausedUntilMs() {
			return Math.max(heldUntilMs, soonestMs());
		},
		get isOverBudget() {
			return isOverBudget;
		},
		get retries() {
			return retries;
		},
		get readyAtMs() {
			return Math.max(ownReadyAtMs, soonestMs());
		},
		get spent() {
			return spent;
		},
		get preferred() {
			return preferred;
		},
		takeKey: (nowMs) => {
			const index = pickKey(keyStandings(), keyTurns.last(turns), nowMs);
			const key = keys[index];
			if (key !== undefined) key.isTried = true;
			if (keys.length > 1) keyTurns.note(turns, index);
			return index;
		},
		hasFreshKey: (nowMs) =>
			keyStandings().some(({ isTried, readyAtMs }) => !isTried && readyAtMs <= nowMs),
		pauseMs: (nowMs) => Math.max(0, soonestMs() - nowMs),
		settle: (keyIndex, { failure, pauseMs, startedAtMs }, nowMs) => {
			const key = keys[keyIndex];
			if (key === undefined) return;
			if (failure === undefined) {
				cooldowns.end(key.allowance, startedAtMs);
				cooldowns.end(key.refusal, startedAtMs);
			}
			if (failure?.retryAfterMs !== undefined) key.toldUntilMs = nowMs + failure.retryAfterMs;
			const waitMs = failure?.retryAfterMs ?? pauseMs;
			if (waitMs !== undefined) {
				const sharedMs = Math.min(waitMs, MAX_SHARED_PAUSE_MS);
				cooldowns.coolUntil(key.allowance, nowMs + sharedMs, nowMs);
			}
			if (failure !== undefined && keys.length > 1 && KEY_REFUSALS.includes(failure.kind)) {
				cooldowns.coolUntil(key.refusal, nowMs + REFUSED_KEY_PAUSE_MS, nowMs);
			}
		},
		hold: ({ cause, untilMs, reason }, isWorthWaiting) => {
			heldBack = reason;
			isOverBudget = cause === 'budget';
			spent = untilMs === Infinity;
			ownReadyAtMs = untilMs;
			heldUntilMs = untilMs;
			returnsAtMs = cause === 'limit' ? untilMs : undefined;
			preferred = isWorthWaiting && !spent;
		},
		prefer: () => {
			preferred = true;
		},
		apply: (next, nowMs) => {
			preferred = next.step !== 'moveOn';
			if (next.step === 'rotateKey') {
				ownReadyAtMs = nowMs;
				return;
			}
			const delayMs = next.step === 'retry' ? next.delayMs : next.comeBackInMs;
			spent = delayMs === undefined;
			ownReadyAtMs = nowMs + (delayMs ?? 0);
			retries++;
			for (const key of keys) key.isTried = false;
		},
	};
}
