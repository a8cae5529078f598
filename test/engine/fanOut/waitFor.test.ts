import { fanOut, type BranchFailure, type EngineError } from '../../../engine/index';
import { CACHED, candidate, failure, planOf } from '../../support/scriptedEngine';
import { branch, policyOf, started, statusesOf } from './panel';

const after = (afterMs: number, reply: string) => [{ afterMs, reply }];
const HANGS = after(1e9, '');
const five = () => ['a', 'b', 'c', 'd', 'e'].map((modelId) => branch(modelId));
const failed = async (work: Promise<unknown>) =>
	await work.then(
		() => undefined as never,
		(error: EngineError) => error,
	);

describe('first', () => {
	const first = policyOf({ waitFor: 'first' });

	test('takes the first good answer, aborts the others and waits until they have settled', async () => {
		const { run, clock, calls } = started({
			a: after(9_000, 'slow'),
			b: after(1_000, 'quick'),
			c: HANGS,
		});
		const startedAtMs = clock.nowMs();
		const panel = [branch('a'), branch('b'), branch('c')];
		const result = await clock.run(fanOut(panel, first, run));
		expect(clock.nowMs() - startedAtMs).toBe(1_000);
		expect(statusesOf(result.results)).toEqual(['aborted', 'ok', 'aborted']);
		expect(calls.map(({ aborted }) => aborted)).toEqual([true, false, true]);
		expect(clock.pending()).toBe(0);
	});

	test('the calls that were given up stand in the trail, and their cost is not known', async () => {
		const { run, clock } = started({ a: HANGS, b: after(1_000, 'quick') });
		const result = await clock.run(fanOut([branch('a'), branch('b')], first, run));
		expect(result.results[0]).toMatchObject({
			status: 'aborted',
			failure: { kind: 'cancelled', message: 'Given up: a first answer was there' },
			attempts: [
				{
					outcome: 'aborted',
					latencyMs: 1_000,
					message: 'Given up: a first answer was there',
				},
			],
		});
		expect(result.results[0]).not.toHaveProperty('costUsd');
		expect(result).not.toHaveProperty('costUsd');
		expect(result).toMatchObject({ succeeded: 1, failed: 0 });
	});

	test('a branch that fails first does not win', async () => {
		const { run, clock } = started({
			a: [failure('server')],
			b: after(1_000, 'fine'),
			c: after(2_000, 'late'),
		});
		const panel = [branch('a'), branch('b'), branch('c')];
		const result = await clock.run(fanOut(panel, first, run));
		expect(statusesOf(result.results)).toEqual(['failed', 'ok', 'aborted']);
		expect(result).toMatchObject({ succeeded: 1, failed: 1 });
	});

	test('fails when no branch answers', async () => {
		const { run, clock } = started({ a: [failure('server')], b: [failure('quota')] });
		const error = await failed(clock.run(fanOut([branch('a'), branch('b')], first, run)));
		expect(error.message).toContain('0 of 2 branches answered, 1 needed');
		expect(error.message).toContain('A: openai/a');
		expect(error.message).toContain('B: openai/b');
	});

	test('a stored answer wins before anybody is called', async () => {
		const { run, clock, calls } = started({ a: HANGS, b: after(10, 'stored') });
		const cached = (modelId: string) =>
			branch(modelId, { plan: planOf([candidate(modelId)], CACHED) });
		await clock.run(fanOut([cached('b')], first, run));
		const result = await clock.run(fanOut([cached('a'), cached('b')], first, run));
		expect(result.results[1]).toMatchObject({ status: 'ok', cache: 'hit', costUsd: 0 });
		expect(result.costUsd).toBe(0);
		expect(calls).toHaveLength(1);
	});

	test('of two items that share a call, exactly one accounts for it when both give it up', async () => {
		const { run, clock, calls } = started({ a: HANGS, b: after(1_000, 'quick') });
		const panel = [branch('a'), branch('b')].map((one) => ({
			...one,
			plan: { ...one.plan, ...CACHED },
		}));
		const items = await clock.run(
			Promise.all([fanOut(panel, first, run), fanOut(panel, first, run)]),
		);
		expect(calls).toHaveLength(2);
		expect(calls[0]?.aborted).toBe(true);
		const attempts = items.flatMap(({ results }) => results.flatMap((one) => one.attempts));
		expect(attempts.map(({ model, outcome }) => [model, outcome]).sort()).toEqual([
			['openai/a', 'aborted'],
			['openai/b', 'ok'],
		]);
		expect(items.filter(({ costUsd }) => costUsd === undefined)).toHaveLength(1);
	});

	test('two answers in the same moment are both kept: both are paid', async () => {
		const { run, clock } = started({ a: ['one'], b: ['two'] });
		const result = await clock.run(fanOut([branch('a'), branch('b')], first, run));
		const known = result.results.filter(({ status }) => status === 'ok');
		expect(result.succeeded).toBe(known.length);
		for (const { status, attempts } of result.results) {
			if (status === 'aborted')
				expect(attempts.every(({ outcome }) => outcome !== 'ok')).toBe(true);
		}
	});
});

