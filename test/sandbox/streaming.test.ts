import { startSandbox, type Sandbox } from './index';
import { callOf, wire, type VendorCall } from './support/clients';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

interface Frame {
	readonly event: string | undefined;
	readonly data: Readonly<Record<string, unknown>>;
}

const PROMPT = 'Write three sentences about the sea.';

async function stream(call: VendorCall, model = call.model, more: object = {}): Promise<string> {
	const body = call.vendor === 'google' ? more : { stream: true, ...more };
	const reply = await wire(`${sandbox.url}${call.path(model, true)}`, {
		headers: call.headers,
		body: call.body(model, PROMPT, body),
	});
	expect([reply.status, reply.ending]).toEqual([200, 'whole']);
	expect(reply.headers['content-type']).toBe('text/event-stream; charset=utf-8');
	return reply.text;
}

function frames(text: string): readonly Frame[] {
	return text
		.split('\n\n')
		.filter((frame) => frame !== '' && frame !== 'data: [DONE]')
		.map((frame) => {
			const [, event, data] = /^(?:event: (.+)\n)?data: (.+)$/.exec(frame) ?? [];
			return { event, data: JSON.parse(data ?? '') as Frame['data'] };
		});
}

async function wholeText(call: VendorCall): Promise<string> {
	const reply = await wire(`${sandbox.url}${call.path(call.model)}`, {
		headers: call.headers,
		body: call.body(call.model, PROMPT),
	});
	return call.text(reply.json as never);
}

describe('Chat Completions', () => {
	const call = callOf('Chat Completions');

	test('opens with the role, sends the text in pieces and ends with the reason and [DONE]', async () => {
		const text = await stream(call);
		const chunks = frames(text).map(({ data }) => data) as unknown as {
			object: string;
			choices: [{ delta: { role?: string; content?: string }; finish_reason: string | null }];
		}[];
		expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
		expect(new Set(chunks.map(({ object }) => object))).toEqual(new Set(['chat.completion.chunk']));
		expect(chunks[0]?.choices[0].delta).toEqual({ role: 'assistant', content: '', refusal: null });
		expect(chunks.map(({ choices }) => choices[0].delta.content ?? '').join('')).toBe(
			await wholeText(call),
		);
		expect(chunks.at(-1)?.choices[0]).toMatchObject({ delta: {}, finish_reason: 'stop' });
		expect(chunks.every((chunk) => !('usage' in chunk))).toBe(true);
	});

	test('adds a last chunk with the usage and no choice when it is asked for', async () => {
		const chunks = frames(
			await stream(call, call.model, { stream_options: { include_usage: true } }),
		);
		expect(chunks.at(-1)?.data).toMatchObject({
			choices: [],
			usage: { prompt_tokens: expect.any(Number), completion_tokens: expect.any(Number) },
		});
		expect(chunks.slice(0, -1).every(({ data }) => data.usage === null)).toBe(true);
	});
});

describe('Responses', () => {
	const call = callOf('Responses');

	test('numbers its events and names each in its event line', async () => {
		const list = frames(await stream(call, 'gpt-5-mini'));
		expect(list.map(({ data }) => data.sequence_number)).toEqual(list.map((_, index) => index));
		expect(list.every(({ event, data }) => event === data.type)).toBe(true);
		const names = list.map(({ event }) => event).filter((name, at, all) => name !== all[at - 1]);
		expect(names).toEqual([
			'response.created',
			'response.in_progress',
			'response.output_item.added',
			'response.output_item.done',
			'response.output_item.added',
			'response.content_part.added',
			'response.output_text.delta',
			'response.output_text.done',
			'response.content_part.done',
			'response.output_item.done',
			'response.completed',
		]);
		expect(list.at(-1)?.data.response).toMatchObject({
			status: 'completed',
			usage: { output_tokens_details: { reasoning_tokens: 320 } },
			output: [{ type: 'reasoning' }, { type: 'message' }],
		});
	});

	test('ends incomplete at the limit and with a refusal event on a refusal', async () => {
		const cut = frames(await stream(call, call.model, { max_output_tokens: 16 }));
		expect(cut.at(-1)).toMatchObject({
			event: 'response.incomplete',
			data: { response: { incomplete_details: { reason: 'max_output_tokens' } } },
		});
		const refused = frames(await stream(call, `${call.model}--fault-refusal`));
		expect(refused.map(({ event }) => event)).toContain('response.refusal.done');
	});
});

describe('Anthropic', () => {
	const call = callOf('Anthropic');

	test('starts the message, its blocks and their pieces, and tells the ending in a delta', async () => {
		const list = frames(
			await stream(call, 'claude-haiku-4-5', {
				max_tokens: 4000,
				thinking: { type: 'enabled', budget_tokens: 1024 },
			}),
		);
		expect(list.every(({ event, data }) => event === data.type)).toBe(true);
		const names = list.map(({ event }) => event).filter((name, at, all) => name !== all[at - 1]);
		expect(names).toEqual([
			'message_start',
			'ping',
			'content_block_start',
			'content_block_delta',
			'content_block_stop',
			'content_block_start',
			'content_block_delta',
			'content_block_stop',
			'message_delta',
			'message_stop',
		]);
		const types = list.flatMap(({ data }) => (data.delta as { type?: string })?.type ?? []);
		expect([...new Set(types)]).toEqual(['thinking_delta', 'signature_delta', 'text_delta']);
		expect(list.at(-2)?.data).toMatchObject({
			delta: { stop_reason: 'end_turn', stop_sequence: null },
			usage: { output_tokens: expect.any(Number) },
		});
	});

	test('sends the same text as without a stream', async () => {
		const deltas = frames(await stream(call)).map(({ data }) => data.delta as { text?: string });
		expect(deltas.map((delta) => delta?.text ?? '').join('')).toBe(await wholeText(call));
	});
});

describe('Gemini', () => {
	const call = callOf('Gemini');

	test('sends parts of one candidate, the last with the reason, each with the usage', async () => {
		const chunks = frames(await stream(call)).map(({ data }) => data) as unknown as {
			candidates: [{ content: { parts: [{ text: string }] }; finishReason?: string }];
			usageMetadata: object;
		}[];
		expect(chunks.length).toBeGreaterThan(3);
		expect(chunks.map(({ candidates }) => candidates[0].content.parts[0].text).join('')).toBe(
			await wholeText(call),
		);
		const reasons = chunks.map(({ candidates }) => candidates[0].finishReason);
		expect(reasons.filter((reason) => reason !== undefined)).toEqual(['STOP']);
		expect(reasons.at(-1)).toBe('STOP');
		expect(chunks.every(({ usageMetadata }) => typeof usageMetadata === 'object')).toBe(true);
	});

	test('streams one JSON array without alt=sse', async () => {
		const path = call.path(call.model, true).replace('?alt=sse', '');
		const reply = await wire(`${sandbox.url}${path}`, {
			headers: call.headers,
			body: call.body(call.model, PROMPT),
		});
		expect(reply.headers['content-type']).toBe('application/json');
		expect((reply.json as unknown[]).length).toBeGreaterThan(3);
	});
});
