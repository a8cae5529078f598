/** A second call beside a slow one: who wins, who is given up, and what keeps the number small. */
import {
	executeChat,
	type BudgetAsk,
	type Candidate,
	type EngineError,
	type Plan,
	type ProviderFailure,
} from '../../engine/index';
import { candidateKey } from '../../engine/candidateKey';
import {
	ask,
	candidate,
	failure,
	planOf,
	scriptedEngine,
	type Scripted,
	type ScriptedEngine,
} from '../support/scriptedEngine';

const AFTER_5_S = { hedge: { afterMs: 5_000, atP95: false } } as const;
const models = (...ids: readonly string[]) => ids.map((id) => candidate(id));
const slow = (afterMs: number, reply: string | ProviderFailure = 'slow'): Scripted => ({
	afterMs,
	reply,
});

function start(
	script: Readonly<Record<string, readonly Scripted[]>>,
	changes: Partial<Plan> = {},
): { engine: ScriptedEngine; plan: Plan; startedAtMs: number } {
	const engine = scriptedEngine(script);
	const plan = planOf(models(...Object.keys(script)), { ...AFTER_5_S, ...changes });
	return { engine, plan, startedAtMs: engine.clock.nowMs() };
}

const answer = async ({ clock, run }: ScriptedEngine, plan: Plan, budgets?: BudgetAsk[]) =>
	await clock.run(executeChat(ask(), plan, { ...run, ...(budgets && { budgets }) }));

const errorOf = async (work: Promise<unknown>): Promise<EngineError> =>
	await work.then(
		() => undefined as never,
		(error) => error,
	);

describe('who wins', () => {
	test('the second model, when the first stays silent: it is given up, and its cost unknown', async () => {
		const { engine, plan, startedAtMs } = start({ one: [slow(60_000)], two: [slow(1_000, 'ok')] });
		const { answeredBy, response, trace } = await answer(engine, plan);
		expect({ answeredBy, text: response.text }).toEqual({ answeredBy: 'openai/two', text: 'ok' });
		expect(trace.latencyMs).toBe(6_000);
		expect(trace.attempts).toMatchObject([
			{
				model: 'openai/one',
				attempt: 1,
				outcome: 'aborted',
				latencyMs: 6_000,
				message: 'Given up: another model was asked beside it and answered first',
			},
			{ model: 'openai/two', attempt: 1, outcome: 'ok', latencyMs: 1_000, hedge: true },
		]);
		expect(trace.attempts[0]).not.toHaveProperty('costUsd');
		expect(trace.costUsd).toBeUndefined();
		expect(trace.route.reason).toBe(
			'openai/one was slow, openai/two was asked beside it and answered first',
		);
		expect(engine.calls.map(({ atMs, aborted }) => [atMs - startedAtMs, aborted])).toEqual([
			[0, true],
			[5_000, false],
		]);
		expect(engine.clock.pending()).toBe(0);
	});

	test('the first model, when it answers while the second is under way', async () => {
		const { engine, plan } = start({ one: [slow(7_000)], two: [slow(60_000)] });
		const { answeredBy, trace } = await answer(engine, plan);
		expect(answeredBy).toBe('openai/one');
		expect(trace.attempts).toMatchObject([
			{ model: 'openai/one', outcome: 'ok', latencyMs: 7_000 },
			{ model: 'openai/two', outcome: 'aborted', latencyMs: 2_000, hedge: true },
		]);
		expect(trace.route.reason).not.toContain('slow');
		expect(engine.calls[1]?.aborted).toBe(true);
		expect(engine.clock.pending()).toBe(0);
	});

	test('nobody is asked beside a model that answers in time', async () => {
		const { engine, plan } = start({ one: [slow(4_999)], two: ['ok'] });
		expect((await answer(engine, plan)).trace.attempts).toHaveLength(1);
		expect(engine.clock.pending()).toBe(0);
	});

	test('the second model goes on when the first fails meanwhile', async () => {
		const { engine, plan } = start({
			one: [slow(6_000, failure('server', { status: 500 }))],
			two: [slow(4_000, 'ok')],
		});
		const { answeredBy, trace } = await answer(engine, plan);
		expect({ answeredBy, latencyMs: trace.latencyMs }).toEqual({
			answeredBy: 'openai/two',
			latencyMs: 9_000,
		});
		expect(trace.attempts.map(({ outcome }) => outcome)).toEqual(['server', 'ok']);
		expect(trace.route.reason).toBe('openai/one failed (server), next in the ranked order');
	});

	test('the first model goes on when the second fails meanwhile', async () => {
		const { engine, plan } = start({
			one: [slow(20_000, 'ok')],
			two: [failure('server', { status: 500 })],
		});
		const { answeredBy, trace } = await answer(engine, plan);
		expect(answeredBy).toBe('openai/one');
		expect(trace.attempts.map(({ outcome }) => outcome)).toEqual(['ok', 'server']);
		expect(trace.costUsd).toBeCloseTo(20e-6, 12);
	});

	test('when both fail, each has its retries, and no item is hedged twice', async () => {
		const { engine, plan } = start({
			one: [slow(9_000, failure('server', { status: 500 }))],
			two: [slow(9_000, failure('overloaded', { status: 503 }))],
		});
		const error = await errorOf(answer(engine, plan));
		expect(error.code).toBe('ALL_CANDIDATES_FAILED');
		const attempts = error.trace?.attempts ?? [];
		expect(attempts.filter(({ hedge }) => hedge)).toHaveLength(1);
		expect(attempts.map(({ model, attempt }) => `${model} ${attempt}`)).toEqual([
			'openai/one 1',
			'openai/two 1',
			'openai/one 2',
			'openai/one 3',
			'openai/two 2',
			'openai/two 3',
		]);
		expect(engine.clock.pending()).toBe(0);
	});

	test('JSON counts only when it fits: an answer that does not lets the other call go on', async () => {
		const { engine, plan } = start({ one: [slow(20_000, '{"n":1}')], two: ['no JSON'] });
		const request = { ...ask(), outputFormat: 'json' as const };
		const { answeredBy, response } = await engine.clock.run(executeChat(request, plan, engine.run));
		expect({ answeredBy, data: response.data }).toEqual({
			answeredBy: 'openai/one',
			data: { n: 1 },
		});
	});
});

