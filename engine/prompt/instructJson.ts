import type { ChatRequest } from '../spec/chat';

const ONLY_JSON = 'Answer with one JSON document and nothing else: no prose, no code fence.';

/**
 * Says in words that JSON is wanted. Models without a JSON mode need it, and OpenAI's JSON mode
 * refuses a prompt that does not hold the word "JSON".
 */
export function instructJson(request: ChatRequest): ChatRequest {
	if (request.outputFormat === 'text') return request;
	const instruction =
		request.jsonSchema === undefined
			? ONLY_JSON
			: `${ONLY_JSON} It must fit this JSON Schema:\n${JSON.stringify(request.jsonSchema)}`;
	const [first, ...rest] = request.messages;
	const messages =
		first?.role === 'system'
			? [{ ...first, content: `${first.content}\n\n${instruction}` }, ...rest]
			: [{ role: 'system' as const, content: instruction }, ...request.messages];
	return { ...request, messages };
}
