import type { ChatMessage, ChatRequest } from '../spec/chat';
import { renderSectionsSteps } from './sections';
import { atOnce, type Steps } from './steps';

/**
 * The request with its sections written out in the form that suits a candidate (`openai/gpt-…`).
 * The role stands first in the system prompt.
 */
export function* renderRequestSteps(request: ChatRequest, candidateId: string): Steps<ChatRequest> {
	if (request.messages.every(({ sections }) => sections === undefined)) return request;
	const roles: string[] = [];
	const messages: ChatMessage[] = [];
	for (const { sections, ...message } of request.messages) {
		if (sections === undefined) {
			messages.push(message);
			continue;
		}
		const { system, user } = yield* renderSectionsSteps(message.content, sections, candidateId);
		if (system !== undefined) roles.push(system);
		messages.push({ ...message, content: user });
	}
	return { ...request, messages: withRoles(messages, roles) };
}

function withRoles(messages: readonly ChatMessage[], roles: readonly string[]): ChatMessage[] {
	const [first, ...rest] = messages;
	if (roles.length === 0 || first === undefined) return [...messages];
	if (first.role !== 'system') {
		return [{ role: 'system', content: roles.join('\n\n') }, ...messages];
	}
	return [{ ...first, content: [...roles, first.content].join('\n\n') }, ...rest];
}

/** A request as plain messages, for those who read it as text. */
export function plainMessages(request: ChatRequest): readonly ChatMessage[] {
	return atOnce(renderRequestSteps(request, '')).messages;
}
