import { executeChat, type EngineError } from '../../engine/index';
import { ask, CACHED, candidate, failure, planOf, scriptedEngine } from '../support/scriptedEngine';

const A = candidate('a');
const B = candidate('b');

async function errorOf(work: Promise<unknown>): Promise<EngineError> {
	return await work.then(
		() => {
			throw new Error('No error was thrown');
		},
		(error: EngineError) => error,
	);
}

describe('retries and fallback', () => {
	test('answers with the first candidate and says what it cost', async () => {
		const { run, clock, calls } = scriptedEngine({ a: ['42'] });
		const result = await clock.run(executeChat(ask(), planOf([A, B]), run));
		expect(result.response.text).toBe('42');
		expect(result.answeredBy).toBe('openai/a');
		expect(result.trace.costUsd).toBeCloseTo((10 * 1 + 5 * 2) / 1e6, 12);
		expect(result.trace.route.reason).toBe('first in the listed order');
		expect(calls).toHaveLength(1);
	});

	test('tries a broken candidate again with backoff before it falls back', async () => {
		const { run, clock, calls } = scriptedEngine({
			a: [failure('server', { status: 500 })],
			b: ['from b'],
		});
		const { trace, answeredBy } = await clock.run(executeChat(ask(), planOf([A, B]), run));
		expect(answeredBy).toBe('openai/b');
		expect(trace.attempts.map(({ model, attempt, outcome }) => [model, attempt, outcome])).toEqual([
			['openai/a', 1, 'server'],
			['openai/a', 2, 'server'],
			['openai/a', 3, 'server'],
			['openai/b', 1, 'ok'],
		]);
		// Half of 500 ms, then half of 1,000 ms: the random source is always 0.5.
		expect(calls.map(({ atMs }) => atMs - (calls[0]?.atMs ?? 0))).toEqual([0, 250, 750, 750]);
		expect(trace.route.reason).toBe('openai/a failed (server), next in the ranked order');
	});

	test('leaves a limited candidate at once when another is ready', async () => {
		const { run, clock, calls } = scriptedEngine({
			a: [failure('rate-limit', { status: 429, retryAfterMs: 30_000 })],
			b: ['from b'],
		});
		await clock.run(executeChat(ask(), planOf([A, B]), run));
		expect(calls.map(({ modelId, atMs }) => [modelId, atMs - (calls[0]?.atMs ?? 0)])).toEqual([
			['a', 0],
			['b', 0],
		]);
	});

	test('waits exactly as long as the vendor asks when there is no other candidate', async () => {
		const { run, clock, calls } = scriptedEngine({
			a: [failure('rate-limit', { status: 429, retryAfterMs: 7_000 }), 'at last'],
		});
		const { response } = await clock.run(executeChat(ask(), planOf([A]), run));
		expect(response.text).toBe('at last');
		expect((calls[1]?.atMs ?? 0) - (calls[0]?.atMs ?? 0)).toBe(7_000);
	});

	test('comes back to a limited candidate when the others have failed for good', async () => {
		const { run, clock } = scriptedEngine({
			a: [failure('rate-limit', { retryAfterMs: 2_000 }), 'a again'],
			b: [failure('quota')],
		});
		const { trace } = await clock.run(executeChat(ask(), planOf([A, B]), run));
		expect(trace.attempts.map(({ model }) => model)).toEqual(['openai/a', 'openai/b', 'openai/a']);
	});

	test.each(['authentication', 'permission', 'model-not-found', 'invalid-request'] as const)(
		'does not move to another vendor on %s',
		async (kind) => {
			const { run, clock, calls } = scriptedEngine({ a: [failure(kind)], b: ['never'] });
			const error = await errorOf(clock.run(executeChat(ask(), planOf([A, B]), run)));
			expect(error.code).toBe('ALL_CANDIDATES_FAILED');
			expect(error.advice).toContain('openai/b was not asked');
			expect(calls).toHaveLength(1);
		},
	);

	test('says which model was probably meant when the vendor does not know it', async () => {
		const { run, clock } = scriptedEngine({ 'gpt-6-lunaa': [failure('model-not-found')] });
		const plan = planOf([candidate('gpt-6-lunaa')]);
		const error = await errorOf(clock.run(executeChat(ask(), plan, run)));
		expect(error.advice).toBe(
			'Choose a model from the list, or check the spelling of its ID. Did you mean openai/gpt-6-luna?',
		);
	});

	test.each(['context-length', 'content-filter', 'quota', 'truncated'] as const)(
		'asks the next candidate at once on %s',
		async (kind) => {
			const { run, clock, calls } = scriptedEngine({ a: [failure(kind)], b: ['from b'] });
			const { answeredBy } = await clock.run(executeChat(ask(), planOf([A, B]), run));
			expect(answeredBy).toBe('openai/b');
			expect(calls.map(({ modelId }) => modelId)).toEqual(['a', 'b']);
		},
	);

	test('does not ask a silent candidate again while another is ready', async () => {
		const { run, clock } = scriptedEngine({
			a: [{ afterMs: 1e9, reply: 'never' }],
			b: ['from b'],
		});
		const plan = planOf([A, B], { attemptTimeoutMs: 5_000 });
		const { trace } = await clock.run(executeChat(ask(), plan, run));
		expect(
			trace.attempts.map(({ model, outcome, latencyMs }) => [model, outcome, latencyMs]),
		).toEqual([
			['openai/a', 'timeout', 5_000],
			['openai/b', 'ok', 0],
		]);
		expect(trace.costUsd).toBeUndefined();
	});

	test('never makes more calls than the item may make', async () => {
		const { run, clock, calls } = scriptedEngine({
			a: [failure('server')],
			b: [failure('server')],
		});
		const plan = planOf([A, B], {
			retry: { maxRetries: 9, maxAttempts: 4, baseDelayMs: 1, maxDelayMs: 1 },
		});
		const error = await errorOf(clock.run(executeChat(ask(), plan, run)));
		expect(calls).toHaveLength(4);
		expect(error.trace?.attempts).toHaveLength(4);
	});

	test('ends at the deadline with every attempt in the error', async () => {
		const { run, clock } = scriptedEngine({ a: [failure('server'), { afterMs: 1e9, reply: '' }] });
		const plan = planOf([A], { deadlineMs: 10_000 });
		const startedAtMs = clock.nowMs();
		const error = await errorOf(clock.run(executeChat(ask(), plan, run)));
		expect(clock.nowMs() - startedAtMs).toBe(10_000);
		expect(error.trace?.attempts.map(({ outcome }) => outcome)).toEqual(['server', 'timeout']);
		expect(clock.pending()).toBe(0);
	});

	test('does not wait for a pause that ends after the deadline', async () => {
		const { run, clock, calls } = scriptedEngine({
			a: [failure('rate-limit', { retryAfterMs: 600_000 })],
		});
		const startedAtMs = clock.nowMs();
		await errorOf(clock.run(executeChat(ask(), planOf([A]), run)));
		expect(clock.nowMs()).toBe(startedAtMs);
		expect(calls).toHaveLength(1);
	});

	test.each([
		['empty-answer', { text: '  ' }],
		['truncated', { text: '', finishReason: { unified: 'length' } }],
		['content-filter', { text: 'no', finishReason: { unified: 'content-filter' } }],
	] as const)('takes a reply that is no answer for a failure: %s', async (kind, reply) => {
		const { run, clock } = scriptedEngine({ a: [reply], b: ['from b'] });
		const plan = planOf([A, B], {
			retry: { maxRetries: 0, maxAttempts: 8, baseDelayMs: 1, maxDelayMs: 1 },
		});
		const { trace } = await clock.run(executeChat(ask(), plan, run));
		expect(trace.attempts.map(({ outcome }) => outcome)).toEqual([kind, 'ok']);
		// What the vendor reported for the unusable reply is paid for.
		expect(trace.costUsd).toBeCloseTo((2 * (10 * 1 + 5 * 2)) / 1e6, 12);
	});
});

