import { attempt } from './attempt';
import { breather } from './breather';
import { candidateKey } from './candidateKey';
import type { Door } from './door';
import { acceptAnswer } from './policies/accept';
import { breakerSample } from './policies/circuitBreaker';
import { requestTokens } from './policies/estimateTokens';
import { sampleOf } from './policies/latency';
import type { TokenSample } from './policies/tokenFactor';
import { inSteps } from './prompt/steps';
import type { Lane } from './race';
import type { ShownRun } from './runtime';
import { markShown, showRest } from './showing';
import type { AdmissionEnd } from './spec/admission';
import type { ChatRequest, ChatResponse } from './spec/chat';
import type { Outcome } from './spec/failures';
import type { Plan } from './spec/policies';
import type { AttemptRecord } from './spec/trace';
import type { Standing } from './standings';
import type { TraceRecord } from './traceRecord';

/** How a call differs from one that simply asks for the answer. */
export interface CallSetup {
	readonly purpose?: AttemptRecord['purpose'];
	/** Another call may be made for the same answer at the same time. */
	readonly lane?: Lane;
	/** Whether a stalling answer may be given up: another candidate would be asked at once. */
	readonly mayGiveUp?: () => boolean;
}

/** Calls a candidate once; `undefined` where there is no room for the call: it is held back. */
export type OneCall = (
	standing: Standing,
	request: ChatRequest,
	setup?: CallSetup,
) => Promise<Outcome<ChatResponse> | undefined>;

/**
 * One call with all that belongs to it: whose key, how long, whether the reply counts as an answer,
 * and what it tells about its candidate. It stands in the trail, whatever it was for.
 */
export function oneCall(
	plan: Plan,
	record: TraceRecord,
	deadlineAtMs: number,
	enter: Door,
	run: ShownRun,
): OneCall {
	const { clock, state } = run.runtime;
	return async (standing, request, { purpose, lane, mayGiveUp } = {}) => {
		const { candidate } = standing;
		const onText = lane?.onText ?? run.onText;
		const ticket = await enter(standing, request);
		if (ticket === undefined) return undefined;
		const keyIndex = standing.takeKey(clock.nowMs());
		const timeoutMs = Math.min(plan.attemptTimeoutMs, deadlineAtMs - clock.nowMs());
		const key = candidateKey(candidate);
		const endCall = state.signals.start(key);
		const settle = record.start();
		const startedAtMs = clock.nowMs();
		try {
			const attempted = await attempt(
				{ request, candidate, keyIndex, timeoutMs, keepRaw: plan.keepRaw, mayGiveUp },
				{
					...run,
					signal: lane?.signal ?? run.signal,
					// A JSON document is shown once it was accepted: the start of one is of no use to anybody,
					// and until it is whole and checked it may go to be repaired, or to another model.
					onText: request.outputFormat === 'json' ? undefined : onText,
				},
			);
			const { latencyMs, pauseMs } = attempted;
			const shown = lane?.hasLost() === true ? '' : attempted.shown;
			const judged = attempted.outcome.ok
				? // What was paid for is judged even when the item ends meanwhile: the trail tells of it.
					await inSteps(
						acceptAnswer(request, attempted.outcome.value),
						breather(clock, new AbortController().signal),
					)
				: attempted.outcome;
			const outcome =
				lane === undefined ? markShown(judged, shown) : lane.end(markShown(judged, shown));
			if (outcome.ok) showRest(onText, outcome.value.text, shown);
			endCall(sampleOf(outcome, latencyMs, clock.nowMs()));
			const tokens = tokenSample(request, outcome);
			if (tokens !== undefined) state.signals.noteTokens(key, tokens);
			const isHedge = lane?.isHedge;
			const { costUsd } = settle(
				{ candidate, keyIndex, outcome, latencyMs, purpose, isHedge },
				clock.nowMs(),
			);
			ticket.end(endOf(outcome, costUsd, clock.nowMs()));
			const failure = outcome.ok ? undefined : outcome.failure;
			standing.settle(keyIndex, { failure, pauseMs, startedAtMs }, clock.nowMs());
			return outcome;
		} finally {
			// Whatever went wrong: its place and what was set aside for it are free again.
			endCall();
			ticket.end({ wasSent: true, nowMs: clock.nowMs() });
		}
	};
}

/** What a call used of the room that was set aside for it. */
function endOf(
	outcome: Outcome<ChatResponse>,
	costUsd: number | undefined,
	nowMs: number,
): AdmissionEnd {
	const usage = outcome.ok ? outcome.value.usage : outcome.failure.usage;
	const { inputTokens, outputTokens } = usage ?? {};
	const sample = breakerSample(outcome.ok ? 'ok' : outcome.failure.kind);
	return {
		wasSent: outcome.ok || outcome.failure.notSent !== true,
		nowMs,
		...(sample === undefined ? {} : { sample }),
		...(costUsd === undefined ? {} : { costUsd }),
		...(inputTokens === undefined || outputTokens === undefined
			? {}
			: { tokens: inputTokens + outputTokens }),
	};
}

/** What a call says about the token estimate; files and schemas are counted in ways of their own. */
function tokenSample(
	{ messages, jsonSchema }: ChatRequest,
	outcome: Outcome<ChatResponse>,
): TokenSample | undefined {
	const usage = outcome.ok ? outcome.value.usage : outcome.failure.usage;
	const isPlain =
		jsonSchema === undefined && messages.every(({ attachments = [] }) => attachments.length === 0);
	if (usage?.inputTokens === undefined || !isPlain) return undefined;
	const { text, fixed } = requestTokens({ messages, outputFormat: 'text' });
	return { estimatedTokens: text, reportedTokens: usage.inputTokens - fixed };
}
