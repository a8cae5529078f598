/** Hedging as a builder sets it: what comes out, and what the vendors saw. */
import { jsonOf } from '../../support/runWorkflow';
import { HAIKU, MINI, models, ROUTER, underTest } from '../shared/underTest';

const host = underTest();
const SLOW = { vendor: 'openai' } as const;

test('the next model answers for a slow one; both calls are in the trail and in the log', async () => {
	host.sandbox.setLatency(SLOW, 3_000);
	const run = await host.run(ROUTER, { reliability: { hedgeAfterSeconds: 0.2 } }, [
		{ prompt: 'Say hello' },
	]);
	const [item] = jsonOf(run, 'Node');
	expect(item).toMatchObject({
		model: HAIKU,
		costUsd: null,
		attempts: [
			{ model: MINI, outcome: 'aborted' },
			{ model: HAIKU, outcome: 'ok', hedge: true },
		],
	});
	expect(item?.latencyMs).toBeLessThan(1_000);
	await new Promise((resolve) => setTimeout(resolve, 30));
	expect(
		host.sandbox.calls().map(({ vendor, status, aborted }) => [vendor, status, aborted]),
	).toEqual([
		['openai', 'none', true],
		['anthropic', 200, false],
	]);
});

test('0 is off', async () => {
	host.sandbox.setLatency(SLOW, 300);
	const run = await host.run(ROUTER, { reliability: { hedgeAfterSeconds: 0 } }, [
		{ prompt: 'Say hello' },
	]);
	expect(jsonOf(run, 'Node')[0]).toMatchObject({ model: MINI });
	expect(host.sandbox.calls()).toHaveLength(1);
});

test('of 40 slow items four are hedged', async () => {
	host.sandbox.setLatency(SLOW, 150);
	const items = Array.from({ length: 40 }, (_, index) => ({ prompt: `Say ${index}` }));
	const run = await host.run(
		ROUTER,
		{ reliability: { hedgeAfterSeconds: 0.05 }, limits: { concurrency: 4 } },
		items,
	);
	expect(jsonOf(run, 'Node')).toHaveLength(40);
	expect(host.sandbox.calls().filter(({ vendor }) => vendor === 'anthropic')).toHaveLength(4);
});

test('no more is waited for pausing models than the recovery wait', async () => {
	const run = await host.run(
		ROUTER,
		{
			candidates: models(`${MINI}--fault-429-seconds-20`),
			reliability: { recoveryWaitSeconds: 5 },
		},
		[{ prompt: 'Say hello' }],
		{ node: { onError: 'continueRegularOutput' } },
	);
	expect(jsonOf(run, 'Node')[0]).toMatchObject({
		error: expect.stringContaining('rate-limit, 429') as string,
		message: expect.stringMatching(/may be asked again in (20|19(\.\d)?) s\.$/) as string,
		details: { code: 'ALL_CANDIDATES_FAILED' },
	});
	expect(host.sandbox.calls()).toHaveLength(1);
});