describe('keys of one credential', () => {
	const two = candidate('a', { keys: ['key-1', 'key-2'] });

	test.each(['authentication', 'permission', 'rate-limit', 'quota'] as const)(
		'takes the next key at once on %s',
		async (kind) => {
			const { run, clock, calls } = scriptedEngine({ a: [failure(kind), 'second key'] });
			const { trace } = await clock.run(executeChat(ask(), planOf([two, B]), run));
			expect(calls.map(({ key }) => key)).toEqual(['key-1', 'key-2']);
			expect(trace.attempts.map(({ key }) => key)).toEqual([1, 2]);
			expect(JSON.stringify(trace)).not.toContain('key-1');
		},
	);

	test('begins with a key that is not cooling down', async () => {
		const { run, clock, calls } = scriptedEngine({
			a: [failure('rate-limit', { retryAfterMs: 60_000 }), 'ok'],
		});
		await clock.run(executeChat(ask(), planOf([two]), run));
		await clock.run(executeChat(ask(), planOf([two]), run));
		expect(calls.map(({ key }) => key)).toEqual(['key-1', 'key-2', 'key-2']);
	});
});

describe('pauses of several keys', () => {
	const two = candidate('a', { keys: ['key-1', 'key-2'] });
	const told = (retryAfterMs: number) => failure('rate-limit', { status: 429, retryAfterMs });
	const keysAndTimes = (calls: readonly { key: string | undefined; atMs: number }[]) =>
		calls.map(({ key, atMs }) => [key, atMs - (calls[0]?.atMs ?? 0)]);

	test('each key waits as long as it was told, and the one that is ready first is used', async () => {
		const { run, clock, calls } = scriptedEngine({ a: [told(30_000), told(1_000), 'ok'] });
		await clock.run(executeChat(ask(), planOf([two]), run));
		expect(keysAndTimes(calls)).toEqual([
			['key-1', 0],
			['key-2', 0],
			['key-2', 1_000],
		]);
	});

	test('a long pause of the second key does not hold the first one', async () => {
		const { run, clock, calls } = scriptedEngine({ a: [told(1_000), told(100_000), 'ok'] });
		await clock.run(executeChat(ask(), planOf([two]), run));
		expect(keysAndTimes(calls)[2]).toEqual(['key-1', 1_000]);
	});

	test('a later item does not turn to a key that is pausing', async () => {
		const { run, clock, calls } = scriptedEngine({ a: [told(60_000), 'ok', told(2_000), 'ok'] });
		await clock.run(executeChat(ask(), planOf([two]), run));
		await clock.run(executeChat(ask('again'), planOf([two]), run));
		expect(keysAndTimes(calls).slice(2)).toEqual([
			['key-2', 0],
			['key-2', 2_000],
		]);
	});
});

