import type { ChatRequest } from '../spec/chat';
import type { JsonMode } from '../spec/provider';

const ONLY_JSON = 'Answer with one JSON document and nothing else: no prose, no code fence.';

/** The request as a vendor is sent it: what its own JSON mode is told, and what the prompt says. */
export function inJsonMode(request: ChatRequest, { native, inWords }: JsonMode): ChatRequest {
	const said = inWords ? instructJson(request) : request;
	if (request.outputFormat === 'text' || native === 'schema') return said;
	const { jsonSchema: _, ...rest } = said;
	return native === 'json' ? rest : { ...rest, outputFormat: 'text' };
}

/** Says in words that JSON is wanted, with its schema, behind the system prompt. */
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
