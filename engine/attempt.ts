import { askForJson } from './askForJson';
import { startBodyGuard } from './bodyGuard';
import { breather } from './breather';
import { findModel } from './catalog/index';
import { orAborted, startDeadline } from './deadline';
import { maskOutcome } from './maskSecrets';
import { learnedPauseMs } from './policies/rateHeaders';
import { retryAfterMs } from './policies/retryAfter';
import { instructJson } from './prompt/instructJson';
import { renderRequestSteps } from './prompt/renderRequest';
import { inSteps } from './prompt/steps';
import type { Run, ShownRun } from './runtime';
import { startShowing } from './showing';
import type { ChatRequest, ChatResponse } from './spec/chat';
import type { Outcome } from './spec/failures';
import type { Candidate, OnText, ReadRetryAfter, ReplyHeaders } from './spec/provider';
import type { WatchedFetch } from './spec/transport';

export interface Attempted {
	readonly outcome: Outcome<ChatResponse>;
	readonly latencyMs: number;
	/** What was shown of the answer while it was being written. */
	readonly shown: string;
	/** How long the vendor says that there is nothing left for this key, in milliseconds. */
	readonly pauseMs?: number;
}

/** One call, as it is to be made. */
export interface CallPlan {
	readonly request: ChatRequest;
	readonly candidate: Candidate;
	/** Which key of the credential to use. */
	readonly keyIndex: number;
	readonly timeoutMs: number;
	readonly keepRaw: boolean;
	/** Whether a stalling answer may be given up; absent: it has all its time. */
	readonly mayGiveUp?: () => boolean;
}

/**
 * One call to one candidate: one HTTP request, its headers and body within its time. Returns a
 * failure as data, also for a timeout and a stop; a bug in an adapter throws.
 */
export async function attempt(call: CallPlan, run: ShownRun): Promise<Attempted> {
	const { clock } = run.runtime;
	const { candidate, timeoutMs } = call;
	const keys = candidate.kind === 'vendor' ? candidate.connection.keys : [];
	const showing = startShowing(run.onText, keys);
	const startedAtMs = clock.nowMs();
	const deadline = startDeadline(timeoutMs, run.signal, clock);
	const guard = startBodyGuard(clock, {
		endsAtMs: startedAtMs + timeoutMs,
		timeoutMs,
		// A stream may be silent while the model thinks; once a part of it was seen, nobody else answers.
		mayGiveUp: showing.onText === undefined ? call.mayGiveUp : undefined,
		giveUp: deadline.abort,
	});
	let pauseMs: number | undefined;
	const hooks: Hooks = {
		onText: showing.onText,
		guarded: guard.guarded,
		onHeaders: (headers) => {
			pauseMs = learnedPauseMs(headers, candidate.limits, clock.nowMs());
		},
	};
	const outcome = await orAborted(
		generate(call, { ...run, signal: deadline.signal }, hooks),
		deadline.signal,
	)
		.catch((error: unknown): Outcome<ChatResponse> => {
			if (deadline.signal.aborted) return stopped();
			throw error;
		})
		.then((settled) => (deadline.signal.aborted && !settled.ok ? stopped() : settled))
		.finally(() => {
			deadline.release();
			guard.release();
			showing.close();
		});
	const latencyMs = clock.nowMs() - startedAtMs;
	const shown = showing.text();
	return { outcome, latencyMs, shown, ...(pauseMs === undefined ? {} : { pauseMs }) };

	function stopped(): Outcome<ChatResponse> {
		const stall = guard.stall();
		if (stall !== undefined) return { ok: false, failure: { kind: 'timeout', message: stall } };
		// The item's own deadline may fire first, in the same millisecond.
		return deadline.expired() || clock.nowMs() - startedAtMs >= timeoutMs
			? {
					ok: false,
					failure: { kind: 'timeout', message: `No complete answer within ${seconds(timeoutMs)}` },
				}
			: { ok: false, failure: { kind: 'cancelled', message: 'The execution was stopped' } };
	}
}

/** Who follows a call while it is under way. */
interface Hooks {
	readonly onText: OnText | undefined;
	readonly onHeaders: (headers: ReplyHeaders) => void;
	readonly guarded: (fetch: WatchedFetch) => WatchedFetch;
}

async function generate(
	call: CallPlan,
	run: Run,
	{ onText, onHeaders, guarded }: Hooks,
): Promise<Outcome<ChatResponse>> {
	const { candidate, keyIndex, keepRaw } = call;
	const { settings } = candidate;
	const rendered = renderRequestSteps(call.request, nameOf(candidate));
	const request = await inSteps(rendered, breather(run.runtime.clock, run.signal));
	const readRetryAfter: ReadRetryAfter = (headers, body) =>
		retryAfterMs(headers, body, run.runtime.clock.nowMs());
	if (candidate.kind === 'connected') {
		const said = instructJson(request);
		return await candidate.model.generate(said, settings, run.signal, readRetryAfter, onText);
	}
	const { connection, modelId } = candidate;
	const [{ providers }, transport] = await Promise.all([
		run.runtime.vendors(),
		run.runtime.transport(run.egress),
	]);
	const provider = providers[candidate.provider];
	const { maxOutputTokens, supportsReasoning } = findModel(candidate.id) ?? {};
	const asked = askForJson(request, candidate, provider, run.runtime.state.formatRefusals);
	const outcome = await provider.generate({
		modelId,
		request: asked.request,
		settings,
		maxOutputTokens,
		supportsReasoning,
		keepRaw,
		connection,
		apiKey: connection.keys[keyIndex],
		signal: run.signal,
		fetch: guarded(transport.fetch),
		readRetryAfter,
		onHeaders,
		...(onText === undefined ? {} : { onText }),
	});
	return asked.settled(maskOutcome(outcome, connection.keys));
}

/** Tells the vendor of the model, where it is known. */
function nameOf(candidate: Candidate): string {
	if (candidate.kind === 'vendor') return candidate.id;
	const { provider = '', modelId } = candidate.model;
	return `${provider}/${modelId}`;
}

/** A duration for a sentence: `60 s`, `1.5 s`, `250 ms`. */
export function seconds(durationMs: number): string {
	return durationMs < 1000
		? `${Math.round(durationMs)} ms`
		: `${Math.round(durationMs / 100) / 10} s`;
}
