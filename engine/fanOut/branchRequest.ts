import type { ChatMessage, ChatRequest } from '../spec/chat';

/** What a branch is asked differently from the others. */
export interface OwnWords {
	/** In the place of the last user message; its files stay. */
	readonly prompt?: string;
	/** A role or point of view, added to the system prompt. */
	readonly perspective?: string;
}

/** The request of the item as one branch is asked it. */
export function branchRequest(
	request: ChatRequest,
	{ prompt, perspective }: OwnWords,
): ChatRequest {
	if (prompt === undefined && perspective === undefined) return request;
	const asked = prompt === undefined ? request.messages : withPrompt(request.messages, prompt);
	const messages = perspective === undefined ? asked : withPerspective(asked, perspective);
	return { ...request, messages };
}

function withPrompt(messages: readonly ChatMessage[], prompt: string): readonly ChatMessage[] {
	const last = messages.findLastIndex(({ role }) => role === 'user');
	return messages.map((message, index) =>
		index === last ? { ...message, content: prompt } : message,
	);
}

/** One system message, since not every vendor takes two. */
function withPerspective(
	messages: readonly ChatMessage[],
	perspective: string,
): readonly ChatMessage[] {
	const last = messages.findLastIndex(({ role }) => role === 'system');
	if (last === -1) return [{ role: 'system', content: perspective }, ...messages];
	return messages.map((message, index) =>
		index === last ? { ...message, content: `${message.content}\n\n${perspective}` } : message,
	);
}