describe('quorum', () => {
	test('ends with the slowest answer of the quorum', async () => {
		const { run, clock } = started({
			a: after(3_000, '1'),
			b: after(1_000, '2'),
			c: HANGS,
			d: after(2_000, '3'),
			e: after(9_000, '4'),
		});
		const startedAtMs = clock.nowMs();
		const quorum = policyOf({ waitFor: 'quorum', quorum: 3 });
		const result = await clock.run(fanOut(five(), quorum, run));
		expect(clock.nowMs() - startedAtMs).toBe(3_000);
		expect(statusesOf(result.results)).toEqual(['ok', 'ok', 'aborted', 'ok', 'aborted']);
		expect((result.results[2] as BranchFailure).failure.message).toBe(
			'Given up: the quorum of 3 answers was there',
		);
	});

	test('uses what is there when the quorum cannot be reached any more, and says so', async () => {
		const { run, clock } = started({
			a: ['1'],
			b: [failure('quota')],
			c: ['2'],
			d: [failure('server')],
			e: [failure('quota')],
		});
		const quorum = policyOf({ waitFor: 'quorum', quorum: 3 });
		const result = await clock.run(fanOut(five(), quorum, run));
		expect(result).toMatchObject({ succeeded: 2, failed: 3 });
		expect(result.warnings).toEqual(['The quorum of 3 answers was not reached: there were 2']);
	});
});

describe('agreement', () => {
	const agreement = policyOf({ waitFor: 'agreement' });
	const answer = (number: number) => `The answer is ${number}.`;

	test('asks no more branches than could decide, and no further one when they agree', async () => {
		const { run, clock, calls } = started({
			a: after(1_000, answer(42)),
			b: after(3_000, answer(42)),
			c: after(2_000, answer(42)),
			d: HANGS,
			e: HANGS,
		});
		const startedAtMs = clock.nowMs();
		const result = await clock.run(fanOut(five(), agreement, run));
		expect(clock.nowMs() - startedAtMs).toBe(3_000);
		expect(calls.map(({ modelId }) => modelId)).toEqual(['a', 'b', 'c']);
		expect(statusesOf(result.results)).toEqual(['ok', 'ok', 'ok', 'skipped', 'skipped']);
		expect(result.results[4]).toMatchObject({
			failure: {
				kind: 'cancelled',
				message: 'Not asked: the answers of 3 of 5 branches decide the vote',
			},
			attempts: [],
			costUsd: 0,
		});
		expect(result.costUsd).toBeCloseTo((3 * (10 * 1 + 5 * 2)) / 1e6, 12);
		expect(result).toMatchObject({ succeeded: 3, failed: 0 });
	});

	test('asks one more as soon as those under way cannot decide any more', async () => {
		const { run, clock, calls } = started({
			a: after(1_000, answer(42)),
			b: after(2_000, answer(41)),
			c: after(4_000, answer(42)),
			d: after(1_000, answer(42)),
			e: HANGS,
		});
		const startedAtMs = clock.nowMs();
		const result = await clock.run(fanOut(five(), agreement, run));
		expect(calls.map(({ modelId, atMs }) => [modelId, atMs - startedAtMs])).toEqual([
			['a', 0],
			['b', 0],
			['c', 0],
			['d', 2_000],
		]);
		expect(clock.nowMs() - startedAtMs).toBe(4_000);
		expect(statusesOf(result.results)).toEqual(['ok', 'ok', 'ok', 'ok', 'skipped']);
	});

	test('a branch that fails is replaced at once by the next', async () => {
		const { run, clock, calls } = started({
			a: [failure('quota')],
			b: after(1_000, answer(7)),
			c: after(1_000, answer(7)),
			d: after(1_000, answer(7)),
			e: HANGS,
		});
		const result = await clock.run(fanOut(five(), agreement, run));
		expect(calls.map(({ modelId }) => modelId)).toEqual(['a', 'b', 'c', 'd']);
		expect(result).toMatchObject({ succeeded: 3, failed: 1 });
	});

	test('a branch that hangs holds nobody up: the next one is asked in its place', async () => {
		const { run, clock } = started({
			a: after(1_000, answer(7)),
			b: HANGS,
			c: after(1_500, answer(7)),
			d: after(1_000, answer(7)),
			e: HANGS,
		});
		const startedAtMs = clock.nowMs();
		const result = await clock.run(fanOut(five(), agreement, run));
		expect(clock.nowMs() - startedAtMs).toBe(6_000);
		expect(statusesOf(result.results)).toEqual(['ok', 'aborted', 'ok', 'ok', 'skipped']);
		expect(result).not.toHaveProperty('costUsd');
		expect(clock.pending()).toBe(0);
	});

	test('asks all of them when they do not agree', async () => {
		const { run, clock, calls } = started({
			a: [answer(1)],
			b: [answer(2)],
			c: [answer(3)],
			d: [answer(4)],
			e: [answer(5)],
		});
		const result = await clock.run(fanOut(five(), agreement, run));
		expect(calls).toHaveLength(5);
		expect(result).toMatchObject({ succeeded: 5 });
	});

	test('reads the answers as it is told', async () => {
		const texts = { a: ['so 42'], b: ['it is 42'], c: ['42 then'], d: ['1'], e: ['2'] };
		const numbers = started(texts);
		const byNumber = policyOf({ waitFor: 'agreement', extract: 'finalNumber' });
		await numbers.clock.run(fanOut(five(), byNumber, numbers.run));
		expect(numbers.calls).toHaveLength(3);
		const whole = started(texts);
		const byText = policyOf({ waitFor: 'agreement', extract: 'wholeText' });
		await whole.clock.run(fanOut(five(), byText, whole.run));
		expect(whole.calls).toHaveLength(5);
	});

	test('asks at least as many as are needed', async () => {
		const same = [answer(1)];
		const { run, clock, calls } = started({ a: same, b: same, c: same, d: same, e: same });
		const four = policyOf({ waitFor: 'agreement', minAnswers: 4 });
		await clock.run(fanOut(five(), four, run));
		expect(calls).toHaveLength(4);
	});

	test('branches that were not asked when the time was over say so', async () => {
		const { run, clock } = started({ a: after(10, '1'), b: after(10, '1'), c: HANGS }, 3_000);
		const result = await clock.run(fanOut(five(), agreement, run));
		expect(statusesOf(result.results)).toEqual(['ok', 'ok', 'failed', 'skipped', 'skipped']);
		expect(result.results[3]).toMatchObject({
			failure: { kind: 'timeout', message: 'No answer within the deadline of 3 s' },
		});
		expect(result).toMatchObject({ succeeded: 2, failed: 3 });
	});
});

