import type { IDataObject } from 'n8n-workflow';
import { jsonOf } from '../../support/runWorkflow';
import { FAN_OUT, FLASH, HAIKU, MINI, models, peakOf, underTest } from '../shared/underTest';

const host = underTest();

const THREE = { candidates: models(MINI, { id: HAIKU, maxOutputTokens: 500 }, FLASH) };

const answersOf = (item: IDataObject | undefined) => (item?.answers ?? []) as IDataObject[];

test('asks all models at the same time and keeps their order', async () => {
	host.sandbox.setLatency({}, 300);
	host.sandbox.setLatency({ vendor: 'openai' }, 500);
	const run = await host.run(FAN_OUT, THREE, [{ prompt: 'hello', id: 1 }]);
	expect(peakOf(host.sandbox.calls())).toBe(3);
	const [item] = jsonOf(run, 'Node');
	expect(answersOf(item).map(({ model }) => model)).toEqual([MINI, HAIKU, FLASH]);
	expect(item).toMatchObject({ id: 1, succeeded: 3, failed: 0 });
	expect(item?.costUsd).toBeCloseTo(
		answersOf(item).reduce((sum, { costUsd }) => sum + Number(costUsd), 0),
		12,
	);
});

test('gives each answer with everything that is known of it', async () => {
	const run = await host.run(FAN_OUT, { candidates: models({ id: MINI, label: 'Quick' }, HAIKU) }, [
		{ prompt: 'hello' },
	]);
	const [first, second] = answersOf(jsonOf(run, 'Node')[0]);
	expect(first).toEqual({
		label: 'Quick',
		alias: expect.stringMatching(/^[AB]$/),
		model: MINI,
		text: expect.any(String),
		usage: expect.objectContaining({ inputTokens: expect.any(Number) }),
		finishReason: expect.objectContaining({ unified: 'stop' }),
		status: 'ok',
		costUsd: expect.any(Number),
		latencyMs: expect.any(Number),
		cache: 'miss',
		attempts: [expect.objectContaining({ outcome: 'ok' })],
	});
	expect(second).toMatchObject({ label: HAIKU });
	expect(new Set([first?.alias, second?.alias])).toEqual(new Set(['A', 'B']));
});

test('a model that fails takes nobody with it', async () => {
	const run = await host.run(
		FAN_OUT,
		{ candidates: models(`${MINI}--fault-500`, HAIKU), reliability: { maxRetries: 0 } },
		[{ prompt: 'hello' }],
	);
	const [item] = jsonOf(run, 'Node');
	expect(item).toMatchObject({ succeeded: 1, failed: 1 });
	const [failed, ok] = answersOf(item);
	expect(failed).toMatchObject({
		model: `${MINI}--fault-500`,
		status: 'failed',
		failure: { kind: 'server', message: expect.any(String) },
		attempts: [{ outcome: 'server', status: 500 }],
	});
	expect(failed).not.toHaveProperty('text');
	expect(ok).toMatchObject({ model: HAIKU, status: 'ok' });
	expect(run.hints.Node?.[0]?.message).toContain('1 failed');
});

test('keeps the place of a model without a credential', async () => {
	const { multiModelOpenAiApi } = host.credentials;
	const run = await host.run(FAN_OUT, { candidates: models(HAIKU, MINI) }, [{ prompt: 'hi' }], {
		credentials: { multiModelOpenAiApi },
	});
	expect(answersOf(jsonOf(run, 'Node')[0])).toMatchObject([
		{ model: HAIKU, status: 'skipped', costUsd: 0, attempts: [] },
		{ model: MINI, status: 'ok' },
	]);
	expect(run.hints.Node?.[0]?.message).not.toContain('failed');
	expect(run.hints.Node?.[1]?.message).toBe(
		`${HAIKU} was not asked: no Anthropic credential is selected`,
	);
});

test('fails the item when fewer than the minimum answer', async () => {
	const run = await host.run(
		FAN_OUT,
		{
			candidates: models(`${MINI}--fault-500`, HAIKU),
			minAnswers: 2,
			reliability: { maxRetries: 0 },
		},
		[{ prompt: 'hello' }],
		{ node: { onError: 'continueRegularOutput' } },
	);
	expect(jsonOf(run, 'Node')).toMatchObject([
		{
			error: expect.stringContaining('1 of 2 branches answered'),
			details: { code: 'ALL_CANDIDATES_FAILED', attempts: [{}, {}] },
		},
	]);
});

