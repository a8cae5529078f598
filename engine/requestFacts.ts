import { estimateRequestTokens } from './policies/estimateTokens';
import { languageOf } from './routing/language';
import { taskOf } from './routing/decideTier';
import type { ChatRequest } from './spec/chat';
import type { RequestFacts } from './spec/facts';

/** The text that is judged: what was asked last, not what was said before it. */
export function promptOf({ messages }: ChatRequest): string {
	return messages.findLast(({ role }) => role === 'user')?.content ?? '';
}

/** The facts of a request, each worked out when it is first asked for. */
export function requestFacts(request: ChatRequest): RequestFacts {
	const prompt = promptOf(request);
	const inputTokens = once(() => estimateRequestTokens(request));
	const task = once(() => taskOf(prompt));
	const language = once(() => languageOf(prompt));
	return {
		get inputTokens() {
			return inputTokens();
		},
		get task() {
			return task();
		},
		get language() {
			return language();
		},
		hasAttachment: request.messages.some(({ attachments = [] }) => attachments.length > 0),
	};
}

function once<T>(work: () => T): () => T {
	let done: { readonly value: T } | undefined;
	return () => (done ??= { value: work() }).value;
}
