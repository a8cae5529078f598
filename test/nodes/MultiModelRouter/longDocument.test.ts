import '../../support/timed';
import { setTimeout as delay } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import { jsonOf } from '../../support/runWorkflow';
import { HAIKU, MINI, models, peakOf, ROUTER, underTest } from '../shared/underTest';

const host = underTest();

/** Ten chapters of 250 tokens, about. */
const DOCUMENT = Array.from(
	{ length: 10 },
	(_, part) => `Chapter ${part + 1}. ${'It tells what happened on that day. '.repeat(30)}`,
).join('\n\n');
const IN_PARTS = {
	longDocument: 'mapReduce',
	documentText: DOCUMENT,
	mapReduce: { chunkTokens: 270, overlapTokens: 0 },
};

type Attempt = { model: string; outcome: string; purpose?: string; costUsd?: number };
const attemptsOf = (item: IDataObject | undefined) =>
	(item?.attempts ?? []) as unknown as Attempt[];

test('asks over ten parts and once to put them together: calls and cost add up', async () => {
	const run = await host.run(ROUTER, IN_PARTS, [{ prompt: 'What happened?' }]);
	const [item] = jsonOf(run, 'Node');
	const attempts = attemptsOf(item);
	expect(attempts.filter(({ purpose }) => purpose === 'part')).toHaveLength(10);
	const combining = attempts.filter(({ purpose }) => purpose === 'combine');
	expect(combining.length).toBeGreaterThan(0);
	expect(attempts).toHaveLength(host.sandbox.calls().length);
	const sum = attempts.reduce((total, { costUsd = NaN }) => total + costUsd, 0);
	expect(item?.costUsd).toBeCloseTo(sum, 12);
	expect(item).toMatchObject({
		model: MINI,
		text: expect.any(String),
		route: { strategy: 'priority', reason: expect.stringMatching(/^asked over 10 parts/) },
	});
	expect((item?.usage as { inputTokens: number }).inputTokens).toBeGreaterThan(2_500);
	expect(run.hints.Node?.[0]?.message).toMatch(
		new RegExp(`^1 answer · ${attempts.length} calls · \\$0\\.\\d+ · slowest`),
	);
});

test('asks about as many parts at the same time as it may', async () => {
	host.sandbox.setLatency({}, 100);
	const mapReduce = { ...IN_PARTS.mapReduce, concurrency: 3 };
	await host.run(ROUTER, { ...IN_PARTS, mapReduce }, [{ prompt: 'What happened?' }]);
	expect(peakOf(host.sandbox.calls())).toBe(3);
});

test('a text that fits is asked about in one call', async () => {
	const run = await host.run(ROUTER, { ...IN_PARTS, documentText: '={{ $json.text }}' }, [
		{ prompt: 'What happened?', text: 'Nothing.' },
	]);
	expect(host.sandbox.calls()).toHaveLength(1);
	expect(attemptsOf(jsonOf(run, 'Node')[0])[0]).not.toHaveProperty('purpose');
});

test('each part falls back on its own', async () => {
	const run = await host.run(
		ROUTER,
		{
			...IN_PARTS,
			candidates: models(`${MINI}--fault-503`, HAIKU),
			reliability: { maxRetries: 0, maxAttempts: 2 },
		},
		[{ prompt: 'What happened?' }],
	);
	const [item] = jsonOf(run, 'Node');
	expect(item).toMatchObject({ model: HAIKU });
	expect(attemptsOf(item).filter(({ outcome }) => outcome === 'ok').length).toBeGreaterThan(10);
	expect(attemptsOf(item)).toHaveLength(host.sandbox.calls().length);
});

test('a part that fails fails the item with all its attempts', async () => {
	const run = await host.run(
		ROUTER,
		{
			...IN_PARTS,
			candidates: models('openai/no-such-model'),
			mapReduce: { ...IN_PARTS.mapReduce, concurrency: 1 },
		},
		[{ prompt: 'What happened?' }],
		{ node: { onError: 'continueRegularOutput' } },
	);
	const [item] = jsonOf(run, 'Node');
	expect(item?.error).toMatch(/^Part 1 of 10: openai\/no-such-model gave no answer: /);
	expect((item?.details as IDataObject).attempts).toMatchObject([{ purpose: 'part' }]);
	expect(host.sandbox.calls()).toHaveLength(1);
});

test('a cascade serves every part', async () => {
	const candidates = models({ id: MINI, tier: 'fast' }, { id: HAIKU, tier: 'strong' });
	const run = await host.run(ROUTER, { ...IN_PARTS, strategy: 'cascade', candidates }, [
		{ prompt: 'What happened?' },
	]);
	const [item] = jsonOf(run, 'Node');
	expect(item).toMatchObject({ route: { strategy: 'cascade' } });
	expect(attemptsOf(item)).toHaveLength(host.sandbox.calls().length);
});

test('a dry run tells about one part, and calls nobody', async () => {
	const run = await host.run(ROUTER, { ...IN_PARTS, output: { dryRun: true } }, [
		{ prompt: 'What happened?' },
	]);
	expect(host.sandbox.calls()).toHaveLength(0);
	expect(run.hints.Node?.map(({ message }) => message).join()).toMatch(
		/Dry Run shows one of about (?:9|10|11) parts of the document/,
	);
});

test('Stop ends it within 100 ms', async () => {
	host.sandbox.setLatency({}, 5_000);
	const stop = new AbortController();
	const running = host.run(ROUTER, IN_PARTS, [{ prompt: 'What happened?' }], {
		signal: stop.signal,
	});
	while (host.sandbox.calls().length < 4) await delay(10);
	const stoppedAtMs = Date.now();
	stop.abort();
	await running;
	expect(Date.now() - stoppedAtMs).toBeLessThan(100);
	await delay(100);
	expect(host.sandbox.calls()).toHaveLength(4);
	expect(host.sandbox.calls().every(({ aborted }) => aborted)).toBe(true);
});
