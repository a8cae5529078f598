import { fanOut, type EngineError } from '../../engine/index';
import { CACHED, candidate, failure, planOf } from '../support/scriptedEngine';
import { branch, policyOf, started } from './fanOut/panel';

const policy = policyOf({});

test('asks all branches at once and keeps their order, whoever is first', async () => {
	const { run, clock, calls } = started({
		a: [{ afterMs: 3_000, reply: 'slow' }],
		b: [{ afterMs: 1_000, reply: 'quick' }],
		c: [{ afterMs: 2_000, reply: 'middle' }],
	});
	const startedAtMs = clock.nowMs();
	const result = await clock.run(fanOut([branch('a'), branch('b'), branch('c')], policy, run));
	expect(clock.nowMs() - startedAtMs).toBe(3_000);
	expect(result.results.map(({ label }) => label)).toEqual(['A', 'B', 'C']);
	expect(calls).toHaveLength(3);
	expect(result.costUsd).toBeCloseTo((3 * (10 * 1 + 5 * 2)) / 1e6, 12);
});

test('keeps the answers of the others when one branch fails', async () => {
	const { run, clock } = started({ a: ['fine'], b: [failure('authentication', { status: 401 })] });
	const result = await clock.run(fanOut([branch('a'), branch('b')], policy, run));
	expect(result).toMatchObject({ succeeded: 1, failed: 1 });
	expect(result.results[1]).toMatchObject({
		status: 'failed',
		failure: { kind: 'authentication' },
		attempts: [{ outcome: 'authentication' }],
	});
});

test('uses what is there at the deadline', async () => {
	const { run, clock } = started({ a: ['fine'], b: [{ afterMs: 1e9, reply: '' }] }, 5_000);
	const result = await clock.run(fanOut([branch('a'), branch('b')], policy, run));
	expect(result.results.map(({ status }) => status)).toEqual(['ok', 'failed']);
	expect(result.results[1]).toMatchObject({
		failure: { kind: 'timeout', message: 'No answer within the deadline of 5 s' },
		attempts: [{ outcome: 'aborted' }],
	});
	expect(result.costUsd).toBeUndefined();
});

test('fails with every branch named when too few answered', async () => {
	const { run, clock } = started({ a: ['fine'], b: [failure('quota')] });
	const work = clock.run(fanOut([branch('a'), branch('b')], { ...policy, minAnswers: 2 }, run));
	const error: EngineError = await work.then(
		() => undefined as never,
		(thrown) => thrown,
	);
	expect(error.message).toContain('1 of 2 branches answered, 2 needed');
	expect(error.message).toContain('B: openai/b gave no answer');
	expect(error.trace?.attempts).toHaveLength(2);
});

test('ends at once when the execution is stopped', async () => {
	const { run, stop, calls } = started({
		a: [{ afterMs: 1e9, reply: '' }],
		b: [{ afterMs: 1e9, reply: '' }],
	});
	const work = fanOut([branch('a'), branch('b')], policy, run).catch((error) => error);
	await new Promise((resolve) => setTimeout(resolve, 20));
	stop.abort(new Error('stopped'));
	expect((await work).code).toBe('CANCELLED');
	expect(calls.map(({ aborted }) => aborted)).toEqual([true, true]);
});

test('gives every branch an alias that does not follow the order of the branches', async () => {
	const { run, clock } = started({ a: ['1'], b: ['2'], c: ['3'] });
	const orders = new Set<string>();
	for (let item = 0; item < 20; item++) {
		const seeded = { ...run, seed: `item ${item}` };
		const result = await clock.run(fanOut([branch('a'), branch('b'), branch('c')], policy, seeded));
		const aliases = result.results.map(({ alias }) => alias);
		expect([...aliases].sort()).toEqual(['A', 'B', 'C']);
		orders.add(aliases.join(''));
	}
	expect(orders.size).toBeGreaterThan(3);
});

test('calls once for branches that ask the same', async () => {
	const { run, clock, calls } = started({ a: [{ afterMs: 10, reply: 'same' }] });
	const cached = branch('a', { plan: planOf([candidate('a')], CACHED) });
	const result = await clock.run(fanOut([cached, cached], policy, run));
	expect(calls).toHaveLength(1);
	expect(result.results.map(({ cache }) => cache)).toEqual(['miss', 'joined']);
});
