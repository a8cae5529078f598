import '../../support/timed';
import type { IDataObject } from 'n8n-workflow';
import { jsonOf } from '../../support/runWorkflow';
import { HAIKU, MINI, models, ROUTER, underTest } from '../shared/underTest';

const host = underTest();
const questions = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ prompt: `Question ${index}` }));
const asked = (modelId: string) =>
	host.sandbox.calls().filter(({ model }) => model?.startsWith(modelId)).length;

test('requests per minute hold exactly, and the next model takes the rest', async () => {
	const run = await host.run(
		ROUTER,
		{
			candidates: models({ id: MINI, requestsPerMinute: 7 }, HAIKU),
			limits: { concurrency: 50 },
		},
		questions(30),
	);
	const items = jsonOf(run, 'Node');
	expect(items).toHaveLength(30);
	expect(asked('gpt-4o-mini')).toBe(7);
	expect(asked('claude-3-5-haiku')).toBe(23);
	const skipped = items.flatMap(({ route }) => (route as IDataObject).skipped as IDataObject[]);
	expect(new Set(skipped.map(({ reason }) => reason))).toEqual(
		new Set(['limit of 7 requests per minute']),
	);
});

test('calls at the same time are held to their number', async () => {
	host.sandbox.setLatency({}, { p50: 60, p95: 60, seed: 1 });
	await host.run(
		ROUTER,
		{ candidates: models({ id: MINI, maxConcurrent: 3 }), limits: { concurrency: 50 } },
		questions(12),
	);
	const calls = host.sandbox.calls();
	expect(calls).toHaveLength(12);
	const openAt = (atMs: number) =>
		calls.filter(({ startedAtMs, endedAtMs = Infinity }) => startedAtMs <= atMs && atMs < endedAtMs)
			.length;
	expect(Math.max(...calls.map(({ startedAtMs }) => openAt(startedAtMs)))).toBeLessThanOrEqual(3);
});

test('a budget of the run stops before it is broken, and says so', async () => {
	const run = await host.run(
		ROUTER,
		{
			candidates: models({ id: MINI, maxOutputTokens: 100 }),
			limits: { maxCostPerRunUsd: 0.0003, concurrency: 1 },
		},
		questions(40),
		{ node: { onError: 'continueRegularOutput' } },
	);
	const items = jsonOf(run, 'Node');
	expect(items).toHaveLength(40);
	const paid = items.filter(({ error }) => error === undefined);
	const refused = items.filter(({ error }) => error !== undefined);
	expect(paid.length).toBeGreaterThan(3);
	expect(refused.length).toBeGreaterThan(3);
	expect(paid.reduce((sum, { costUsd }) => sum + Number(costUsd), 0)).toBeLessThanOrEqual(0.0003);
	expect(refused[0]).toMatchObject({
		error: expect.stringContaining('Max Cost per Run of $0.00030') as string,
		details: { code: 'BUDGET_EXCEEDED' },
	});
	expect(host.sandbox.calls()).toHaveLength(paid.length);
});

test('an item that may cost too much is refused before its first call', async () => {
	const run = await host.run(
		ROUTER,
		{ candidates: models(MINI), limits: { maxCostPerItemUsd: 0.00001 } },
		questions(1),
	);
	expect(run.error?.message).toContain('Max Cost per Item of $0.000010');
	expect(host.sandbox.calls()).toHaveLength(0);
});

test('a day has one budget over all runs of the workflow', async () => {
	const parameters = {
		candidates: models({ id: MINI, maxOutputTokens: 100 }),
		limits: { maxCostPerDayUsd: 0.0002, concurrency: 1 },
		caching: { mode: 'off' },
	};
	const more = {
		node: { onError: 'continueRegularOutput' as const },
		workflow: { id: 'budgeted' },
	};
	let paidUsd = 0;
	for (let run = 0; run < 3; run++) {
		const items = jsonOf(await host.run(ROUTER, parameters, questions(10), more), 'Node');
		paidUsd += items.reduce((sum, { costUsd = 0 }) => sum + Number(costUsd), 0);
	}
	expect(paidUsd).toBeLessThanOrEqual(0.0002);
	expect(paidUsd).toBeGreaterThan(0.0001);
});

test.each([
	{ limits: { maxCostPerRunUsd: 0 }, message: 'Max Cost per Run (USD) must be more than 0, got 0' },
	{
		limits: { onBudget: 'borrow' },
		message: 'When a Budget Is Used Up must be one of stop, cheapest, got "borrow"',
	},
])('refuses: $message', async ({ limits, message }) => {
	const run = await host.run(ROUTER, { limits }, questions(1));
	expect(run.error?.message).toContain(message);
	expect(host.sandbox.calls()).toHaveLength(0);
});

test('refuses a limit of a row that is none', async () => {
	const candidates = models({ id: MINI, requestsPerMinute: 0 });
	const run = await host.run(ROUTER, { candidates }, questions(1));
	expect(run.error?.message).toContain(
		'Model 1 > Settings: Requests per Minute must be at least 1, got 0',
	);
});
