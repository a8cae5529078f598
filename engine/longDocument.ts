import { breather } from './breather';
import { startDeadline } from './deadline';
import { documentCalls, type DocumentCalls } from './documentCalls';
import {
	combineRequest,
	groupsOf,
	partRequest,
	wholeRequest,
	type PartialAnswer,
} from './documentRequests';
import { cancelled, deadlineError } from './explain';
import { estimateTokens } from './policies/estimateTokens';
import { chunkSteps } from './prompt/chunk';
import { inSteps } from './prompt/steps';
import type { ShownRun } from './runtime';
import type { ChatRequest } from './spec/chat';
import { EngineError } from './spec/errors';
import type { Ask, LongDocument } from './spec/longDocument';
import type { ChatResult } from './spec/result';

/**
 * Asks a request over a text that may be too long for one call: over each part of it, some at a
 * time, and then to put the partial answers together, again and again while those are too long
 * themselves. One deadline, one trail and one cost hold over all of it. A text of one part is asked
 * about in one call.
 *
 * @param ask answers one request by whatever strategy; attempts are counted for each call anew
 * @throws {EngineError} when a part has no answer; every attempt of all parts is in its trace
 */
export async function longDocument(
	request: ChatRequest,
	document: LongDocument,
	ask: Ask<ShownRun>,
	run: ShownRun,
): Promise<ChatResult> {
	if (run.signal.aborted) throw cancelled();
	const { text, chunkTokens, overlapTokens, concurrency, deadlineMs } = document;
	const { clock } = run.runtime;
	const deadline = startDeadline(deadlineMs, run.signal, clock);
	const calls = documentCalls(ask, run, deadline, concurrency);
	try {
		const chunks = await inSteps(
			chunkSteps(text, { maxTokens: chunkTokens, overlapTokens }),
			breather(clock, deadline.signal),
		);
		const parts = chunks.length;
		if (parts <= 1) {
			return await ask(wholeRequest(request, text), { ...run, signal: deadline.signal });
		}
		const answers = await calls.make(
			chunks.map((chunk, index) => ({
				request: partRequest(request, chunk.text, { part: index + 1, parts }),
				label: `Part ${index + 1} of ${parts}`,
				purpose: 'part',
			})),
			false,
		);
		const partials = answers.map(({ response }, index) => ({
			text: response.text,
			from: index + 1,
			to: index + 1,
		}));
		const last = await putTogether(request, partials, document, calls);
		return {
			...last,
			response: { ...last.response, usage: calls.usage() },
			trace: calls.trace(last.trace.route),
		};
	} catch (error) {
		const trace = error instanceof EngineError ? error.trace : undefined;
		if (run.signal.aborted) throw cancelled(trace ?? calls.trace());
		if (deadline.expired()) throw deadlineError(document, trace ?? calls.trace());
		throw error;
	} finally {
		deadline.release();
	}
}

/** What is asked over the first part of a text, and how many parts it has, about. */
export function outlineDocument(
	request: ChatRequest,
	{ text, chunkTokens, overlapTokens }: LongDocument,
): { readonly request: ChatRequest; readonly parts: number } {
	const tokens = estimateTokens(text);
	if (tokens <= chunkTokens) return { request: wholeRequest(request, text), parts: 1 };
	const fresh = chunkTokens - Math.min(overlapTokens, Math.floor(chunkTokens / 2));
	const parts = Math.ceil((tokens - chunkTokens) / fresh) + 1;
	const first = text.slice(0, Math.floor((text.length * chunkTokens) / tokens));
	return { request: partRequest(request, first, { part: 1, parts }), parts };
}

/** Neighbours first, then what came of them, until one answer is left. */
async function putTogether(
	request: ChatRequest,
	partials: readonly PartialAnswer[],
	document: LongDocument,
	calls: DocumentCalls,
): Promise<ChatResult> {
	const groups = groupsOf(partials, document.chunkTokens);
	const isLast = groups.length === 1;
	const results = await calls.make(
		groups
			.filter((group) => group.length > 1)
			.map((group) => ({
				request: combineRequest(request, group, document.combinePrompt),
				label: 'Putting the partial answers together',
				purpose: 'combine',
			})),
		isLast,
	);
	const [only] = results;
	if (isLast && only !== undefined) return only;
	const texts = results.map(({ response }) => response.text);
	return await putTogether(request, merged(groups, texts), document, calls);
}

/** What stands for each group: what it came to, or the one that was left alone. */
function merged(
	groups: ReadonlyArray<readonly PartialAnswer[]>,
	texts: readonly string[],
): PartialAnswer[] {
	const left = [...texts];
	return groups.flatMap((group) => {
		const [first] = group;
		const end = group.at(-1);
		if (first === undefined || end === undefined) return [];
		return group.length === 1
			? [first]
			: [{ text: left.shift() ?? '', from: first.from, to: end.to }];
	});
}
