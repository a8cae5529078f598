import { seconds } from '../attempt';
import { sumCostUsd } from '../policies/cost';
import { AllCandidatesFailedError, type EngineError } from '../spec/errors';
import type { BranchResult, FanOutPolicy, FanOutResult } from '../spec/fanOut';
import type { AttemptRecord, Trace } from '../spec/trace';

/** Why nobody was asked any more: `deadlineMs` was over, or what there was is enough. */
export type Ending = { readonly deadlineMs: number } | { readonly because: string };

/** A branch that was given up, in the words of why. */
export function givenUp(result: BranchResult, ending: Ending): BranchResult {
	if (result.status !== 'aborted') return result;
	const message = 'deadlineMs' in ending ? outOfTime(ending.deadlineMs) : notNeeded(ending.because);
	const attempts = result.attempts.map((attempt) =>
		attempt.outcome === 'aborted' ? { ...attempt, message } : attempt,
	);
	// A branch that the deadline ended failed by time; nobody stopped it.
	return 'deadlineMs' in ending
		? { ...result, attempts, status: 'failed', failure: { kind: 'timeout', message } }
		: { ...result, attempts, failure: { kind: 'cancelled', message } };
}

/** Why a branch was never asked. */
export function whyNotAsked(ending: Ending | undefined) {
	if (ending === undefined) return { kind: 'cancelled', message: 'Not asked' } as const;
	return 'deadlineMs' in ending
		? ({ kind: 'timeout', message: outOfTime(ending.deadlineMs) } as const)
		: ({ kind: 'cancelled', message: `Not asked: ${ending.because}` } as const);
}

function outOfTime(deadlineMs: number): string {
	return `No answer within the deadline of ${seconds(deadlineMs)}`;
}

function notNeeded(because: string): string {
	return `Given up: ${because}`;
}

/** What all branches together came to. */
export function summed(
	results: readonly BranchResult[],
	policy: FanOutPolicy,
	latencyMs: number,
): FanOutResult {
	const succeeded = results.filter(({ status }) => status === 'ok').length;
	const failed = results.filter(
		(result) => result.status !== 'ok' && result.failure.kind !== 'cancelled',
	).length;
	const costUsd = sumCostUsd(results.map((result) => result.costUsd));
	const shortOf =
		policy.waitFor === 'quorum' && succeeded < policy.quorum
			? [`The quorum of ${policy.quorum} answers was not reached: there were ${succeeded}`]
			: [];
	return {
		results,
		succeeded,
		failed,
		...(costUsd === undefined ? {} : { costUsd }),
		latencyMs,
		warnings: [...new Set([...results.flatMap(({ warnings }) => warnings), ...shortOf])],
	};
}

export function tooFewAnswers(result: FanOutResult, policy: FanOutPolicy): EngineError {
	const failures = result.results.flatMap((branch) =>
		branch.status === 'ok' ? [] : [`${branch.label}: ${branch.failure.message}`],
	);
	return new AllCandidatesFailedError(
		`${result.succeeded} of ${result.results.length} branches answered, ${policy.minAnswers} needed. ${failures.join('; ')}`,
		'Lower Minimum Answers, or add a model that can stand in for the ones that failed.',
		traceOf(result),
	);
}

/** All branches as one trail. */
export function traceOf({ results, costUsd, latencyMs, warnings }: FanOutResult): Trace {
	const attempts: AttemptRecord[] = results.flatMap((branch) => branch.attempts);
	const skipped = results.flatMap((branch) => branch.skipped);
	return {
		attempts,
		route: { strategy: 'fanOut', reason: 'the branches are asked at once', skipped },
		cache: results.every(({ cache }) => cache === 'off') ? 'off' : 'miss',
		latencyMs,
		...(costUsd === undefined ? {} : { costUsd }),
		warnings,
	};
}