describe('pauses that vendors ask for', () => {
	test('hold for the same model listed twice', async () => {
		const { run, clock, calls } = scriptedEngine({
			a: [failure('rate-limit', { retryAfterMs: 30_000 }), 'ok'],
		});
		const warmer = { ...A, settings: { temperature: 1 } };
		await clock.run(executeChat(ask(), planOf([A, warmer]), run));
		expect((calls[1]?.atMs ?? 0) - (calls[0]?.atMs ?? 0)).toBe(30_000);
	});

	test('end when the model answers again', async () => {
		const { run, clock } = scriptedEngine({
			a: [failure('rate-limit', { retryAfterMs: 3_000_000 }), 'probed', 'again'],
			b: ['from b'],
		});
		await errorOf(clock.run(executeChat(ask(), planOf([A]), run)));
		await clock.run(executeChat(ask(), planOf([A]), run));
		const { answeredBy } = await clock.run(executeChat(ask(), planOf([A, B]), run));
		expect(answeredBy).toBe('openai/a');
	});

	test('hold for later items too, and the skipped candidate says so', async () => {
		const { run, clock } = scriptedEngine({
			a: [failure('rate-limit', { retryAfterMs: 60_000 }), 'a is back'],
			b: ['from b'],
		});
		await clock.run(executeChat(ask(), planOf([A, B]), run));
		const second = await clock.run(executeChat(ask(), planOf([A, B]), run));
		expect(second.answeredBy).toBe('openai/b');
		expect(second.trace.route.skipped).toEqual([
			{ model: 'openai/a', reason: 'cooling down for 60 s more: the vendor asked to wait' },
		]);
		clock.advance(60_000);
		const third = await clock.run(executeChat(ask(), planOf([A, B]), run));
		expect(third.answeredBy).toBe('openai/a');
	});

	test('never refuse the only candidate: it is probed', async () => {
		const { run, clock, calls } = scriptedEngine({
			a: [failure('rate-limit', { retryAfterMs: 600_000 }), 'ok'],
		});
		await errorOf(clock.run(executeChat(ask(), planOf([A]), run)));
		const { response } = await clock.run(executeChat(ask(), planOf([A]), run));
		expect(response.text).toBe('ok');
		expect(calls).toHaveLength(2);
	});
});

