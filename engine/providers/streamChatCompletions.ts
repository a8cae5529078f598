import { member, type JsonObject, type JsonValue } from '../spec/json';
import { elements, isText, present, type StreamDialect } from './streamDialect';

/**
 * Chat Completions, of OpenAI and of all who speak it. The usage comes in a chunk of its own after
 * the last word, and only when asked for.
 * Source: platform.openai.com/docs/api-reference/chat-streaming, read 2026-11-24.
 */
export const chatCompletionsStream: StreamDialect = {
	// A builder's own `stream_options` go before: some servers refuse the field, null leaves it out.
	ask: ({ url, body }) => {
		const { stream_options: options = { include_usage: true }, ...rest } = body;
		return {
			url,
			body: { ...rest, stream: true, ...(options === null ? {} : { stream_options: options }) },
		};
	},
	read: () => {
		let head: JsonObject = {};
		const grown = new Map([['content', '']]);
		let finishReason: string | undefined;
		return {
			take: (data) => {
				const { choices, ...rest } = present(data);
				head = { ...head, ...rest };
				// With several choices asked for, the first is the answer, as without a stream.
				const choice = elements(choices).find((one) => (member(one, 'index') ?? 0) === 0);
				const reason = member(choice, 'finish_reason');
				if (isText(reason)) finishReason = reason;
				const { role: _, content, ...others } = present(member(choice, 'delta'));
				const piece = textOf(content);
				// Refusal and reasoning grow beside the content; neither is text of the answer.
				for (const [key, value] of Object.entries({ ...others, content: piece })) {
					if (typeof value === 'string') grown.set(key, (grown.get(key) ?? '') + value);
				}
				return piece;
			},
			reply: () => {
				if (finishReason === undefined) return undefined;
				const message = { role: 'assistant', ...Object.fromEntries(grown) };
				const choice = { index: 0, message, finish_reason: finishReason };
				return { ...head, object: 'chat.completion', choices: [choice] };
			},
		};
	},
};

/** Text, or (Mistral) parts of which only those of type `text` are the answer. */
function textOf(content: JsonValue | undefined): string {
	if (typeof content === 'string') return content;
	return elements(content)
		.map((part) => (member(part, 'type') === 'text' ? member(part, 'text') : ''))
		.filter(isText)
		.join('');
}
