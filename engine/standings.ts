import { seconds } from './attempt';
import { allowanceKey } from './candidateKey';
import type { NextStep } from './policies/decideNext';
import type { CandidateStanding } from './policies/pickNext';
import type { ProviderFailure } from './spec/failures';
import type { Candidate } from './spec/provider';
import type { Cooldowns } from './state';

/** One candidate's standing within one item, as attempts change it. */
export interface Standing extends CandidateStanding {
	readonly candidate: Candidate;
	/** Which key of the credential is used next. */
	readonly keyIndex: number;
	readonly retries: number;
	/** Why it was not called at once, when the vendor asked for a pause earlier. */
	readonly cooling?: string;
	/** Whether a key is left that was not tried since the last wait. */
	readonly hasFreshKey: () => boolean;
	/** Notes for all items what the vendor asked for. */
	readonly settle: (failure: ProviderFailure, nowMs: number) => void;
	readonly apply: (next: Exclude<NextStep, { step: 'stop' }>, nowMs: number) => void;
}

/**
 * Admits the candidates to one item. One whose vendor asked for a pause is not called before that
 * is over; when no pause ends before the deadline, they are probed rather than refused.
 */
export function admit(
	candidates: readonly Candidate[],
	cooldowns: Cooldowns,
	nowMs: number,
	deadlineAtMs: number,
): Standing[] {
	const standings = candidates.map((candidate) => stand(candidate, cooldowns, nowMs));
	const anyInTime = standings.some(({ readyAtMs }) => readyAtMs < deadlineAtMs);
	return anyInTime
		? standings
		: candidates.map((candidate) => stand(candidate, NO_COOLDOWNS, nowMs));
}

const NO_COOLDOWNS: Pick<Cooldowns, 'untilMs' | 'coolUntil'> = {
	untilMs: () => 0,
	coolUntil: () => undefined,
};

function stand(candidate: Candidate, cooldowns: Cooldowns, nowMs: number): Standing {
	const keyCount = candidate.kind === 'vendor' ? Math.max(1, candidate.connection.keys.length) : 1;
	const coolingUntilMs = Array.from({ length: keyCount }, (_, index) =>
		cooldowns.untilMs(allowanceKey(candidate, index)),
	);
	const soonestMs = Math.min(...coolingUntilMs);
	let keyIndex = coolingUntilMs.indexOf(soonestMs);
	let keysTried = 1;
	let retries = 0;
	let readyAtMs = soonestMs > nowMs ? soonestMs : 0;
	let spent = false;
	let preferred = false;

	return {
		candidate,
		cooling:
			readyAtMs === 0
				? undefined
				: `cooling down for ${seconds(readyAtMs - nowMs)} more: the vendor asked to wait`,
		get keyIndex() {
			return keyIndex;
		},
		get retries() {
			return retries;
		},
		get readyAtMs() {
			return readyAtMs;
		},
		get spent() {
			return spent;
		},
		get preferred() {
			return preferred;
		},
		hasFreshKey: () => keysTried < keyCount,
		settle: (failure, atMs) => {
			if (failure.retryAfterMs === undefined) return;
			cooldowns.coolUntil(allowanceKey(candidate, keyIndex), atMs + failure.retryAfterMs);
		},
		apply: (next, atMs) => {
			preferred = next.step !== 'moveOn';
			if (next.step === 'rotateKey') {
				keyIndex = (keyIndex + 1) % keyCount;
				keysTried++;
				readyAtMs = atMs;
				return;
			}
			const delayMs = next.step === 'retry' ? next.delayMs : next.comeBackInMs;
			spent = delayMs === undefined;
			readyAtMs = atMs + (delayMs ?? 0);
			retries++;
			keysTried = 1;
		},
	};
}
