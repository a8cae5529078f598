import { createHash } from 'node:crypto';
import { DEFAULT_API_KEYS, startSandbox, type CallRecord, type Sandbox } from './index';
import { CALLS, callOf, chat, wire } from './support/clients';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const openai = callOf('Chat Completions');

test('holds one record for each call, with all that tests compare', async () => {
	const before = Date.now();
	await chat(sandbox.url, openai, 'Hello');
	await chat(sandbox.url, callOf('Anthropic'), 'Hello', { more: { stream: true } });
	const [first, second] = sandbox.calls();
	const key = DEFAULT_API_KEYS.openai[0];
	expect(first).toEqual({
		seq: 1,
		vendor: 'openai',
		endpoint: 'chat.completions',
		model: 'gpt-4o-mini-2024-07-18',
		startedAtMs: expect.any(Number),
		endedAtMs: expect.any(Number),
		status: 200,
		aborted: false,
		keyFingerprint: createHash('sha256').update(key).digest('hex').slice(0, 12),
		promptDigest: expect.stringMatching(/^[0-9a-f]{16}$/),
		stream: false,
	});
	expect(second).toMatchObject({ seq: 2, vendor: 'anthropic', endpoint: 'messages', stream: true });
	expect(first?.startedAtMs).toBeGreaterThanOrEqual(before);
	expect(first?.endedAtMs).toBeGreaterThanOrEqual(first?.startedAtMs ?? Infinity);
	expect(JSON.stringify(sandbox.calls())).not.toContain(key);
});

test('the same prompt has the same digest in every dialect', async () => {
	for (const call of CALLS) await chat(sandbox.url, call, 'One and the same prompt');
	await chat(sandbox.url, openai, 'Another prompt');
	const digests = sandbox.calls().map(({ promptDigest }) => promptDigest);
	expect(new Set(digests.slice(0, CALLS.length)).size).toBe(1);
	expect(digests.at(-1)).not.toBe(digests[0]);
});

test('holds refused calls, wrong paths and lists too', async () => {
	await chat(sandbox.url, openai, 'Hello', { headers: {} });
	await chat(sandbox.url, openai, 'Hello', { model: 'nothing' });
	await wire(`${sandbox.url}/openai/v1/embeddings`, { headers: openai.headers, body: {} });
	await wire(`${sandbox.url}/openai/v1/models`, { headers: openai.headers });
	await wire(`${sandbox.url}${openai.path('')}`, { headers: openai.headers, body: '{' });
	expect(sandbox.calls().map(({ endpoint, status, model }) => [endpoint, status, model])).toEqual([
		['chat.completions', 401, 'gpt-4o-mini-2024-07-18'],
		['chat.completions', 404, 'nothing'],
		['unknown', 404, undefined],
		['models', 200, undefined],
		['chat.completions', 400, undefined],
	]);
});

test('holds a call that the client gave up, once, as aborted', async () => {
	sandbox.setLatency({}, 10_000);
	const controller = new AbortController();
	const call = fetch(`${sandbox.url}${openai.path('')}`, {
		method: 'POST',
		headers: openai.headers,
		body: JSON.stringify(openai.body(openai.model, 'Hello')),
		signal: controller.signal,
	});
	await until((calls) => calls.length === 1);
	expect(sandbox.calls()[0]).toMatchObject({ status: 'open', aborted: false });
	expect(sandbox.calls()[0]).not.toHaveProperty('endedAtMs');
	const abortedAt = Date.now();
	controller.abort();
	await expect(call).rejects.toThrow();
	await until(([first]) => first?.endedAtMs !== undefined);
	expect(sandbox.calls()).toEqual([
		expect.objectContaining({ status: 'none', aborted: true, model: openai.model }),
	]);
	expect((sandbox.calls()[0]?.endedAtMs ?? 0) - abortedAt).toBeLessThan(100);
});

test('holds a call whose body never came whole', async () => {
	const reply = await wire(`${sandbox.url}${openai.path('')}`, {
		method: 'POST',
		headers: { ...openai.headers, 'content-length': '500', 'content-type': 'application/json' },
		body: '{"model": "gpt-4o"',
		patienceMs: 80,
	});
	expect(reply.ending).toBe('waiting');
	await until(([first]) => first?.endedAtMs !== undefined);
	expect(sandbox.calls()).toEqual([
		expect.objectContaining({ status: 'none', aborted: true, endpoint: 'chat.completions' }),
	]);
});

test('a client that goes away while a large answer is on its way is noted', async () => {
	sandbox.setFault({}, 'slow-drip');
	await chat(sandbox.url, openai, 'Hello', { patienceMs: 250 });
	await until(([first]) => first?.endedAtMs !== undefined);
	expect(sandbox.calls()).toEqual([expect.objectContaining({ status: 200, aborted: true })]);
});

test('whoever has the answer also finds the call ended', async () => {
	for (let round = 0; round < 50; round++) {
		await chat(sandbox.url, openai, `Hello ${round}`);
		expect(sandbox.calls()[round]).toMatchObject({ status: 200, endedAtMs: expect.any(Number) });
	}
});

test('concurrent calls are numbered in the order in which they came and overlap', async () => {
	sandbox.setLatency({}, 100);
	await Promise.all(CALLS.map(async (call) => await chat(sandbox.url, call, 'Hello')));
	const calls = sandbox.calls();
	expect(calls.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
	const lastStart = Math.max(...calls.map(({ startedAtMs }) => startedAtMs));
	const firstEnd = Math.min(...calls.map(({ endedAtMs }) => endedAtMs ?? 0));
	expect(lastStart).toBeLessThan(firstEnd);
});

test('clearing starts a new log; what was read before stays as it was', async () => {
	await chat(sandbox.url, openai, 'Hello');
	const before = sandbox.calls();
	sandbox.clearCalls();
	await chat(sandbox.url, openai, 'Hello again');
	expect(before).toHaveLength(1);
	expect(sandbox.calls().map(({ seq }) => seq)).toEqual([1]);
	expect(sandbox.calls()[0]?.promptDigest).not.toBe(before[0]?.promptDigest);
});

async function until(isSo: (calls: readonly CallRecord[]) => boolean): Promise<void> {
	for (let turn = 0; turn < 500 && !isSo(sandbox.calls()); turn++) {
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
	expect(isSo(sandbox.calls())).toBe(true);
}
