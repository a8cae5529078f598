import { seconds } from './attempt';
import { executeChat } from './executeChat';
import { startDeadline } from './deadline';
import { shuffledAliases } from './policies/aliases';
import { sumCostUsd } from './policies/cost';
import type { Run } from './runtime';
import { AllCandidatesFailedError, CancelledError, EngineError } from './spec/errors';
import type { FailureKind } from './spec/failures';
import type {
	Branch,
	BranchFailure,
	BranchResult,
	FanOutPolicy,
	FanOutResult,
} from './spec/fanOut';
import type { AttemptRecord, Trace } from './spec/trace';

export interface FanOutRun extends Run {
	/** The whole item, in milliseconds: what is there then is used. */
	readonly deadlineMs: number;
	/** Shuffles the aliases; the same seed gives the same order. */
	readonly seed: string;
	/** Branches in flight at the same time, over all items that share this gate. */
	readonly gate: <T>(work: () => Promise<T>) => Promise<T>;
}

/**
 * Asks all branches at once and gives their results in the order of the branches. A branch that
 * fails takes nobody with it.
 *
 * @throws {EngineError} when fewer than `minAnswers` branches answered, or the execution stopped
 */
export async function fanOut(
	branches: readonly Branch[],
	policy: FanOutPolicy,
	run: FanOutRun,
): Promise<FanOutResult> {
	const { clock } = run.runtime;
	const startedAtMs = clock.nowMs();
	const aliases = shuffledAliases(branches.length, run.seed);
	const deadline = startDeadline(run.deadlineMs, run.signal, clock);
	let results: readonly BranchResult[];
	try {
		results = await Promise.all(
			branches.map(async (branch, index) => {
				const alias = aliases[index] ?? String(index + 1);
				const inTime = { ...run, signal: deadline.signal };
				const result = await run.gate(async () => await ask(branch, alias, inTime));
				return deadline.expired() ? outOfTime(result, run.deadlineMs) : result;
			}),
		);
	} finally {
		deadline.release();
	}
	const answered = results.filter(({ status }) => status === 'ok');
	const result: FanOutResult = {
		results,
		succeeded: answered.length,
		failed: results.length - answered.length,
		costUsd: sumCostUsd(results.map(({ costUsd }) => costUsd)),
		latencyMs: clock.nowMs() - startedAtMs,
		warnings: [...new Set(results.flatMap(({ warnings }) => warnings))],
	};
	if (run.signal.aborted) throw new CancelledError(undefined, undefined, traceOf(result));
	if (answered.length < policy.minAnswers) throw tooFewAnswers(result, policy);
	return result;
}

async function ask(branch: Branch, alias: string, run: Run): Promise<BranchResult> {
	const startedAtMs = run.runtime.clock.nowMs();
	const { label } = branch;
	try {
		const { response, answeredBy, trace } = await executeChat(branch.request, branch.plan, run);
		const { text, data, usage, finishReason, raw } = response;
		return {
			...facts(trace),
			label,
			alias,
			model: answeredBy,
			status: 'ok',
			text,
			usage,
			finishReason,
			...(data === undefined ? {} : { data }),
			...(raw === undefined ? {} : { raw }),
		};
	} catch (error) {
		if (!(error instanceof EngineError)) throw error;
		const { trace } = error;
		const latencyMs = run.runtime.clock.nowMs() - startedAtMs;
		const failure = { kind: kindOf(error), message: error.message };
		const { candidates, skipped } = branch.plan;
		const model = trace?.attempts.at(-1)?.model ?? candidates[0]?.id ?? skipped[0]?.model ?? label;
		const status = statusOf(error);
		if (trace !== undefined) return { ...facts(trace), label, alias, model, status, failure };
		const nothing = {
			cache: branch.plan.cache.mode === 'off' ? 'off' : 'miss',
			costUsd: 0,
		} as const;
		return {
			...nothing,
			label,
			alias,
			model,
			status,
			failure,
			latencyMs,
			attempts: [],
			skipped,
			warnings: [],
		};
	}
}

/** A branch that the item's deadline ended failed by time; nobody stopped it. */
function outOfTime(result: BranchResult, deadlineMs: number): BranchResult {
	if (result.status !== 'aborted') return result;
	const message = `No answer within the deadline of ${seconds(deadlineMs)}`;
	return { ...result, status: 'failed', failure: { kind: 'timeout', message } };
}

function facts({ attempts, cache, latencyMs, costUsd, route, warnings }: Trace) {
	const { skipped } = route;
	const known = costUsd === undefined ? {} : { costUsd };
	return { attempts, cache, latencyMs, ...known, skipped, warnings };
}

function statusOf(error: EngineError): BranchFailure['status'] {
	if (error.code === 'CANCELLED') return 'aborted';
	return error.code === 'NO_ELIGIBLE_CANDIDATE' ? 'skipped' : 'failed';
}

function kindOf(error: EngineError): FailureKind {
	if (error.code === 'CANCELLED') return 'cancelled';
	if (error.code === 'DEADLINE_EXCEEDED') return 'timeout';
	const last = error.trace?.attempts.at(-1)?.outcome;
	return last === undefined || last === 'ok' || last === 'aborted' ? 'invalid-request' : last;
}

function tooFewAnswers(result: FanOutResult, policy: FanOutPolicy): EngineError {
	const failures = result.results
		.filter((branch) => branch.status !== 'ok')
		.map(({ label, failure }) => `${label}: ${failure.message}`);
	return new AllCandidatesFailedError(
		`${result.succeeded} of ${result.results.length} branches answered, ${policy.minAnswers} needed. ${failures.join('; ')}`,
		'Lower Minimum Answers, or add a model that can stand in for the ones that failed.',
		traceOf(result),
	);
}

/** All branches as one trail. */
function traceOf({ results, costUsd, latencyMs, warnings }: FanOutResult): Trace {
	const attempts: AttemptRecord[] = results.flatMap((branch) => branch.attempts);
	const skipped = results.flatMap((branch) => branch.skipped);
	return {
		attempts,
		route: { strategy: 'fanOut', reason: 'every branch is asked', skipped },
		cache: results.every(({ cache }) => cache === 'off') ? 'off' : 'miss',
		latencyMs,
		...(costUsd === undefined ? {} : { costUsd }),
		warnings,
	};
}
