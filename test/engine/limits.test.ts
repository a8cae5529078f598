import { executeChat, type BudgetAsk, type Candidate, type Plan } from '../../engine/index';
import {
	ask,
	CACHED,
	candidate,
	failure,
	planOf,
	scriptedEngine,
	type ScriptedEngine,
} from '../support/scriptedEngine';

const limited = (modelId: string, limits: Candidate['limits']) => ({
	...candidate(modelId),
	limits,
});
const day = (limitUsd: number): BudgetAsk => ({
	key: 'day',
	label: 'Max Cost per Day',
	limitUsd,
	period: '2026-11-24',
});
/** 10 tokens in at $1 and 500 out at $2 per million, about. */
const ESTIMATE_USD = 0.00101;

const answer = async (engine: ScriptedEngine, plan: Plan, budgets?: readonly BudgetAsk[]) =>
	await engine.clock.run(
		executeChat(ask(), plan, { ...engine.run, ...(budgets === undefined ? {} : { budgets }) }),
	);

test('items wait for the next minute when one model is all there is', async () => {
	const engine = scriptedEngine({ one: ['ok'] });
	const plan = planOf([limited('one', { requestsPerMinute: 2 })]);
	const startedAtMs = engine.clock.nowMs();
	const answers = await engine.clock.run(
		Promise.all(Array.from({ length: 5 }, async () => await executeChat(ask(), plan, engine.run))),
	);
	expect(answers).toHaveLength(5);
	expect(engine.calls.map(({ atMs }) => atMs - startedAtMs)).toEqual([
		0, 0, 60_000, 60_000, 120_000,
	]);
});

test('at a limit the next model answers meanwhile, with the reason', async () => {
	const engine = scriptedEngine({ one: ['ok'], two: ['ok'] });
	const plan = planOf([limited('one', { requestsPerMinute: 1 }), candidate('two')]);
	await answer(engine, plan);
	const { answeredBy, trace } = await answer(engine, plan);
	expect(answeredBy).toBe('openai/two');
	expect(trace.route.skipped).toEqual([
		{ model: 'openai/one', reason: 'limit of 1 request per minute' },
	]);
});

test('or the item waits for its model, where the builder wants that', async () => {
	const engine = scriptedEngine({ one: ['ok'], two: ['ok'] });
	const plan = planOf([limited('one', { requestsPerMinute: 1 }), candidate('two')], {
		onLimit: 'wait',
	});
	await answer(engine, plan);
	const { answeredBy, trace } = await answer(engine, plan);
	expect({ answeredBy, latencyMs: trace.latencyMs }).toEqual({
		answeredBy: 'openai/one',
		latencyMs: 60_000,
	});
});

test('a limit beyond the deadline fails with its reason and costs nothing', async () => {
	const engine = scriptedEngine({ one: ['ok'] });
	const plan = planOf([limited('one', { requestsPerMinute: 1 })], { deadlineMs: 30_000 });
	await answer(engine, plan);
	await expect(answer(engine, plan)).rejects.toMatchObject({
		code: 'NO_ELIGIBLE_CANDIDATE',
		message:
			'No model could be asked. openai/one: limit of 1 request per minute, room again in 60 s',
		trace: { costUsd: 0 },
	});
	expect(engine.calls).toHaveLength(1);
});

test('no longer than the recovery wait is waited for a limited model', async () => {
	const engine = scriptedEngine({ one: ['ok'] });
	const plan = planOf([limited('one', { requestsPerMinute: 1 })], { recoveryWaitMs: 20_000 });
	await answer(engine, plan);
	const atMs = engine.clock.nowMs();
	await expect(answer(engine, plan)).rejects.toMatchObject({ code: 'NO_ELIGIBLE_CANDIDATE' });
	expect(engine.clock.nowMs()).toBe(atMs);
});

test('calls at the same time are held to their number', async () => {
	const engine = scriptedEngine({ one: [{ afterMs: 1000, reply: 'ok' }] });
	const plan = planOf([limited('one', { maxConcurrent: 2 })]);
	const startedAtMs = engine.clock.nowMs();
	await engine.clock.run(
		Promise.all(Array.from({ length: 6 }, async () => await executeChat(ask(), plan, engine.run))),
	);
	expect(engine.clock.nowMs() - startedAtMs).toBeLessThan(3_100);
	const startedAt = engine.calls.map(({ atMs }) => Math.floor((atMs - startedAtMs) / 1000));
	expect(startedAt).toEqual([0, 0, 1, 1, 2, 2]);
});