describe('what keeps it within bounds', () => {
	test('it counts as an attempt: without one left nobody is asked', async () => {
		const { engine, plan } = start(
			{ one: [slow(20_000)], two: ['ok'] },
			{ retry: { maxRetries: 0, maxAttempts: 1, baseDelayMs: 1, maxDelayMs: 1 } },
		);
		expect((await answer(engine, plan)).trace.attempts).toHaveLength(1);
	});

	test('at most one call in ten of a model is hedged, after the first', async () => {
		const { engine, plan } = start({ one: [slow(8_000)], two: ['ok'] });
		const hedged: number[] = [];
		for (let item = 0; item < 100; item++) {
			const { trace } = await answer(engine, plan);
			if (trace.attempts.some(({ hedge }) => hedge)) hedged.push(item);
		}
		expect(hedged).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
	});

	test('quick calls save up for later, up to ten', async () => {
		const { engine, plan } = start({
			one: [...Array.from({ length: 300 }, () => 'ok'), slow(8_000)],
			two: ['ok'],
		});
		for (let item = 0; item < 300; item++) await answer(engine, plan);
		let hedges = 0;
		for (let item = 0; item < 20; item++) {
			const { trace } = await answer(engine, plan);
			if (trace.attempts.some(({ hedge }) => hedge)) hedges++;
		}
		expect(hedges).toBe(11);
	});

	test('a model that is full is passed over for the next one, by its own limits', async () => {
		const engine = scriptedEngine({ one: [slow(20_000)], two: ['ok'], three: ['ok'] });
		const limited: Candidate = { ...candidate('two'), limits: { requestsPerMinute: 1 } };
		const plan = planOf([candidate('one'), limited, candidate('three')], AFTER_5_S);
		await answer(engine, planOf([limited]));
		const { answeredBy, trace } = await answer(engine, plan);
		expect(answeredBy).toBe('openai/three');
		expect(trace.route.skipped).toEqual([
			{ model: 'openai/two', reason: 'limit of 1 request per minute' },
		]);
	});

	test('when nobody has room the hedge is not used up', async () => {
		const engine = scriptedEngine({ one: [slow(8_000)], two: ['ok'] });
		const limited: Candidate = { ...candidate('two'), limits: { requestsPerMinute: 1 } };
		const plan = planOf([candidate('one'), limited], AFTER_5_S);
		await answer(engine, planOf([limited]));
		expect((await answer(engine, plan)).answeredBy).toBe('openai/one');
		engine.clock.advance(60_000);
		expect((await answer(engine, plan)).answeredBy).toBe('openai/two');
	});

	test('a model that is cooling down is left alone', async () => {
		const { engine, plan } = start({
			one: [slow(8_000)],
			two: [failure('rate-limit', { status: 429, retryAfterMs: 60_000 }), 'ok'],
		});
		await errorOf(answer(engine, planOf(models('two'), { deadlineMs: 1_000 })));
		expect((await answer(engine, plan)).trace.attempts).toHaveLength(1);
	});

	test('both calls are set aside in the budgets; the one given up stays at its estimate', async () => {
		const { engine, plan } = start({ one: [slow(60_000)], two: ['ok'] });
		// Two estimates of about $0.00101 fit, three do not.
		const budget = { key: 'day', label: 'Max Cost per Day', limitUsd: 0.0021, period: 'today' };
		expect((await answer(engine, plan, [budget])).answeredBy).toBe('openai/two');
		// $0.00101 and $0.00002 are spent.
		await answer(engine, { ...plan, candidates: models('two') }, [budget]);
		const small = { ...budget, limitUsd: 0.002 };
		expect((await errorOf(answer(engine, plan, [small]))).code).toBe('BUDGET_EXCEEDED');
	});

	test('a budget without room for a second call leaves the first one alone', async () => {
		const { engine, plan } = start({ one: [slow(8_000)], two: ['ok'] });
		const budget = { key: 'day', label: 'Max Cost per Day', limitUsd: 0.0015, period: 'today' };
		const { answeredBy, trace } = await answer(engine, plan, [budget]);
		expect(answeredBy).toBe('openai/one');
		expect(trace.attempts).toHaveLength(1);
	});

	test('the deadline ends both', async () => {
		const { engine, plan } = start({ one: [slow(1e9)], two: [slow(1e9)] }, { deadlineMs: 10_000 });
		const error = await errorOf(answer(engine, plan));
		expect(error.code).toBe('DEADLINE_EXCEEDED');
		expect(error.trace?.latencyMs).toBe(10_000);
		expect(error.trace?.attempts).toHaveLength(2);
		expect(engine.calls.map(({ aborted }) => aborted)).toEqual([true, true]);
		expect(engine.clock.pending()).toBe(0);
	});

	test('Stop ends both', async () => {
		const { engine, plan } = start({ one: [slow(1e9)], two: [slow(1e9)] });
		engine.clock.after(7_000, () => engine.stop.abort(new Error('stopped')));
		const error = await errorOf(answer(engine, plan));
		expect(error.code).toBe('CANCELLED');
		expect(error.trace?.attempts.map(({ outcome }) => outcome)).toEqual(['aborted', 'aborted']);
		expect(engine.calls.map(({ aborted }) => aborted)).toEqual([true, true]);
		expect(engine.clock.pending()).toBe(0);
	});

	test('who was given up is neither in trouble nor busy', async () => {
		const { engine, plan } = start({ one: [slow(60_000)], two: ['ok'] });
		await answer(engine, plan);
		const { signals } = engine.state;
		expect(signals.inFlight(candidateKey(candidate('one')))).toBe(0);
		expect(signals.inFlight(candidateKey(candidate('two')))).toBe(0);
		// It took at least as long as it was waited for.
		expect(signals.latencyMs(candidateKey(candidate('one')))).toBe(5_000);
	});
});

