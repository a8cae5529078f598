import type { ModelFacts } from '../spec/catalog';
import type { ChatRequest } from '../spec/chat';

/** What a request asks of a model. */
export interface Needs {
	/** Estimated tokens of the prompt. */
	readonly inputTokens: number;
	readonly inputs: readonly ('image' | 'pdf' | 'audio')[];
}

export function needsOf(request: ChatRequest, inputTokens: number): Needs {
	const kinds = request.messages.flatMap(({ attachments = [] }) =>
		attachments.map(({ kind }) => kind),
	);
	return { inputTokens, inputs: [...new Set(kinds)] };
}

/**
 * Why a model cannot answer a request, or `undefined` when it can as far as the catalogue knows. A
 * model without facts is never refused: the vendor will say.
 *
 * @param outputTokens what the answer may take; absent: only the prompt must fit
 */
export function incapability(
	facts: ModelFacts | undefined,
	needs: Needs,
	outputTokens = 0,
): string | undefined {
	if (facts === undefined) return undefined;
	const { contextWindowTokens, inputs } = facts;
	const missing = needs.inputs.filter((input) => !inputs.includes(input));
	if (missing.length > 0) return `takes no ${missing.join(' and no ')}`;
	const neededTokens = needs.inputTokens + outputTokens;
	if (contextWindowTokens !== undefined && neededTokens > contextWindowTokens) {
		const [needed, window] = [neededTokens, contextWindowTokens].map((n) =>
			n.toLocaleString('en-US'),
		);
		return `the request needs about ${needed} tokens, its context window holds ${window}`;
	}
	return undefined;
}
