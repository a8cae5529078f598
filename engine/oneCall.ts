import { attempt } from './attempt';
import { candidateKey } from './candidateKey';
import { acceptAnswer } from './policies/accept';
import { requestTokens } from './policies/estimateTokens';
import { sampleOf } from './policies/latency';
import type { TokenSample } from './policies/tokenFactor';
import type { ShownRun } from './runtime';
import { markShown, showRest } from './showing';
import type { ChatRequest, ChatResponse } from './spec/chat';
import type { Outcome } from './spec/failures';
import type { Plan } from './spec/policies';
import type { AttemptRecord } from './spec/trace';
import type { Standing } from './standings';
import type { TraceRecord } from './traceRecord';

/** Calls a candidate once. */
export type OneCall = (
	standing: Standing,
	request: ChatRequest,
	purpose?: AttemptRecord['purpose'],
) => Promise<Outcome<ChatResponse>>;

/**
 * One call with all that belongs to it: whose key, how long, whether the reply counts as an answer,
 * and what it tells about its candidate. It stands in the trail, whatever it was for.
 */
export function oneCall(
	plan: Plan,
	record: TraceRecord,
	deadlineAtMs: number,
	run: ShownRun,
): OneCall {
	const { clock, state } = run.runtime;
	return async (standing, request, purpose) => {
		const { candidate } = standing;
		const keyIndex = standing.takeKey(clock.nowMs());
		const timeoutMs = Math.min(plan.attemptTimeoutMs, deadlineAtMs - clock.nowMs());
		const key = candidateKey(candidate);
		const endCall = state.signals.start(key);
		const attempted = await attempt(
			{ request, candidate, keyIndex, timeoutMs, keepRaw: plan.keepRaw },
			// A JSON document is shown once it was accepted: the start of one is of no use to anybody,
			// and until it is whole and checked it may go to be repaired, or to another model.
			request.outputFormat === 'json' ? { ...run, onText: undefined } : run,
		).catch((bug: unknown) => {
			endCall();
			throw bug;
		});
		const { latencyMs, shown } = attempted;
		const judged = attempted.outcome.ok
			? acceptAnswer(request, attempted.outcome.value)
			: attempted.outcome;
		const outcome = markShown(judged, shown);
		if (outcome.ok) showRest(run.onText, outcome.value.text, shown);
		endCall(sampleOf(outcome, latencyMs, clock.nowMs()));
		const tokens = tokenSample(request, outcome);
		if (tokens !== undefined) state.signals.noteTokens(key, tokens);
		record.settle({ candidate, keyIndex, outcome, latencyMs, purpose }, clock.nowMs());
		standing.settle(keyIndex, outcome.ok ? undefined : outcome.failure, clock.nowMs());
		return outcome;
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