describe('stopping', () => {
	test('ends a backoff at once and makes no further call', async () => {
		const { run, clock, calls, stop } = scriptedEngine({
			a: [failure('rate-limit', { retryAfterMs: 50_000 })],
		});
		const work = errorOf(executeChat(ask(), planOf([A]), run));
		await new Promise((resolve) => setTimeout(resolve, 20));
		stop.abort(new Error('stopped'));
		const error = await work;
		expect(error.code).toBe('CANCELLED');
		expect(error.trace?.attempts).toHaveLength(1);
		expect(calls).toHaveLength(1);
		expect(clock.pending()).toBe(0);
	});

	test('aborts the open call and keeps it in the trail', async () => {
		const { run, calls, stop } = scriptedEngine({ a: [{ afterMs: 1e9, reply: '' }] });
		const work = errorOf(executeChat(ask(), planOf([A], CACHED), run));
		await new Promise((resolve) => setTimeout(resolve, 20));
		stop.abort(new Error('stopped'));
		const error = await work;
		expect(error.trace?.attempts.map(({ outcome }) => outcome)).toEqual(['aborted']);
		expect(calls[0]?.aborted).toBe(true);
	});

	test('makes no call when it was stopped before', async () => {
		const { run, calls, stop } = scriptedEngine({ a: ['never'] });
		stop.abort(new Error('stopped'));
		expect((await errorOf(executeChat(ask(), planOf([A]), run))).code).toBe('CANCELLED');
		expect(calls).toHaveLength(0);
	});
});