test('a vote counts stored answers before it asks anybody', async () => {
	const same = after(10, 'The answer is 7.');
	const { run, clock, calls } = started({ a: same, b: same, c: same, d: same, e: same });
	const cached = five().map((one) => ({ ...one, plan: { ...one.plan, ...CACHED } }));
	await clock.run(fanOut(cached.slice(2, 4), policyOf({}), run));
	const result = await clock.run(fanOut(cached, policyOf({ waitFor: 'agreement' }), run));
	expect(calls.map(({ modelId }) => modelId)).toEqual(['c', 'd', 'a']);
	expect(statusesOf(result.results)).toEqual(['ok', 'skipped', 'ok', 'ok', 'skipped']);
});

test.each([
	{ waitFor: 'all' },
	{ waitFor: 'first' },
	{ waitFor: 'quorum' },
	{ waitFor: 'agreement' },
] as const)('Stop ends all branches at once ($waitFor)', async ({ waitFor }) => {
	const { run, stop, clock, calls } = started({ a: HANGS, b: HANGS, c: HANGS, d: HANGS, e: HANGS });
	const work = failed(fanOut(five(), policyOf({ waitFor }), run));
	await new Promise((resolve) => setTimeout(resolve, 20));
	stop.abort(new Error('stopped'));
	const error = await work;
	expect(error.code).toBe('CANCELLED');
	expect(error.trace?.attempts).toHaveLength(calls.length);
	expect(error.trace?.costUsd).toBeUndefined();
	expect(calls.every(({ aborted }) => aborted)).toBe(true);
	expect(clock.pending()).toBe(0);
});

test('a bug in one branch ends the others and is thrown', async () => {
	const { run, clock, calls } = started({ a: HANGS });
	const work = clock.run(fanOut([branch('a'), branch('b')], policyOf({}), run));
	await expect(work).rejects.toThrow('No script for b');
	expect(calls[0]?.aborted).toBe(true);
});
