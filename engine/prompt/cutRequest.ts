import { estimateTokens, inputTokens, requestTokens } from '../policies/estimateTokens';
import type { ChatMessage, ChatRequest } from '../spec/chat';
import type { OverflowStrategy } from '../spec/preprocessing';
import type { Steps } from './steps';
import { truncateSteps } from './truncate';

export interface CutOptions {
	/** Tokens of the whole request. */
	readonly maxTokens: number;
	readonly overflow: Exclude<OverflowStrategy, 'error'>;
	/** What a model's reported counts come to, relative to the estimate. */
	readonly factor: number;
}

/** What was cut, and how many tokens it had and has. */
export interface Cut {
	readonly request: ChatRequest;
	readonly what: CutPart['name'];
	readonly beforeTokens: number;
	readonly afterTokens: number;
}

/**
 * Cuts a request to a number of tokens. What is cut is the last user message, or the context that
 * stands around it where that is longer; instructions, history and files stay. Gives the tokens
 * that may not be cut where those alone are too many.
 */
export function* cutRequestSteps(
	request: ChatRequest,
	{ maxTokens, overflow, factor }: CutOptions,
): Steps<Cut | { readonly uncutTokens: number }> {
	const part = longestPart(request);
	const beforeTokens = estimateTokens(part.text, factor);
	const uncutTokens = inputTokens(requestTokens(request), factor) - beforeTokens;
	yield;
	const room = maxTokens - uncutTokens;
	if (room < 1) return { uncutTokens };
	const cut = yield* truncateSteps(part.text, { maxTokens: room, overflow, factor });
	if (!cut.ok || cut.text.trim() === '') return { uncutTokens };
	return {
		request: part.withText(cut.text),
		what: part.name,
		beforeTokens,
		afterTokens: estimateTokens(cut.text, factor),
	};
}

interface CutPart {
	readonly name: 'last user message' | 'context';
	readonly text: string;
	readonly withText: (text: string) => ChatRequest;
}

function longestPart(request: ChatRequest): CutPart {
	const { messages } = request;
	const index = messages.findLastIndex(({ role }) => role === 'user');
	const last = messages[index] ?? { role: 'user', content: '' };
	const withMessage = (message: ChatMessage): ChatRequest => ({
		...request,
		messages: messages.map((one, at) => (at === index ? message : one)),
	});
	const { content, sections } = last;
	if (sections?.context === undefined || sections.context.length <= content.length) {
		return {
			name: 'last user message',
			text: content,
			withText: (text) => withMessage({ ...last, content: text }),
		};
	}
	return {
		name: 'context',
		text: sections.context,
		withText: (context) => withMessage({ ...last, sections: { ...sections, context } }),
	};
}