describe('cache', () => {
	const plan = planOf([A, B], CACHED);

	test('gives a stored answer without a call, free and under the model that answered', async () => {
		const { run, clock, calls } = scriptedEngine({ a: [failure('quota')], b: ['from b'] });
		await clock.run(executeChat(ask(), plan, run));
		const again = await clock.run(executeChat(ask(), plan, run));
		expect(again.answeredBy).toBe('openai/b');
		expect(again.trace).toMatchObject({ cache: 'hit', attempts: [], costUsd: 0 });
		expect(again.response.usage).toEqual({});
		expect(calls).toHaveLength(2);
	});

	test('makes one call for 1,000 identical requests under way', async () => {
		const { run, clock, calls } = scriptedEngine({ a: [{ afterMs: 1_000, reply: '42' }] });
		const all = Promise.all(
			Array.from({ length: 1000 }, async () => await executeChat(ask(), plan, run)),
		);
		const results = await clock.run(all);
		expect(calls).toHaveLength(1);
		expect(results.filter(({ trace }) => trace.cache === 'miss')).toHaveLength(1);
		expect(results.filter(({ trace }) => trace.cache === 'joined')).toHaveLength(999);
		const paid = results.reduce((sum, { trace }) => sum + (trace.costUsd ?? NaN), 0);
		expect(paid).toBeCloseTo((10 * 1 + 5 * 2) / 1e6, 12);
	});

	test('lets a joiner leave without touching anybody else', async () => {
		const { run, clock, calls } = scriptedEngine({ a: [{ afterMs: 1_000, reply: '42' }] });
		const leaving = new AbortController();
		const first = executeChat(ask(), plan, run);
		const joiner = errorOf(executeChat(ask(), plan, { ...run, signal: leaving.signal }));
		await new Promise((resolve) => setTimeout(resolve, 10));
		leaving.abort(new Error('left'));
		expect((await joiner).code).toBe('CANCELLED');
		expect((await clock.run(first)).response.text).toBe('42');
		expect(calls[0]?.aborted).toBe(false);
	});

	test('hands the call and its cost to a joiner when the first one leaves', async () => {
		const { run, clock, calls } = scriptedEngine({ a: [{ afterMs: 1_000, reply: '42' }] });
		const leaving = new AbortController();
		const first = errorOf(executeChat(ask(), plan, { ...run, signal: leaving.signal }));
		await new Promise((resolve) => setTimeout(resolve, 10));
		const joiner = executeChat(ask(), plan, run);
		await new Promise((resolve) => setTimeout(resolve, 10));
		leaving.abort(new Error('left'));
		expect((await first).code).toBe('CANCELLED');
		const result = await clock.run(joiner);
		expect(result.trace).toMatchObject({ cache: 'miss', attempts: [{ outcome: 'ok' }] });
		expect(calls).toHaveLength(1);
	});

	test('reports a shared failure once: the joiners paid nothing', async () => {
		const { run, clock, calls } = scriptedEngine({
			a: [{ afterMs: 10, reply: failure('authentication') }],
		});
		const errors = await clock.run(
			Promise.all([1, 2, 3].map(async () => await errorOf(executeChat(ask(), plan, run)))),
		);
		expect(calls).toHaveLength(1);
		expect(errors.map(({ trace }) => trace?.attempts.length)).toEqual([1, 0, 0]);
	});

	test('a joiner keeps its own deadline when the call it waited for runs out of time', async () => {
		const { run, clock } = scriptedEngine({ a: [{ afterMs: 1e9, reply: '' }] });
		const short = planOf([A], { ...CACHED, deadlineMs: 1_000 });
		const startedAtMs = clock.nowMs();
		const first = errorOf(executeChat(ask(), short, run));
		const late = clock.sleep(400, run.signal).then(async () => {
			const error = await errorOf(executeChat(ask(), short, run));
			return { error, atMs: clock.nowMs() - startedAtMs };
		});
		const [, { error, atMs }] = await clock.run(Promise.all([first, late]));
		expect(error.code).toBe('DEADLINE_EXCEEDED');
		expect(atMs).toBe(1_400);
	});

	test('does not share a call between items that would try differently hard', async () => {
		const { run, clock, calls } = scriptedEngine({
			a: [{ afterMs: 10, reply: failure('server') }],
			b: ['from b'],
		});
		const hasty = planOf([A, B], {
			...CACHED,
			fallbackOn: [],
			retry: { maxRetries: 0, maxAttempts: 1, baseDelayMs: 1, maxDelayMs: 1 },
		});
		const [first, second] = await clock.run(
			Promise.allSettled([executeChat(ask(), hasty, run), executeChat(ask(), plan, run)]),
		);
		expect([first?.status, second?.status]).toEqual(['rejected', 'fulfilled']);
		expect(calls.at(-1)?.modelId).toBe('b');
	});

	test('keeps failures and cut answers out', async () => {
		const cut = { text: 'half an ans', finishReason: { unified: 'length' } } as const;
		const { run, clock, calls } = scriptedEngine({ a: [cut, 'whole'] });
		const first = await clock.run(executeChat(ask(), plan, run));
		expect(first.trace.warnings.join()).toContain('cut at the output limit');
		await clock.run(executeChat(ask(), plan, run));
		expect(calls).toHaveLength(2);
	});

	test('forgets after the time to live, and asks again when told to', async () => {
		const { run, clock, calls } = scriptedEngine({ a: ['one', 'two', 'three'] });
		await clock.run(executeChat(ask(), plan, run));
		const fresh = { ...plan, cache: { ...CACHED.cache, refresh: true } };
		expect((await clock.run(executeChat(ask(), fresh, run))).response.text).toBe('two');
		expect((await clock.run(executeChat(ask(), plan, run))).response.text).toBe('two');
		clock.advance(3_600_001);
		expect((await clock.run(executeChat(ask(), plan, run))).response.text).toBe('three');
		expect(calls).toHaveLength(3);
	});

	test.each([
		['another credential', planOf([candidate('a', { identity: 'credential-2' }), B], CACHED)],
		['another workflow', planOf([A, B], { cache: { ...CACHED.cache, scope: 'workflow-2' } })],
		['another setting', planOf([{ ...A, settings: { temperature: 0 } }, B], CACHED)],
		['another order', planOf([B, A], CACHED)],
	])('never crosses to %s', async (_name, other) => {
		const { run, clock, calls } = scriptedEngine({ a: ['one', 'two'], b: ['three'] });
		await clock.run(executeChat(ask(), plan, run));
		const result = await clock.run(executeChat(ask(), other, run));
		expect(result.trace.cache).toBe('miss');
		expect(calls).toHaveLength(2);
	});
});

