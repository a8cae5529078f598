import { member, type JsonObject } from '../spec/json';
import { isObject, isText, type StreamDialect } from './streamDialect';

/**
 * OpenAI Responses: the last event holds the whole reply. A refusal has events of its own and is
 * never shown as if it were the answer.
 * Source: platform.openai.com/docs/api-reference/responses-streaming, read 2026-11-24.
 */
export const responsesStream: StreamDialect = {
	ask: ({ url, body }) => ({ url, body: { ...body, stream: true } }),
	read: () => {
		let whole: JsonObject | undefined;
		return {
			take: (data) => {
				switch (member(data, 'type')) {
					case 'response.output_text.delta': {
						const piece = member(data, 'delta');
						return isText(piece) ? piece : '';
					}
					case 'response.completed':
					case 'response.incomplete': {
						const response = member(data, 'response');
						if (isObject(response)) whole = response;
						return '';
					}
					default:
						return '';
				}
			},
			reply: () => whole,
		};
	},
};
