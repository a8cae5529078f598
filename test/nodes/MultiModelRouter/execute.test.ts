import type { IDataObject } from 'n8n-workflow';
import { jsonOf } from '../../support/runWorkflow';
import { FLASH, HAIKU, MINI, models, peakOf, ROUTER, underTest } from '../shared/underTest';

const host = underTest();

type Attempt = { model: string; outcome: string; status?: number };

const attemptsOf = (item: IDataObject | undefined) => item?.attempts as unknown as Attempt[];

test('gives the answer with its model, cost, usage and trail', async () => {
	const run = await host.run(ROUTER, {}, [{ prompt: 'Say hello', id: 7 }]);
	const [item] = jsonOf(run, 'Node');
	expect(Object.keys(item ?? {}).sort()).toEqual(
		[
			...['attempts', 'cache', 'costUsd', 'finishReason', 'id', 'latencyMs', 'model', 'prompt'],
			...['route', 'text', 'usage'],
		].sort(),
	);
	expect(item).toMatchObject({
		id: 7,
		text: expect.any(String),
		model: MINI,
		cache: 'miss',
		finishReason: { unified: 'stop' },
		route: { strategy: 'priority', skipped: [] },
	});
	expect(item?.costUsd).toBeGreaterThan(0);
	expect((item?.usage as IDataObject).inputTokens).toBeGreaterThan(0);
	expect(attemptsOf(item)).toMatchObject([{ model: MINI, attempt: 1, outcome: 'ok' }]);
	expect(host.sandbox.calls()).toHaveLength(1);
});

test('reads every field anew for each item', async () => {
	const run = await host.run(
		ROUTER,
		{
			providers: '={{ $json.providers }}',
			candidates: models('={{ $json.model }}'),
			systemPrompt: '={{ $json.role }}',
			output: { includeAttempts: '={{ $json.trail }}', includeInputFields: false },
		},
		[
			{ prompt: 'a', model: MINI, providers: ['openai'], role: 'x', trail: true },
			{ prompt: 'b', model: HAIKU, providers: ['anthropic'], role: 'y', trail: false },
		],
	);
	const items = jsonOf(run, 'Node');
	expect(items.map(({ model }) => model)).toEqual([MINI, HAIKU]);
	expect(items.map((item) => 'attempts' in item)).toEqual([true, false]);
	expect(items.some((item) => 'prompt' in item)).toBe(false);
});

test('asks a whole conversation, from its text or from an array', async () => {
	const conversation = [
		{ role: 'system', content: 'Answer in one word.' },
		{ role: 'user', content: 'Hello' },
		{ role: 'assistant', content: 'Hi' },
		{ role: 'user', content: 'Bye' },
	];
	const run = await host.run(
		ROUTER,
		{ inputType: 'messages', messages: '={{ $json.conversation }}' },
		[{ conversation }, { conversation: JSON.stringify(conversation) }],
	);
	expect(jsonOf(run, 'Node').map(({ model }) => model)).toEqual([MINI, MINI]);
	// The same request twice, however it was written down.
	expect(host.sandbox.calls()).toHaveLength(1);
});

