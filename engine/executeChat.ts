/**
 * READ FIRST: the whole life of one request.
 *
 *   lookup    a stored answer, or the same request under way -> return it
 *   fit       who can take the request; what nobody takes whole is cut, where that is allowed
 *   rank      who could answer, in the order in which they are asked
 *   admit     who is ready now, who is cooling down, who is spent; each call needs room: breaker,
 *             limits and budgets reserve it
 *   attempt   one HTTP call, the whole answer read, within the attempt's time; beside a slow one a
 *             second may run: the first good answer is taken, the other call is given up
 *   accept    a reply is judged before it counts: empty, refused, cut, not the JSON asked for
 *   repair    JSON that does not fit goes back once, with what is wrong with it
 *   decide    after a failure: another key, again later, another candidate, or the end
 *   settle    what it cost and what the vendor asked for, recorded
 *   store     only whole, accepted answers, under the model that answered
 *
 * One deadline, one attempt budget and one signal hold over all of it. Where somebody watches
 * (`run.onText`), the answer is shown while it is being written; once a part of it was seen, a
 * failure ends the item.
 */
import { startDeadline } from './deadline';
import { doorOf } from './door';
import { cancelled, deadlineError, failureError } from './explain';
import { fitInput } from './fitInput';
import { hedging } from './hedge';
import { oneCall } from './oneCall';
import { isStorable } from './policies/accept';
import { cacheKey } from './policies/cacheKey';
import { decideNext, type AttemptSituation } from './policies/decideNext';
import { pickNext } from './policies/pickNext';
import { rankCandidates } from './policies/rankCandidates';
import { repairOnce } from './repair';
import type { Run, ShownRun } from './runtime';
import { FlightFailure } from './singleFlight';
import type { ChatRequest } from './spec/chat';
import { DeadlineExceededError, EngineError, forJoiner } from './spec/errors';
import type { ProviderFailure } from './spec/failures';
import type { Plan } from './spec/policies';
import type { ChatResult } from './spec/result';
import { admit, isReady, type Standing } from './standings';
import { fromElsewhere, startRecord } from './traceRecord';
import { withRemaining } from './withRemaining';

/**
 * Answers one request by the plan.
 *
 * @throws {EngineError} with the trace of every attempt when there is no answer
 */
export async function executeChat(
	request: ChatRequest,
	plan: Plan,
	run: ShownRun,
): Promise<ChatResult> {
	if (run.signal.aborted) throw cancelled();
	if (plan.cache.mode === 'off') return await answer(request, plan, run);

	const { cache, flights } = run.runtime.state;
	const { clock } = run.runtime;
	const startedAtMs = clock.nowMs();
	const key = cacheKey(request, plan);
	const stored = plan.cache.refresh ? undefined : await cache.get(key, startedAtMs);
	if (stored !== undefined) {
		run.onText?.(stored.response.text);
		return fromElsewhere(stored, 'hit', clock.nowMs() - startedAtMs);
	}

	// Who waits for somebody else's call must be content with how long and how often that one tries,
	// and with the room that it has.
	const flight = `${key} ${JSON.stringify([...hardness(plan), ...roomOf(plan, run)])}`;
	const deadline = startDeadline(plan.deadlineMs, run.signal, clock);
	try {
		for (;;) {
			// Whoever makes the call has its own deadline in `answer`; a joiner brings its own here.
			const { signal } = flights.has(flight) ? deadline : run;
			const spentMs = () => clock.nowMs() - startedAtMs;
			const terms = { anew: plan.cache.refresh, patienceMs: plan.deadlineMs - spentMs() };
			let leads = false;
			const call = (signal: AbortSignal) => {
				leads = true;
				return answerAndStore(key, request, withRemaining(plan, spentMs(), []), { ...run, signal });
			};
			try {
				const { value, owned } = await flights.join(flight, call, signal, terms);
				if (!leads) run.onText?.(value.response.text);
				return owned ? value : fromElsewhere(value, 'joined', clock.nowMs() - startedAtMs);
			} catch (error) {
				if (run.signal.aborted && !(error instanceof FlightFailure)) throw cancelled();
				const isOutOfTime = deadline.expired() && !run.signal.aborted;
				if (!(error instanceof FlightFailure)) throw deadlineError(plan);
				if (!(error.cause instanceof EngineError)) throw error.cause;
				// An inherited call ends with the deadline of the one that inherited it.
				if (isOutOfTime && error.cause.code === 'CANCELLED') {
					throw deadlineError(plan, error.cause.trace);
				}
				if (error.owned) throw error.cause;
				// Another item's time ran out, or only there the start of an answer was seen: ask again.
				const isTheirs = error.cause instanceof DeadlineExceededError || brokeInView(error.cause);
				if (isTheirs && !deadline.signal.aborted) continue;
				throw forJoiner(error.cause);
			}
		}
	} finally {
		deadline.release();
	}
}

function brokeInView({ trace }: EngineError): boolean {
	return trace?.attempts.some(({ shownCharacters }) => shownCharacters !== undefined) === true;
}

async function answerAndStore(
	key: string,
	request: ChatRequest,
	plan: Plan,
	run: ShownRun,
): Promise<ChatResult> {
	const result = await answer(request, plan, run);
	if (isStorable(result.response)) {
		const expiresAtMs = run.runtime.clock.nowMs() + plan.cache.ttlMs;
		// The answer is there and paid: that it cannot be kept must not cost it.
		await run.runtime.state.cache.set(key, result, expiresAtMs).catch(() => undefined);
	}
	return result;
}

