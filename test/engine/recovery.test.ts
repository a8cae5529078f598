/** All models are pausing: how long is waited, and what is said when it is too long. */
import { executeChat, type Candidate, type EngineError, type Plan } from '../../engine/index';
import {
	ask,
	candidate,
	failure,
	planOf,
	scriptedEngine,
	type ScriptedEngine,
} from '../support/scriptedEngine';

const ONCE = { maxRetries: 0, maxAttempts: 8, baseDelayMs: 1, maxDelayMs: 1 };
const DOWN = failure('server', { status: 500 });
const limitedOnce = (retryAfterMs: number) => failure('rate-limit', { status: 429, retryAfterMs });

const answer = async ({ clock, run }: ScriptedEngine, plan: Plan) =>
	await clock.run(executeChat(ask(), plan, run));

const errorOf = async (work: Promise<unknown>): Promise<EngineError> =>
	await work.then(
		() => undefined as never,
		(error) => error,
	);

/** Both breakers open, the second one 2 s after the first. */
async function broken(): Promise<{ engine: ScriptedEngine; plan: Plan }> {
	const failures = Array.from({ length: 10 }, () => DOWN);
	const engine = scriptedEngine({ one: [...failures, 'one'], two: [...failures, 'two'] });
	const plan = planOf([candidate('one'), candidate('two')], { retry: ONCE });
	for (const id of ['one', 'two']) {
		const alone = { ...plan, candidates: [candidate(id)] };
		for (let item = 0; item < 10; item++) await errorOf(answer(engine, alone));
		if (id === 'one') engine.clock.advance(2_000);
	}
	expect(engine.calls).toHaveLength(20);
	return { engine, plan };
}

describe('open circuits', () => {
	test('are waited for till the earliest probe', async () => {
		const { engine, plan } = await broken();
		const { answeredBy, trace } = await answer(engine, { ...plan, recoveryWaitMs: 4_000 });
		expect({ answeredBy, latencyMs: trace.latencyMs }).toEqual({
			answeredBy: 'openai/one',
			latencyMs: 3_000,
		});
		expect(trace.attempts).toHaveLength(1);
		expect(engine.clock.pending()).toBe(0);
	});

	test('without a bound up to the deadline', async () => {
		const { engine, plan } = await broken();
		expect((await answer(engine, plan)).trace.latencyMs).toBe(3_000);
	});

	test('fail at once where the wait is too long, each with its reason and its return', async () => {
		const { engine, plan } = await broken();
		const startedAtMs = engine.clock.nowMs();
		const error = await errorOf(answer(engine, { ...plan, recoveryWaitMs: 2_500 }));
		expect(error.code).toBe('NO_ELIGIBLE_CANDIDATE');
		expect(error.trace?.route.skipped).toEqual([
			{
				model: 'openai/one',
				reason: 'circuit open after too many failures, probed again in 3 s',
			},
			{
				model: 'openai/two',
				reason: 'circuit open after too many failures, probed again in 5 s',
			},
		]);
		expect(error.message).toContain('openai/one: circuit open after too many failures, probed');
		expect(engine.clock.nowMs()).toBe(startedAtMs);
		expect(engine.calls).toHaveLength(20);
	});

	test('a probe that fails sends the item to the next one, within the same bound', async () => {
		const engine = scriptedEngine({ one: [DOWN], two: [DOWN] });
		const plan = planOf([candidate('one'), candidate('two')], {
			retry: ONCE,
			recoveryWaitMs: 10_000,
		});
		for (const id of ['one', 'two']) {
			const alone = { ...plan, candidates: [candidate(id)] };
			for (let item = 0; item < 10; item++) await errorOf(answer(engine, alone));
		}
		const error = await errorOf(answer(engine, plan));
		expect(error.code).toBe('ALL_CANDIDATES_FAILED');
		expect(engine.calls.slice(20).map(({ modelId }) => modelId)).toEqual(['one', 'two']);
		expect(engine.clock.pending()).toBe(0);
	});
});

describe('pauses that vendors ask for', () => {
	test('end the item when they are longer than the wait, with the time of return', async () => {
		const engine = scriptedEngine({ one: [limitedOnce(30_000), 'ok'] });
		const plan = planOf([candidate('one')], { recoveryWaitMs: 5_000 });
		const error = await errorOf(answer(engine, plan));
		expect(error.code).toBe('ALL_CANDIDATES_FAILED');
		expect(error.advice).toContain('openai/one may be asked again in 30 s.');
		expect(engine.calls).toHaveLength(1);
		engine.clock.advance(4_000);
		const later = await errorOf(answer(engine, plan));
		expect(later.message).toBe(
			'No model could be asked. openai/one: cooling down for 26 s more: the vendor asked to wait',
		);
	});

	test('are kept when they are not', async () => {
		const engine = scriptedEngine({ one: [limitedOnce(30_000), 'ok'] });
		const plan = planOf([candidate('one')], { recoveryWaitMs: 30_000 });
		expect((await answer(engine, plan)).trace.latencyMs).toBe(30_000);
	});
});

test('0 waits for nobody, and still leaves the pause between two tries', async () => {
	const engine = scriptedEngine({ one: [DOWN, 'ok'] });
	const plan = planOf([candidate('one')], { recoveryWaitMs: 0 });
	const { trace } = await answer(engine, plan);
	expect(trace.attempts.map(({ outcome }) => outcome)).toEqual(['server', 'ok']);
	expect(trace.latencyMs).toBeGreaterThan(0);
});

test('many short waits for a free place come to the bound, too', async () => {
	const engine = scriptedEngine({ one: [{ afterMs: 50_000, reply: 'ok' }] });
	const busy: Candidate = { ...candidate('one'), limits: { maxConcurrent: 1 } };
	const plan = planOf([busy], { recoveryWaitMs: 5_000 });
	const [first, second] = await engine.clock.run(
		Promise.allSettled([
			executeChat(ask('1'), plan, engine.run),
			executeChat(ask('2'), plan, engine.run),
		]),
	);
	expect(first.status).toBe('fulfilled');
	expect(second).toMatchObject({
		status: 'rejected',
		reason: {
			code: 'NO_ELIGIBLE_CANDIDATE',
			message: 'No model could be asked. openai/one: limit of 1 call at the same time',
			trace: { latencyMs: expect.any(Number) as number },
		},
	});
	const waitedMs = (second as { reason: EngineError }).reason.trace?.latencyMs ?? 0;
	expect(waitedMs).toBeGreaterThan(4_900);
	expect(waitedMs).toBeLessThanOrEqual(5_000);
});