describe('the measured 95th percentile', () => {
	const AT_P95 = { hedge: { atP95: true } } as const;

	test('decides once 20 answers are known', async () => {
		const times = Array.from({ length: 20 }, (_, index) => slow(100 * (index + 1), 'ok'));
		const { engine, plan, startedAtMs } = start(
			{ one: [...times, slow(60_000)], two: ['ok'] },
			AT_P95,
		);
		for (let item = 0; item < 20; item++) {
			expect((await answer(engine, plan)).answeredBy).toBe('openai/one');
		}
		expect(engine.clock.nowMs() - startedAtMs).toBe(21_000);
		const { answeredBy, trace } = await answer(engine, plan);
		expect({ answeredBy, latencyMs: trace.latencyMs }).toEqual({
			answeredBy: 'openai/two',
			latencyMs: 1_900,
		});
	});

	test('until then the seconds that were set, or never', async () => {
		const never = start({ one: [slow(50_000)], two: ['ok'] }, AT_P95);
		expect((await answer(never.engine, never.plan)).trace.attempts).toHaveLength(1);
		const both = { hedge: { afterMs: 5_000, atP95: true } };
		const timed = start({ one: [slow(50_000)], two: ['ok'] }, both);
		expect((await answer(timed.engine, timed.plan)).trace.latencyMs).toBe(5_000);
	});
});

test('a bug in the second call is thrown, and the first one is ended', async () => {
	const bug = () => {
		throw new Error('a bug');
	};
	const { engine, plan } = start({ one: [slow(20_000)], two: [bug] });
	await expect(answer(engine, plan)).rejects.toThrow('a bug');
	expect(engine.clock.pending()).toBe(0);
});
