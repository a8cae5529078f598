import { executeChat } from './executeChat';
import type { Run } from './runtime';
import { EngineError } from './spec/errors';
import type { FailureKind } from './spec/failures';
import type { Plan } from './spec/policies';
import type { Candidate } from './spec/provider';
import type { AttemptRecord } from './spec/trace';

/** Whether one model answers. */
export interface ModelCheck {
	readonly model: string;
	/** One whose answer was cut at the small output limit works, too. */
	readonly ok: boolean;
	/** `skipped`: it was not called, see `failure`. */
	readonly status: 'ok' | 'skipped' | FailureKind;
	readonly latencyMs: number;
	/** US$; absent when it is not known. */
	readonly costUsd?: number;
	/** What is wrong, and what the builder can do about it; absent when it answers. */
	readonly failure?: string;
	readonly advice?: string;
	/** One for each key of the credential that was tried. */
	readonly attempts: readonly AttemptRecord[];
}

/** Enough for a model that reasons to write a word, on an easy question. */
const MAX_OUTPUT_TOKENS = 512;

/**
 * Asks each candidate for one word, all at the same time: with its own settings, within limits and
 * budgets, without retries, fallback or cache. What fails is told, not thrown.
 *
 * @throws {CancelledError} when the execution is stopped
 */
export async function checkModels(
	candidates: readonly Candidate[],
	plan: Plan,
	run: Run,
): Promise<ModelCheck[]> {
	return await Promise.all(candidates.map(async (candidate) => await check(candidate, plan, run)));
}

async function check(candidate: Candidate, plan: Plan, run: Run): Promise<ModelCheck> {
	const { settings } = candidate;
	const maxOutputTokens = Math.min(settings.maxOutputTokens ?? Infinity, MAX_OUTPUT_TOKENS);
	const keys = candidate.kind === 'vendor' ? candidate.connection.keys.length : 1;
	const { keepRaw, attemptTimeoutMs } = plan;
	const single: Plan = {
		strategy: 'priority',
		candidates: [{ ...candidate, settings: { ...settings, maxOutputTokens } }],
		skipped: [],
		// A key that is refused gives way to the next one, as in a real run.
		retry: { ...plan.retry, maxRetries: 0, maxAttempts: Math.max(1, keys) },
		fallbackOn: [],
		attemptTimeoutMs,
		deadlineMs: plan.deadlineMs,
		recoveryWaitMs: 0,
		cache: { ...plan.cache, mode: 'off' },
		keepRaw,
	};
	try {
		const { trace } = await executeChat(
			{ messages: [{ role: 'user', content: 'Reply with OK' }], outputFormat: 'text' },
			single,
			run,
		);
		const { attempts, latencyMs, costUsd } = trace;
		return {
			model: candidate.id,
			ok: true,
			status: 'ok',
			latencyMs,
			...(costUsd === undefined ? {} : { costUsd }),
			attempts,
		};
	} catch (error) {
		if (!(error instanceof EngineError) || error.code === 'CANCELLED') throw error;
		return failed(candidate, error);
	}
}

function failed({ id }: Candidate, error: EngineError): ModelCheck {
	const { attempts = [], latencyMs = 0, costUsd, route } = error.trace ?? {};
	const last = attempts.at(-1);
	const status = statusOf(last);
	const ok = status === 'truncated';
	return {
		model: id,
		ok,
		status,
		latencyMs,
		...(costUsd === undefined && last !== undefined ? {} : { costUsd: costUsd ?? 0 }),
		...(ok
			? {}
			: {
					failure: last?.message ?? route?.skipped[0]?.reason ?? error.message,
					advice: error.advice,
				}),
		attempts,
	};
}

function statusOf(last: AttemptRecord | undefined): ModelCheck['status'] {
	if (last === undefined) return 'skipped';
	// The deadline of the item ended it before its own time did.
	return last.outcome === 'aborted' ? 'timeout' : last.outcome;
}
