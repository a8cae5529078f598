import { candidateKey } from './candidateKey';
import type { OneCall } from './oneCall';
import { hedgeAfterMs } from './policies/hedge';
import { startRace, type Lane } from './race';
import type { ShownRun } from './runtime';
import type { ChatRequest, ChatResponse } from './spec/chat';
import type { Outcome, ProviderFailure } from './spec/failures';
import type { Plan } from './spec/policies';
import type { Candidate } from './spec/provider';
import { isReady, type Standing } from './standings';
import type { TraceRecord } from './traceRecord';

/** What one turn of an item came to. Nothing at all: there was no room for a call. */
export interface Turn {
	readonly answer?: { readonly candidate: Candidate; readonly response: ChatResponse };
	/** Calls that failed, in the order in which they started; one that was given up is not among them. */
	readonly failures: ReadonlyArray<{
		readonly standing: Standing;
		readonly failure: ProviderFailure;
	}>;
}

/** What a hedge needs to know of its item. */
export interface HedgeScene {
	readonly call: OneCall;
	readonly record: TraceRecord;
	/** All candidates of the item, in ranked order. */
	readonly standings: readonly Standing[];
	/** Its signal ends both calls. */
	readonly run: ShownRun;
}

/**
 * Calls a candidate, and beside it the next ready one when the first is slow: once for each item, as
 * far as its attempts and the model's hedge budget go, and only while nothing of an answer was shown.
 * The first good answer is taken, or the first of which a part is shown; the other call is given up.
 * Returns when both are settled.
 */
export function hedging(
	plan: Plan,
	{ call, record, standings, run }: HedgeScene,
): (standing: Standing, request: ChatRequest) => Promise<Turn> {
	const { clock, state } = run.runtime;
	let isSpent = plan.hedge === undefined || standings.length < 2;

	/** Another candidate could be asked now, beside this one or in its place. */
	const others = (standing: Standing) =>
		standings.filter((other) => other !== standing && isReady(other, clock.nowMs()));
	const hasAttempt = () => record.started() < plan.retry.maxAttempts;
	const mayFallBack = plan.fallbackOn.includes('timeout');
	const mayGiveUp = (standing: Standing) => () =>
		mayFallBack && hasAttempt() && others(standing).length > 0;

	return async (standing, request) => {
		const key = candidateKey(standing.candidate);
		const afterMs = isSpent ? undefined : hedgeAfterMs(plan.hedge, state.signals.p95Ms(key));
		if (afterMs === undefined) {
			const outcome = await call(standing, request, { mayGiveUp: mayGiveUp(standing) });
			return turnOf([{ standing, outcome }]);
		}

		state.hedges.countRequest(key);
		const race = startRace(run);
		const startedAtMs = clock.nowMs();
		let second: Promise<Call | undefined> | undefined;
		let isBeside = false;
		const startSecond = async (): Promise<Call | undefined> => {
			if (isSpent || race.isDecided() || !hasAttempt() || others(standing).length === 0) return;
			if (!state.hedges.take(key)) return;
			isSpent = true;
			for (const other of others(standing)) {
				const lane = race.second;
				isBeside = true;
				const outcome = race.isDecided() ? undefined : await call(other, request, { lane });
				isBeside = false;
				if (outcome !== undefined) return { standing: other, outcome, lane };
			}
			isSpent = false;
			state.hedges.giveBack(key);
			return undefined;
		};
		const letGoOfTimer = clock.after(afterMs, () => {
			second = startSecond();
			// Who waits for it comes later.
			second.catch(() => undefined);
		});
		try {
			const lane = race.first;
			const givesUp = mayGiveUp(standing);
			const outcome = await call(standing, request, {
				lane,
				mayGiveUp: () => !isBeside && givesUp(),
			});
			letGoOfTimer();
			const hedge = await second;
			if (lane.hasLost()) {
				// Given up, it took longer than this: else only its quick answers would be known.
				const nowMs = clock.nowMs();
				state.signals.noteLatency(key, { latencyMs: nowMs - startedAtMs, ok: true, nowMs });
			}
			return turnOf([{ standing, outcome, lane }, ...(hedge === undefined ? [] : [hedge])]);
		} finally {
			letGoOfTimer();
			race.release();
			await Promise.allSettled([second]);
		}
	};
}

interface Call {
	readonly standing: Standing;
	readonly outcome: Outcome<ChatResponse> | undefined;
	readonly lane?: Lane;
}

function turnOf(calls: readonly Call[]): Turn {
	for (const { standing, outcome } of calls) {
		if (outcome?.ok) {
			return {
				answer: { candidate: standing.candidate, response: outcome.value },
				failures: [],
			};
		}
	}
	return {
		failures: calls.flatMap(({ standing, outcome, lane }) =>
			outcome === undefined || outcome.ok || lane?.hasLost() === true
				? []
				: [{ standing, failure: outcome.failure }],
		),
	};
}
