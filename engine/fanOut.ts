import { startDeadline } from './deadline';
import { notAsked } from './fanOut/askBranch';
import { refuseDearBranches } from './fanOut/estimateBranches';
import { nextMove } from './fanOut/nextMove';
import {
	givenUp,
	summed,
	tooFewAnswers,
	traceOf,
	whyNotAsked,
	type Ending,
} from './fanOut/outcome';
import { startBranches, type Branches } from './fanOut/startBranches';
import { storedBranches } from './fanOut/storedBranches';
import { shuffledAliases } from './policies/aliases';
import type { Run } from './runtime';
import { CancelledError } from './spec/errors';
import type { Branch, FanOutPolicy, FanOutResult } from './spec/fanOut';

export interface FanOutRun extends Run {
	/** The whole item, in milliseconds: what is there then is used. */
	readonly deadlineMs: number;
	/** US$; an item that is estimated to cost more is refused before its first call. */
	readonly maxCostUsd?: number;
	/** Shuffles the aliases; the same seed gives the same order. */
	readonly seed: string;
	/** Branches under way at the same time, over all items that share this gate. */
	readonly gate: <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;
}

/**
 * Asks the branches of one item at once and gives their results in the order of the branches. A
 * branch that fails takes nobody with it. When the policy has what it waits for, the branches under
 * way are aborted and settled: their calls and what they may cost stand in the results.
 *
 * @throws {EngineError} when the estimate is above `maxCostUsd`, when fewer than `minAnswers`
 * branches answered, or when the execution is stopped
 */
export async function fanOut(
	branches: readonly Branch[],
	policy: FanOutPolicy,
	run: FanOutRun,
): Promise<FanOutResult> {
	const { clock } = run.runtime;
	const startedAtMs = clock.nowMs();
	if (run.maxCostUsd !== undefined) refuseDearBranches(branches, run.maxCostUsd, startedAtMs);
	// What is stored is free: where not all are needed, it goes first.
	const stored = policy.waitFor === 'all' ? [] : await storedBranches(branches, run.runtime);
	const order = [...new Set([...stored, ...branches.keys()])];
	const aliases = shuffledAliases(branches.length, run.seed);
	const deadline = startDeadline(run.deadlineMs, run.signal, clock);
	const panel = startBranches(branches.map(withSlack), {
		...run,
		signal: deadline.signal,
		aliases,
		order,
	});
	let ending: Ending | undefined;
	let settled: Awaited<ReturnType<typeof panel.settled>>;
	try {
		panel.ask(stored.length);
		await panel.settled();
		const because = await conduct(panel, policy, deadline.signal);
		if (because !== undefined) ending = { because };
		else if (deadline.expired()) ending = { deadlineMs: run.deadlineMs };
	} finally {
		deadline.abort(new Error('No further answer is needed'));
		settled = await panel.settled().finally(deadline.release);
	}
	const results = branches.map((branch, index) => {
		const result = settled[index];
		if (result === undefined) {
			return notAsked(branch, aliases[index] ?? String(index + 1), whyNotAsked(ending));
		}
		return ending === undefined ? result : givenUp(result, ending);
	});
	const result = summed(results, policy, clock.nowMs() - startedAtMs);
	if (run.signal.aborted) throw new CancelledError(undefined, undefined, traceOf(result));
	if (result.succeeded < policy.minAnswers) throw tooFewAnswers(result, policy);
	return result;
}

const SLACK_MS = 1_000;

/** It is the deadline of the item that ends a branch, not its own a moment earlier. */
function withSlack(branch: Branch): Branch {
	return { ...branch, plan: { ...branch.plan, deadlineMs: branch.plan.deadlineMs + SLACK_MS } };
}

/** Asks as the policy says, until all have settled, the signal fires, or there is enough: then why. */
async function conduct(
	panel: Branches,
	policy: FanOutPolicy,
	signal: AbortSignal,
): Promise<string | undefined> {
	while (!signal.aborted) {
		const move = nextMove(policy, panel.progress());
		if (move.do === 'end') return move.because;
		panel.ask(move.more);
		const { underWay, late } = panel.progress();
		if (underWay + late === 0) return undefined;
		await panel.change();
	}
	return undefined;
}
