import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { Vendor } from '../ask';
import { DEFAULT_API_KEYS } from '../keys';

/** What one vendor's simplest chat call looks like on the wire. */
export interface VendorCall {
	readonly name: string;
	readonly vendor: Vendor;
	readonly model: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly path: (model: string, stream?: boolean) => string;
	readonly body: (model: string, prompt: string, more?: object) => object;
	/** The text of a good reply. */
	readonly text: (reply: never) => string;
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const chatBody: VendorCall['body'] = (model, prompt, more) => ({
	model,
	messages: [{ role: 'user', content: prompt }],
	...more,
});
const chatText = (reply: { choices: [{ message: { content: string } }] }) =>
	reply.choices[0].message.content;

export const CALLS: readonly VendorCall[] = [
	{
		name: 'OpenAI Chat Completions',
		vendor: 'openai',
		model: 'gpt-4o-mini-2024-07-18',
		headers: bearer(DEFAULT_API_KEYS.openai[0]),
		path: () => '/openai/v1/chat/completions',
		body: chatBody,
		text: chatText,
	},
	{
		name: 'OpenAI Responses',
		vendor: 'openai',
		model: 'gpt-4o-mini-2024-07-18',
		headers: bearer(DEFAULT_API_KEYS.openai[0]),
		path: () => '/openai/v1/responses',
		body: (model, prompt, more) => ({ model, input: prompt, ...more }),
		text: (reply: { output: [{ content: [{ text: string }] }] }) => reply.output[0].content[0].text,
	},
	{
		name: 'Anthropic Messages',
		vendor: 'anthropic',
		model: 'claude-3-5-haiku-20241022',
		headers: { 'x-api-key': DEFAULT_API_KEYS.anthropic[0], 'anthropic-version': '2023-06-01' },
		path: () => '/anthropic/v1/messages',
		body: (model, prompt, more) => chatBody(model, prompt, { max_tokens: 4096, ...more }),
		text: (reply: { content: [{ text: string }] }) => reply.content[0].text,
	},
	{
		name: 'Gemini generateContent',
		vendor: 'google',
		model: 'gemini-1.5-flash',
		headers: { 'x-goog-api-key': DEFAULT_API_KEYS.google[0] },
		path: (model, stream = false) =>
			`/google/v1beta/models/${model}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
		body: (_model, prompt, more) => ({
			contents: [{ role: 'user', parts: [{ text: prompt }] }],
			...more,
		}),
		text: (reply: { candidates: [{ content: { parts: [{ text: string }] } }] }) =>
			reply.candidates[0].content.parts[0].text,
	},
	{
		name: 'an OpenAI-compatible server',
		vendor: 'compatible',
		model: 'deepseek-v3',
		headers: bearer(DEFAULT_API_KEYS.compatible[0]),
		path: () => '/compatible/v1/chat/completions',
		body: chatBody,
		text: chatText,
	},
	{
		name: 'a local server without a key',
		vendor: 'local',
		model: 'llama3.1:8b',
		headers: {},
		path: () => '/local/v1/chat/completions',
		body: chatBody,
		text: chatText,
	},
];

export function callOf(name: string): VendorCall {
	const call = CALLS.find((one) => one.name.includes(name));
	if (call === undefined) throw new Error(`No call named ${name}`);
	return call;
}

/** A reply as the wire showed it. */
export interface WireReply {
	/** 0 when no status line arrived. */
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly text: string;
	readonly json: unknown;
	/** `whole`: ended as announced; `cut`: the connection broke; `waiting`: nothing more came. */
	readonly ending: 'whole' | 'cut' | 'waiting';
	readonly tookMs: number;
}

export interface WireRequest {
	readonly method?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: object | string;
	/** Gives up after so long; the default is far above what a test should need. */
	readonly patienceMs?: number;
}

/** One HTTP request on its own connection, with nothing between the test and the bytes. */
export async function wire(url: string, options: WireRequest = {}): Promise<WireReply> {
	const { method, headers = {}, body, patienceMs = 10_000 } = options;
	const payload = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
	const startedAt = performance.now();
	return await new Promise((resolve) => {
		let status = 0;
		let replyHeaders: IncomingHttpHeaders = {};
		let text = '';
		const finish = (ending: WireReply['ending']) => {
			clearTimeout(timer);
			request.destroy();
			const tookMs = performance.now() - startedAt;
			resolve({ status, headers: replyHeaders, text, json: jsonOf(text), ending, tookMs });
		};
		const request = httpRequest(
			url,
			{
				method: method ?? (body === undefined ? 'GET' : 'POST'),
				agent: false,
				headers: {
					...(body === undefined
						? {}
						: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
					...headers,
				},
			},
			(response) => {
				status = response.statusCode ?? 0;
				replyHeaders = response.headers;
				response.setEncoding('utf8');
				response.on('data', (chunk: string) => (text += chunk));
				response.on('end', () => finish('whole'));
				response.on('error', () => finish('cut'));
			},
		);
		const timer = setTimeout(() => finish('waiting'), patienceMs);
		request.on('error', () => finish('cut'));
		request.end(payload);
	});
}

/** One chat call in a vendor's own words. */
export async function chat(
	baseUrl: string,
	call: VendorCall,
	prompt: string,
	options: { readonly model?: string; readonly more?: object } & Omit<WireRequest, 'body'> = {},
): Promise<WireReply> {
	const { model = call.model, more, ...rest } = options;
	return await wire(`${baseUrl}${call.path(model)}`, {
		headers: call.headers,
		...rest,
		body: call.body(model, prompt, more),
	});
}

export function textOf(call: VendorCall, reply: WireReply): string {
	return call.text(reply.json as never);
}

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