async function answer(asked: ChatRequest, plan: Plan, run: ShownRun): Promise<ChatResult> {
	const { clock, random, state } = run.runtime;
	// The first call of a process loads the vendors' code: not on the time of an attempt.
	const loaded = [run.runtime.vendors(), run.runtime.transport(run.egress)];
	await Promise.all([...loaded, state.catchUp(plan.candidates)]);
	const deadlineAtMs = clock.nowMs() + plan.deadlineMs;
	const { contenders, skipped, ...input } = await fitInput(plan, asked, run);
	const { request } = input;
	const ranking = rankCandidates(plan, contenders, random);
	const warnings = [...input.warnings, ...(ranking.warnings ?? [])];
	const probesFrom = plan.recoveryWaitMs === undefined ? deadlineAtMs : Infinity;
	const standings = admit(ranking.candidates, state, clock.nowMs(), probesFrom);
	const record = startRecord(plan, { ...ranking, skipped, warnings }, standings, clock.nowMs());
	const deadline = startDeadline(plan.deadlineMs, run.signal, clock);
	const enter = doorOf(plan, standings, run);
	const call = oneCall(plan, record, deadlineAtMs, enter, { ...run, signal: deadline.signal });
	const repair = repairOnce(request, plan, { call, record, standings, clock });
	const ask = hedging(plan, { call, record, standings, run: { ...run, signal: deadline.signal } });
	let pausingFromMs: number | undefined;
	try {
		while (record.started() < plan.retry.maxAttempts && !deadline.signal.aborted) {
			const pick = pickNext(standings, clock.nowMs(), deadlineAtMs);
			if (pick.do === 'end') break;
			if (pick.do === 'wait') {
				// Bounded is the wait for a vendor, a limit or a breaker, not the backoff of a retry.
				const { pausedUntilMs } = standings[pick.index] as Standing;
				pausingFromMs ??= clock.nowMs();
				if (pausedUntilMs - pausingFromMs > (plan.recoveryWaitMs ?? Infinity)) break;
				await clock.sleep(pick.untilMs - clock.nowMs(), deadline.signal);
				continue;
			}
			const chosen = standings[pick.index] as Standing;
			const { answer, failures } = await ask(chosen, request);
			if (answer !== undefined) {
				return record.success(answer.candidate, answer.response, clock.nowMs());
			}
			if (failures.length === 0) {
				if (chosen.isOverBudget && plan.onBudget !== 'cheapest') break;
				continue;
			}
			pausingFromMs = undefined;
			for (const { standing, failure } of failures) {
				const repaired = await repair(standing, failure);
				if (repaired !== undefined) {
					return record.success(repaired.candidate, repaired.response, clock.nowMs());
				}
				if (deadline.signal.aborted) break;
				const next = decideNext(
					asItNowStands(failure, standing, clock.nowMs()),
					situationOf(standing, standings, clock.nowMs(), deadlineAtMs),
					plan,
					random,
				);
				if (next.step === 'stop') throw failureError(plan, record.trace(clock.nowMs()), failure);
				standing.apply(next, clock.nowMs());
			}
		}
		if (deadline.signal.aborted) throw deadline.signal.reason;
		throw failureError(plan, record.trace(clock.nowMs()), undefined, standings, clock.nowMs());
	} catch (error) {
		if (error instanceof EngineError || !deadline.signal.aborted) throw error;
		const trace = record.trace(clock.nowMs());
		throw deadline.expired() ? deadlineError(plan, trace) : cancelled(trace);
	} finally {
		deadline.release();
	}
}

function situationOf(
	standing: Standing,
	standings: readonly Standing[],
	nowMs: number,
	deadlineAtMs: number,
): AttemptSituation {
	return {
		retries: standing.retries,
		hasFreshKey: standing.hasFreshKey(nowMs),
		otherReady: standings.some((other) => other !== standing && isReady(other, nowMs)),
		remainingMs: deadlineAtMs - nowMs,
	};
}

/** The wait that was asked for is over as soon as another key of the credential is ready. */
function asItNowStands(failure: ProviderFailure, standing: Standing, nowMs: number) {
	const pauseMs = standing.pauseMs(nowMs);
	const waits = failure.retryAfterMs !== undefined || pauseMs > 0;
	return waits ? { ...failure, retryAfterMs: pauseMs } : failure;
}

/** The limits and budgets that a call is held to; items of one run have the same. */
function roomOf({ onLimit, onBudget }: Plan, { budgets = [] }: Run) {
	const terms = budgets.map(({ key, label, limitUsd, isOfItem }) => [
		isOfItem === true ? label : key,
		limitUsd,
	]);
	return [onLimit, onBudget, terms];
}

/** How long and how often a plan tries. */
function hardness(plan: Plan) {
	const { retry, fallbackOn, attemptTimeoutMs, deadlineMs, jsonRepair } = plan;
	return [
		retry,
		fallbackOn,
		attemptTimeoutMs,
		deadlineMs,
		jsonRepair,
		plan.recoveryWaitMs,
		plan.hedge,
	];
}
