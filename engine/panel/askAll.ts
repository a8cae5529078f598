import { startDeadline } from '../deadline';
import { executeChat } from '../executeChat';
import { mergeTraces } from '../mergeTraces';
import type { Run } from '../runtime';
import type { ChatRequest } from '../spec/chat';
import { CancelledError, EngineError } from '../spec/errors';
import type { Plan } from '../spec/policies';
import type { ChatResult } from '../spec/result';
import type { AttemptRecord, Trace } from '../spec/trace';

export interface PanelRun extends Run {
	/**
	 * Lets so many calls of all items run at the same time; whose signal fires passes at once, to
	 * end there. Not the gate that the item itself came through: an item would wait for itself.
	 */
	readonly gate?: <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;
}

/** One call of a panel. */
export interface PanelCall {
	readonly plan: Plan;
	readonly request: ChatRequest;
	/** Tells it from other calls with the same request: which judge, which order, which round. */
	readonly variant: string;
}

/** What became of it: an answer, or why there is none. */
export type PanelReply =
	| { readonly ok: true; readonly result: ChatResult }
	| { readonly ok: false; readonly problem: string };

export interface PanelReplies {
	/** In the order of the calls. */
	readonly replies: readonly PanelReply[];
	readonly traces: readonly Trace[];
}

/**
 * Makes all calls at once and waits for all of them: each one is paid and stands in the trail. No
 * failure of a model throws.
 *
 * @throws {CancelledError} with the trail of all calls when the execution is stopped
 */
export async function askAll(
	calls: readonly PanelCall[],
	whole: {
		readonly purpose: NonNullable<AttemptRecord['purpose']>;
		readonly startedAtMs: number;
		readonly deadlineMs: number;
	},
	run: PanelRun,
): Promise<PanelReplies> {
	const { runtime, signal, egress, budgets, gate = async (work) => await work() } = run;
	const { clock } = runtime;
	// Nothing else of a host's run: what judges write is not the answer that somebody watches.
	const own: Run = {
		runtime,
		signal,
		...(egress === undefined ? {} : { egress }),
		...(budgets === undefined ? {} : { budgets }),
	};
	const traceOf: (Trace | undefined)[] = calls.map(() => undefined);
	const traces = () => traceOf.filter((trace) => trace !== undefined);
	const leftMs = () => whole.deadlineMs - (clock.nowMs() - whole.startedAtMs);
	const deadline = startDeadline(leftMs(), signal, clock);
	const settled = await Promise.allSettled(
		calls.map(
			async (call, index) => await gate(async () => await ask(call, index), deadline.signal),
		),
	).finally(deadline.release);
	const bug = settled.find((one) => one.status === 'rejected');
	if (bug !== undefined) throw bug.reason;
	if (signal.aborted) {
		const outline = { strategy: whole.purpose, reason: 'the execution was stopped' };
		const trace = mergeTraces(traces(), outline, clock.nowMs() - whole.startedAtMs);
		throw new CancelledError(undefined, undefined, trace);
	}
	return {
		replies: settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
		traces: traces(),
	};

	/** A call that already had its own purpose, a repair, keeps it. */
	function marked(trace: Trace): Trace {
		const { purpose } = whole;
		return { ...trace, attempts: trace.attempts.map((attempt) => ({ purpose, ...attempt })) };
	}

	async function ask({ plan, request, variant }: PanelCall, index: number): Promise<PanelReply> {
		if (leftMs() <= 0) return { ok: false, problem: 'there was no time left to ask it' };
		const { variant: outer } = plan.cache;
		const asked: Plan = {
			...plan,
			deadlineMs: Math.min(plan.deadlineMs, leftMs()),
			cache: { ...plan.cache, variant: outer === undefined ? variant : `${outer} ${variant}` },
		};
		try {
			const result = await executeChat(request, asked, own);
			traceOf[index] = marked(result.trace);
			return { ok: true, result };
		} catch (error) {
			if (!(error instanceof EngineError)) throw error;
			if (error.trace !== undefined) traceOf[index] = marked(error.trace);
			return { ok: false, problem: error.message };
		}
	}
}