test('a budget stops before the call that might break it', async () => {
	const engine = scriptedEngine({ one: ['ok'] });
	const plan = planOf([candidate('one')]);
	await answer(engine, plan, [day(ESTIMATE_USD + 25e-6)]);
	// The first one cost 20 millionths of a dollar: there is room for one more.
	await answer(engine, plan, [day(ESTIMATE_USD + 25e-6)]);
	await expect(answer(engine, plan, [day(ESTIMATE_USD + 25e-6)])).rejects.toMatchObject({
		code: 'BUDGET_EXCEEDED',
		message: expect.stringContaining('Max Cost per Day of $0.0010') as string,
	});
	expect(engine.calls).toHaveLength(2);
});

test('or the cheapest model that fits answers', async () => {
	const engine = scriptedEngine({ dear: ['ok'], dearer: ['ok'], cheap: ['ok'] });
	const priced = (modelId: string, outputPriceUsd: number) => ({
		...candidate(modelId),
		price: { inputPriceUsd: 1, outputPriceUsd },
	});
	const plan = planOf([priced('dear', 100), priced('dearer', 200), priced('cheap', 0.1)], {
		onBudget: 'cheapest',
	});
	const { answeredBy, trace } = await answer(engine, plan, [day(0.01)]);
	expect(answeredBy).toBe('openai/cheap');
	expect(trace.route.skipped).toMatchObject([{ model: 'openai/dear' }]);
	expect(engine.calls).toHaveLength(1);
});

test('a model without a price is refused under a budget, with that reason', async () => {
	const engine = scriptedEngine({ one: ['ok'], two: ['ok'] });
	const plan = planOf([{ ...candidate('one'), price: {} }, candidate('two')]);
	const { answeredBy, trace } = await answer(engine, plan, [day(1)]);
	expect(answeredBy).toBe('openai/two');
	expect(trace.route.skipped[0]?.reason).toContain('no price is known for it');
});

test('a model in trouble is left alone by later items until its probe', async () => {
	const engine = scriptedEngine({ one: [failure('server', { status: 500 })], two: ['ok'] });
	const plan = planOf([candidate('one'), candidate('two')], {
		retry: { maxRetries: 0, maxAttempts: 8, baseDelayMs: 1, maxDelayMs: 1 },
	});
	for (let item = 0; item < 30; item++) await answer(engine, plan);
	expect(engine.calls.filter(({ modelId }) => modelId === 'one')).toHaveLength(10);
	const { trace } = await answer(engine, plan);
	expect(trace.route.skipped[0]?.reason).toMatch(/^circuit open after too many failures/);
	engine.clock.advance(5_000);
	await answer(engine, plan);
	expect(engine.calls.filter(({ modelId }) => modelId === 'one')).toHaveLength(11);
});

test('a lone model in trouble is probed, never refused', async () => {
	const script = [...Array.from({ length: 12 }, () => failure('server', { status: 500 })), 'ok'];
	const engine = scriptedEngine({ one: script });
	const plan = planOf([candidate('one')], {
		retry: { maxRetries: 0, maxAttempts: 1, baseDelayMs: 1, maxDelayMs: 1 },
	});
	for (let item = 0; item < 12; item++) {
		await expect(answer(engine, plan)).rejects.toMatchObject({ code: 'ALL_CANDIDATES_FAILED' });
	}
	expect((await answer(engine, plan)).response.text).toBe('ok');
});

test("a builder's mistakes and the vendor's limits never open the breaker", async () => {
	const kinds = ['invalid-request', 'authentication', 'rate-limit', 'content-filter'] as const;
	for (const kind of kinds) {
		const engine = scriptedEngine({ one: [failure(kind, { status: 400 })], two: ['ok'] });
		const plan = planOf([candidate('one'), candidate('two')], {
			fallbackOn: [kind],
			retry: { maxRetries: 0, maxAttempts: 8, baseDelayMs: 1, maxDelayMs: 1 },
		});
		for (let item = 0; item < 25; item++) await answer(engine, plan);
		expect(engine.calls.filter(({ modelId }) => modelId === 'one')).toHaveLength(25);
	}
});

test('an item never inherits the empty budget of another one', async () => {
	const engine = scriptedEngine({ one: [{ afterMs: 100, reply: 'ok' }] });
	const plan = planOf([candidate('one')], CACHED);
	const [poor, rich] = await engine.clock.run(
		Promise.allSettled([
			executeChat(ask(), plan, { ...engine.run, budgets: [day(0)] }),
			executeChat(ask(), plan, { ...engine.run, budgets: [{ ...day(100), key: 'rich' }] }),
		]),
	);
	expect([poor?.status, rich?.status]).toEqual(['rejected', 'fulfilled']);
});

test('a watcher that throws costs no place', async () => {
	const engine = scriptedEngine({ one: ['ok'] });
	const plan = planOf([limited('one', { maxConcurrent: 1 })], { deadlineMs: 1_000 });
	const watched = {
		...engine.run,
		onText: () => {
			throw new Error('the viewer left');
		},
	};
	await engine.clock.run(executeChat(ask(), plan, watched)).catch(() => undefined);
	expect((await answer(engine, plan)).answeredBy).toBe('openai/one');
});