test('refuses a minimum that cannot be reached before any call', async () => {
	const run = await host.run(FAN_OUT, { ...THREE, minAnswers: 4 }, [{ prompt: 'hello' }]);
	expect(run.error?.message).toBe(
		'Minimum Answers must be at most the number of models that can be asked, which is 3, got 4',
	);
	const none = await host.run(FAN_OUT, { ...THREE, minAnswers: 0 }, [{ prompt: 'hello' }]);
	expect(none.error?.message).toBe('Minimum Answers must be at least 1, got 0');
	expect(host.sandbox.calls()).toHaveLength(0);
});

describe('one item per answer', () => {
	const perAnswer = { ...THREE, outputMode: 'perAnswer' };

	test('puts each answer into an item of its own and groups them by input', async () => {
		const run = await host.run(FAN_OUT, perAnswer, [
			{ prompt: 'a', id: 1 },
			{ prompt: 'b', id: 2 },
		]);
		const items = run.items.Node?.[0] ?? [];
		expect(items.map(({ json }) => [json.id, json.model])).toEqual(
			[1, 2].flatMap((id) => [MINI, HAIKU, FLASH].map((model) => [id, model])),
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 0, 1, 1, 1].map((item) => ({ item })),
		);
		const groups = items.map(({ json }) => json.groupId);
		expect(new Set(groups).size).toBe(2);
		expect(groups.slice(0, 3)).toEqual([groups[0], groups[0], groups[0]]);
	});

	test('a failed model keeps no answer of the input as its own', async () => {
		const run = await host.run(
			FAN_OUT,
			{
				candidates: models(`${MINI}--fault-500`, HAIKU),
				outputMode: 'perAnswer',
				reliability: { maxRetries: 0 },
			},
			[{ prompt: 'hello', text: 'old', finishReason: 'old' }],
		);
		const [failed, ok] = jsonOf(run, 'Node');
		expect(failed).toMatchObject({ status: 'failed', failure: { kind: 'server' } });
		expect(failed).not.toHaveProperty('text');
		expect(failed).not.toHaveProperty('finishReason');
		expect(ok?.text).not.toBe('old');
	});
});

test('leaves out trail and input fields when told to', async () => {
	const run = await host.run(
		FAN_OUT,
		{ ...THREE, output: { includeAttempts: false, includeInputFields: false, includeRaw: true } },
		[{ prompt: 'hello' }],
	);
	const [item] = jsonOf(run, 'Node');
	expect(Object.keys(item ?? {}).sort()).toEqual([
		'answers',
		'costUsd',
		'failed',
		'latencyMs',
		'succeeded',
	]);
	for (const answer of answersOf(item)) {
		expect(answer).not.toHaveProperty('attempts');
		expect(answer).toHaveProperty('raw');
	}
});

test('answers the same question from the cache, free of charge', async () => {
	await host.run(FAN_OUT, THREE, [{ prompt: 'hello' }]);
	const again = await host.run(FAN_OUT, THREE, [{ prompt: 'hello' }]);
	const [item] = jsonOf(again, 'Node');
	expect(item).toMatchObject({ costUsd: 0 });
	expect(answersOf(item)).toMatchObject([
		{ cache: 'hit', costUsd: 0, attempts: [], usage: {} },
		{ cache: 'hit', costUsd: 0, attempts: [], usage: {} },
		{ cache: 'hit', costUsd: 0, attempts: [], usage: {} },
	]);
	expect(host.sandbox.calls()).toHaveLength(3);
	expect(again.hints.Node?.[0]?.message).toContain('3 from the cache');
});

test('checks all items before the first call', async () => {
	const run = await host.run(FAN_OUT, THREE, [{ prompt: 'fine' }, { prompt: ' ' }]);
	expect(run.error?.message).toContain('Prompt is empty');
	expect(host.sandbox.calls()).toHaveLength(0);
});

test('refuses a label that is no text', async () => {
	const run = await host.run(FAN_OUT, { candidates: models({ id: MINI, label: '={{ 7 }}' }) }, [
		{ prompt: 'hello' },
	]);
	expect(run.error?.message).toBe('Model 1 > Settings: Label must be text, got 7');
});
