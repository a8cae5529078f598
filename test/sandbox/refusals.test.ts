import { startSandbox, type Sandbox } from './index';
import { CALLS, callOf, chat, wire } from './support/clients';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

describe.each(CALLS)('$name', (call) => {
	const statusOf = (json: unknown) => (json as { error: { message: string } }).error.message;

	test('does not know a model that is not in its list', async () => {
		const reply = await chat(sandbox.url, call, 'Hello', { model: 'gpt-none' });
		expect(reply.status).toBe(404);
		expect(statusOf(reply.json)).toContain('gpt-none');
	});

	test('does not chat with a model that is for something else', async () => {
		const others: Readonly<Record<string, string>> = {
			openai: 'text-embedding-3-small',
			google: 'gemini-embedding-001',
			compatible: 'bge-m3',
			local: 'nomic-embed-text:latest',
		};
		const model = others[call.vendor];
		if (model === undefined) return;
		expect((await chat(sandbox.url, call, 'Hello', { model })).status).toBe(404);
	});

	test('refuses a body that is not JSON', async () => {
		const reply = await wire(`${sandbox.url}${call.path(call.model)}`, {
			headers: call.headers,
			body: '{"model": ',
		});
		expect(reply.status).toBe(400);
		expect(reply.json).toHaveProperty('error');
	});

	test('has no other paths', async () => {
		const reply = await wire(`${sandbox.url}/${call.vendor}/v1/nowhere`, {
			headers: call.headers,
			body: {},
		});
		expect(reply.status).toBe(404);
		expect(reply.json).toHaveProperty('error');
	});

	test('says when the prompt does not fit the context window', async () => {
		const small: Readonly<Record<string, string>> = { openai: 'gpt-3.5-turbo' };
		const model = small[call.vendor] ?? call.model;
		const windowTokens = { 'gpt-3.5-turbo': 16_385, 'claude-3-5-haiku-20241022': 200_000 }[model];
		const long = 'word '.repeat(Math.ceil(((windowTokens ?? 1_000_000) * 4) / 5) + 100);
		const reply = await chat(sandbox.url, call, long, { model });
		expect(reply.status).toBe(400);
		expect(statusOf(reply.json)).toMatch(
			/maximum context length is \d+ tokens|prompt is too long: \d+ tokens > 200000|token count \(\d+\) exceeds/,
		);
	});
});

test('a body above the limit is refused with 413', async () => {
	const call = callOf('Anthropic');
	const reply = await chat(sandbox.url, call, 'x'.repeat(33 * 1024 * 1024));
	expect(reply.status).toBe(413);
	expect(reply.json).toMatchObject({ error: { type: 'request_too_large' } });
});

test('a path of no vendor is not a call', async () => {
	sandbox.clearCalls();
	expect((await wire(`${sandbox.url}/elsewhere/v1/models`)).status).toBe(404);
	expect(sandbox.calls()).toEqual([]);
});
