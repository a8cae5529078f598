import { recordedQuestions, startSandbox, type Sandbox } from './index';
import { callOf, chat, wire } from './support/clients';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const control = async (method: string, name: string, body?: object | string) =>
	await wire(`${sandbox.url}/__sandbox/${name}`, {
		method,
		...(body === undefined ? {} : { body }),
	});
const openai = callOf('Chat Completions');
const status = async () => (await chat(sandbox.url, openai, 'Hello')).status;

test('says that it is there', async () => {
	expect((await control('GET', 'health')).json).toEqual({ ok: true });
});

test('shows and clears the calls, and is none itself', async () => {
	await status();
	expect((await control('GET', 'calls')).json).toEqual({ calls: sandbox.calls() });
	expect(sandbox.calls()).toHaveLength(1);
	expect((await control('DELETE', 'calls')).status).toBe(200);
	expect((await control('GET', 'calls')).json).toEqual({ calls: [] });
});

test('sets and clears faults', async () => {
	await control('POST', 'faults', { match: { vendor: 'openai' }, fault: '503', times: 1 });
	expect([await status(), await status()]).toEqual([503, 200]);
	await control('POST', 'faults', { fault: '500' });
	expect(await status()).toBe(500);
	await control('DELETE', 'faults');
	expect(await status()).toBe(200);
});

test('sets and clears latencies', async () => {
	const distribution = { p50: 100, p95: 101 };
	await control('POST', 'latency', { match: { vendor: 'openai' }, distribution });
	expect((await chat(sandbox.url, openai, 'Hello')).tookMs).toBeGreaterThan(90);
	await control('DELETE', 'latency');
	expect((await chat(sandbox.url, openai, 'Hello')).tookMs).toBeLessThan(90);
});

test('resets everything at once', async () => {
	await control('POST', 'faults', { fault: '500' });
	await control('POST', 'latency', { distribution: 5_000 });
	await control('POST', 'reset');
	const reply = await chat(sandbox.url, openai, 'Hello');
	expect([reply.status, sandbox.calls().length]).toEqual([200, 1]);
});

test('hands out the recorded questions', async () => {
	const reply = await control('GET', 'questions?kind=choice');
	expect(reply.json).toEqual({ questions: recordedQuestions('choice') });
	expect((await control('GET', 'questions')).json).toEqual({
		error: '"kind" must be one of numeric, choice',
	});
});

test.each([
	['a fault that does not exist', 'faults', { fault: 'flood' }, /"flood" is not a fault/],
	[
		'an unknown part of a match',
		'faults',
		{ fault: '500', match: { modle: 'x' } },
		/"match\.modle" is unknown/,
	],
	[
		'an unknown vendor',
		'faults',
		{ fault: '500', match: { vendor: 'acme' } },
		/"match\.vendor" must be one of/,
	],
	[
		'a count below 1',
		'faults',
		{ fault: '500', times: 0 },
		/"times" must be a whole number from 1, got 0/,
	],
	['a latency that is none', 'latency', { distribution: 'slow' }, /got "slow"/],
	['a body that is not JSON', 'faults', '{', /must be a JSON object/],
] as const)('refuses %s with a sentence', async (_title, name, body, says) => {
	const reply = await control('POST', name, body);
	expect(reply.status).toBe(400);
	expect((reply.json as { error: string }).error).toMatch(says);
	expect(await status()).toBe(200);
});

test('lists the controls where it has no such one', async () => {
	const reply = await control('GET', 'nothing');
	expect([reply.status, reply.text]).toEqual([404, expect.stringContaining('POST faults')]);
});