test('keeps order and pairing, whatever finishes first', async () => {
	host.sandbox.setLatency({ promptIncludes: 'slow' }, 300);
	const prompts = ['slow one', 'two', 'slow three', 'four', 'five'];
	const run = await host.run(
		ROUTER,
		{ limits: { concurrency: 3 } },
		prompts.map((prompt) => ({ prompt })),
	);
	expect(jsonOf(run, 'Node').map(({ prompt }) => prompt)).toEqual(prompts);
	expect(run.items.Node?.[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
		prompts.map((_, item) => ({ item })),
	);
});

test('works on as many items at the same time as the limit says', async () => {
	host.sandbox.setLatency({}, 200);
	const items = Array.from({ length: 12 }, (_, index) => ({ prompt: `number ${index}` }));
	await host.run(ROUTER, { limits: { concurrency: 4 } }, items);
	expect(host.sandbox.calls()).toHaveLength(12);
	expect(peakOf(host.sandbox.calls())).toBe(4);
});

test('falls back to the next vendor and tells the whole way', async () => {
	const run = await host.run(
		ROUTER,
		{ candidates: models(`${MINI}--fault-503`, HAIKU), reliability: { maxRetries: 0 } },
		[{ prompt: 'hello' }],
	);
	const [item] = jsonOf(run, 'Node');
	expect(item).toMatchObject({ model: HAIKU });
	expect(attemptsOf(item)).toMatchObject([
		{ model: `${MINI}--fault-503`, outcome: 'overloaded', status: 503 },
		{ model: HAIKU, outcome: 'ok' },
	]);
	expect(item?.route).toMatchObject({ reason: expect.stringContaining('failed') });
});

test('makes one call for identical items and counts the others as joined or hit', async () => {
	const items = Array.from({ length: 30 }, () => ({ prompt: 'the same' }));
	const run = await host.run(ROUTER, { limits: { concurrency: 10 } }, items);
	const out = jsonOf(run, 'Node');
	expect(host.sandbox.calls()).toHaveLength(1);
	expect(out.filter(({ cache }) => cache === 'miss')).toHaveLength(1);
	const free = out.filter(({ cache }) => cache !== 'miss');
	for (const item of free) {
		expect(item).toMatchObject({ costUsd: 0, attempts: [], usage: {}, model: MINI });
		expect(item.finishReason).toMatchObject({ unified: 'stop' });
	}
});

test('answers from the cache in a later run of the workflow, not in another workflow', async () => {
	const items = [{ prompt: 'remember me' }];
	await host.run(ROUTER, {}, items);
	const again = await host.run(ROUTER, {}, items);
	expect(jsonOf(again, 'Node')).toMatchObject([{ cache: 'hit', costUsd: 0 }]);
	const elsewhere = await host.run(ROUTER, {}, items, { workflowId: 'another' });
	expect(jsonOf(elsewhere, 'Node')).toMatchObject([{ cache: 'miss' }]);
	const fresh = await host.run(ROUTER, { caching: { refresh: true } }, items);
	expect(jsonOf(fresh, 'Node')).toMatchObject([{ cache: 'miss' }]);
	const off = await host.run(ROUTER, { caching: { mode: 'off' } }, items);
	expect(jsonOf(off, 'Node')).toMatchObject([{ cache: 'off' }]);
});

test('a later node that changes its item does not change the stored answer', async () => {
	const items = [{ prompt: 'keep me' }];
	const first = await host.run(ROUTER, {}, items);
	const [item] = jsonOf(first, 'Node');
	const reason = item?.finishReason as IDataObject;
	reason.unified = 'changed';
	const again = await host.run(ROUTER, {}, items);
	expect(jsonOf(again, 'Node')).toMatchObject([
		{ cache: 'hit', finishReason: { unified: 'stop' } },
	]);
});

describe('JSON', () => {
	const jsonSchema = JSON.stringify({
		type: 'object',
		properties: { city: { type: 'string' } },
		required: ['city'],
		additionalProperties: false,
	});
	const asJson = { outputFormat: 'json', jsonSchema, reliability: { maxRetries: 0 } };

	test.each([MINI, HAIKU, FLASH])('of %s is parsed into data', async (model) => {
		const run = await host.run(ROUTER, { ...asJson, candidates: models(model) }, [
			{ prompt: 'Name a city as JSON' },
		]);
		expect(jsonOf(run, 'Node')).toMatchObject([{ model, data: { city: expect.any(String) } }]);
	});

	test('that was cut is a failure, and the next model is asked', async () => {
		const candidates = models(`${MINI}--fault-length`, HAIKU);
		const run = await host.run(ROUTER, { ...asJson, candidates }, [{ prompt: 'Name a city' }]);
		const [item] = jsonOf(run, 'Node');
		expect(attemptsOf(item)?.map(({ outcome }) => outcome)).toEqual(['truncated', 'ok']);
		expect(item).toMatchObject({ model: HAIKU, data: { city: expect.any(String) } });
	});
});

test('replaces fields of the same name, drops old optional ones and those that n8n misreads', async () => {
	const run = await host.run(ROUTER, { output: { includeAttempts: false } }, [
		{
			prompt: 'hello',
			text: 'old',
			data: 'old',
			warnings: 'old',
			attempts: 'old',
			error: '',
			tokenUsage: { totalTokens: 1 },
			kept: true,
		},
	]);
	const [item] = jsonOf(run, 'Node');
	expect(item?.text).not.toBe('old');
	for (const gone of ['data', 'warnings', 'attempts', 'error', 'tokenUsage']) {
		expect(item).not.toHaveProperty(gone);
	}
	expect(item?.kept).toBe(true);
	expect(run.hints.Node?.map(({ message }) => message).join()).toContain('error, tokenUsage');
});

test('adds the reply of the vendor when asked to', async () => {
	const run = await host.run(ROUTER, { output: { includeRaw: true } }, [{ prompt: 'raw' }]);
	expect(jsonOf(run, 'Node')).toMatchObject([{ raw: { object: expect.any(String) } }]);
});

test('sends the files of the item along and keeps them in the output', async () => {
	const png =
		'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
	const binary = { photo: { data: png, mimeType: 'image/png', fileName: 'dot.png' } };
	const run = await host.run(ROUTER, { attachments: 'photo' }, [], {
		pinData: { Trigger: [{ json: { prompt: 'What is this?' }, binary }] },
	});
	expect(jsonOf(run, 'Node')).toMatchObject([{ model: MINI, text: expect.any(String) }]);
	expect(run.items.Node?.[0]?.[0]?.binary).toEqual(binary);
});

test('sums the run up in one line', async () => {
	const run = await host.run(
		ROUTER,
		{ candidates: models(MINI, 'local/llama'), providers: ['openai', 'anthropic', 'local'] },
		[{ prompt: 'a' }, { prompt: 'b' }],
	);
	const messages = run.hints.Node?.map(({ message }) => message) ?? [];
	expect(messages[0]).toMatch(/^2 answers · 2 calls · \$0\.\d+ · slowest openai\/gpt-4o-mini/);
	expect(messages.slice(1)).toEqual([
		`Deprecated by the vendor, so it may stop answering: ${MINI}. Choose current models from the list.`,
	]);
});

test('shows what was paid for calls that gave no answer apart', async () => {
	host.sandbox.setFault({ model: 'gpt-4o-mini-2024-07-18' }, 'empty-answer', { times: 1 });
	const run = await host.run(ROUTER, { candidates: models(MINI), limits: { concurrency: 1 } }, [
		{ prompt: 'a', discardedCostUsd: 7 },
		{ prompt: 'b', discardedCostUsd: 7 },
	]);
	const [first, second] = jsonOf(run, 'Node');
	const attempts = first?.attempts as unknown as Array<{ outcome: string; costUsd: number }>;
	expect(attempts.map(({ outcome }) => outcome)).toEqual(['empty-answer', 'ok']);
	expect(first?.discardedCostUsd).toBe(attempts[0]?.costUsd);
	expect(first?.costUsd).toBeCloseTo((attempts[0]?.costUsd ?? 0) + (attempts[1]?.costUsd ?? 0), 12);
	expect(second).not.toHaveProperty('discardedCostUsd');
	expect(run.hints.Node?.[0]?.message).toMatch(/\(\$0\.\d+ of it for calls that gave no answer\)/);
});

test('skips a model whose vendor has no credential and warns once for the run', async () => {
	const { multiModelAnthropicApi } = host.credentials;
	const run = await host.run(
		ROUTER,
		{ candidates: models(MINI, { id: HAIKU, maxOutputTokens: 500 }) },
		[{ prompt: 'a' }, { prompt: 'b' }],
		{ credentials: { multiModelAnthropicApi } },
	);
	const skipped = [{ model: MINI, reason: 'no OpenAI credential is selected' }];
	expect(jsonOf(run, 'Node')).toMatchObject([
		{ model: HAIKU, route: { skipped } },
		{ model: HAIKU, route: { skipped } },
	]);
	expect(run.hints.Node?.slice(1, 2)).toEqual([
		expect.objectContaining({
			type: 'warning',
			message: `${MINI} was not asked: no OpenAI credential is selected`,
		}),
	]);
});

test('warns that Retry On Fail pays for all items again', async () => {
	const run = await host.run(ROUTER, {}, [{ prompt: 'a' }], {
		node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 },
	});
	expect(run.hints.Node?.map(({ message }) => message).join()).toContain('Retry On Fail is on');
	expect(host.sandbox.calls()).toHaveLength(1);
});

test('writes no key into items, hints or errors', async () => {
	const good = await host.run(ROUTER, { output: { includeRaw: true } }, [{ prompt: 'a' }]);
	const bad = await host.run(
		ROUTER,
		{ candidates: models(`${MINI}--fault-401`) },
		[{ prompt: 'b' }],
		{ node: { onError: 'continueRegularOutput' } },
	);
	expect(jsonOf(bad, 'Node')[0]?.error).toBeDefined();
	const everything = JSON.stringify([good, bad]);
	for (const { apiKey } of Object.values(host.credentials)) {
		expect(everything).not.toContain(apiKey);
	}
});