describe('strategies', () => {
	test('cheapest asks the one that costs least for this request', async () => {
		const { run, clock, calls } = scriptedEngine({ a: ['dear'], b: ['cheap'] });
		const dear = { ...A, price: { inputPriceUsd: 10, outputPriceUsd: 30 } };
		const plan = planOf([dear, B], { strategy: 'cheapest' });
		const { trace } = await clock.run(executeChat(ask(), plan, run));
		expect(calls.map(({ modelId }) => modelId)).toEqual(['b']);
		expect(trace.route).toMatchObject({ strategy: 'cheapest' });
		expect(trace.route.reason).toContain('cheapest for this request');
	});

	test('fastest leaves the slow one after it was measured', async () => {
		const { run, clock, calls } = scriptedEngine({
			a: [{ afterMs: 3_000, reply: 'slow' }],
			b: [{ afterMs: 100, reply: 'quick' }],
		});
		const plan = planOf([A, B], { strategy: 'fastest' });
		for (let item = 0; item < 12; item++) await clock.run(executeChat(ask(), plan, run));
		expect(calls.filter(({ modelId }) => modelId === 'a')).toHaveLength(1);
	});

	test('a request that fits no window is refused with a reason for each model', async () => {
		const { run, clock, calls } = scriptedEngine({});
		const small = { ...candidate('gpt-3.5-turbo'), id: 'openai/gpt-3.5-turbo' };
		const error = await errorOf(
			clock.run(executeChat(ask('word '.repeat(60_000)), planOf([small]), run)),
		);
		expect(error.code).toBe('NO_ELIGIBLE_CANDIDATE');
		expect(error.message).toMatch(/openai\/gpt-3.5-turbo: the request needs about [\d,]+ tokens/);
		expect(calls).toHaveLength(0);
	});

	test('a request too long for the first model goes to one with a larger window', async () => {
		const { run, clock } = scriptedEngine({ 'gpt-4.1': ['read it all'] });
		const plan = planOf([candidate('gpt-3.5-turbo'), candidate('gpt-4.1')]);
		const { answeredBy, trace } = await clock.run(
			executeChat(ask('word '.repeat(60_000)), plan, run),
		);
		expect(answeredBy).toBe('openai/gpt-4.1');
		expect(trace.route.skipped.map(({ model }) => model)).toEqual(['openai/gpt-3.5-turbo']);
	});
});
