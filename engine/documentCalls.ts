import type { Deadline } from './deadline';
import { marked, mergeTraces } from './mergeTraces';
import { sumUsage } from './policies/sumUsage';
import type { ShownRun } from './runtime';
import type { ChatRequest, TokenUsage } from './spec/chat';
import { EngineError, withTrace } from './spec/errors';
import type { Ask } from './spec/longDocument';
import type { ChatResult } from './spec/result';
import type { AttemptRecord, RouteRecord, Trace } from './spec/trace';

/** One of the calls that a document takes. */
export interface DocumentCall {
	readonly request: ChatRequest;
	/** How it is named in a message. */
	readonly label: string;
	readonly purpose: NonNullable<AttemptRecord['purpose']>;
}

/** The calls over one document, with one trail. */
export interface DocumentCalls {
	/**
	 * Makes the calls, some at a time, and gives their results in order. When one fails, those under
	 * way are given up and none starts any more.
	 *
	 * @param isLast whether what comes of it is the answer to the whole, to be shown as it is written
	 * @throws {EngineError} of the first that failed; every attempt of all calls is in its trace
	 */
	readonly make: (calls: readonly DocumentCall[], isLast: boolean) => Promise<ChatResult[]>;
	/** Of all calls so far. */
	readonly trace: (route?: RouteRecord) => Trace;
	/** Of all answers so far that were not stored ones. */
	readonly usage: () => TokenUsage;
}

export function documentCalls(
	ask: Ask<ShownRun>,
	run: ShownRun,
	deadline: Deadline,
	concurrency: number,
): DocumentCalls {
	const { clock } = run.runtime;
	const startedAtMs = clock.nowMs();
	const counts: Record<string, number> = {};
	const traces: Trace[] = [];
	const usages: TokenUsage[] = [];

	function trace(route?: RouteRecord): Trace {
		const { part = 0, combine = 0 } = counts;
		const done = `asked over ${part} ${part === 1 ? 'part' : 'parts'} of the document, put together in ${combine} ${combine === 1 ? 'call' : 'calls'}`;
		const { strategy = 'longDocument', reason } = route ?? {};
		const outline = { strategy, reason: reason === undefined ? done : `${done}; ${reason}` };
		return mergeTraces(traces, outline, clock.nowMs() - startedAtMs);
	}

	async function makeOne({ request, purpose }: DocumentCall, isLast: boolean): Promise<ChatResult> {
		counts[purpose] = (counts[purpose] ?? 0) + 1;
		const inTime = { ...run, signal: deadline.signal };
		try {
			const result = await ask(request, isLast ? inTime : { ...inTime, onText: undefined });
			traces.push(marked(result.trace, purpose));
			const { cache } = result.trace;
			if (cache !== 'hit' && cache !== 'joined') usages.push(result.response.usage);
			return result;
		} catch (error) {
			const failed = error instanceof EngineError ? error.trace : undefined;
			if (failed !== undefined) traces.push(marked(failed, purpose));
			throw error;
		}
	}

	async function make(calls: readonly DocumentCall[], isLast: boolean): Promise<ChatResult[]> {
		const results: ChatResult[] = [];
		let next = 0;
		let failed: { readonly error: unknown; readonly label: string } | undefined;
		const work = async () => {
			while (failed === undefined) {
				const index = next++;
				const call = calls[index];
				if (call === undefined) return;
				try {
					results[index] = await makeOne(call, isLast);
				} catch (error) {
					failed ??= { error, label: call.label };
					deadline.abort(error instanceof Error ? error : new Error(String(error)));
				}
			}
		};
		await Promise.all(Array.from({ length: Math.min(concurrency, calls.length) }, work));
		if (failed === undefined) return results;
		const { error, label } = failed;
		if (!(error instanceof EngineError)) throw error;
		throw withTrace(error, trace(), `${label}: ${error.message}`);
	}

	return { make, trace, usage: () => sumUsage(usages) };
}
