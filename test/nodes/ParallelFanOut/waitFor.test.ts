import '../../support/timed';
import { setTimeout as delay } from 'node:timers/promises';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { recordedQuestions } from '../../sandbox';
import { jsonOf } from '../../support/runWorkflow';
import { callAsTool } from '../shared/agent';
import { FAN_OUT, fanOut, FLASH, HAIKU, MINI, models, underTest } from '../shared/underTest';

const host = underTest();

const ONCE = { reliability: { maxRetries: 0 } };
const SLOW = `${HAIKU}--latency-3000`;
const HANGS = `${FLASH}--fault-hang`;
const DEEPSEEK = 'openaiCompatible/deepseek-v2.5-0908';
const LLAMA = 'openaiCompatible/llama-3.1-70b-instruct';
const FIVE = {
	providers: ['openai', 'anthropic', 'google', 'openaiCompatible'],
	candidates: models(MINI, HAIKU, FLASH, DEEPSEEK, LLAMA),
};

const answersOf = (item: IDataObject | undefined) => (item?.answers ?? []) as IDataObject[];
const ask = async (parameters: INodeParameters, items: IDataObject[] = [{ prompt: 'hello' }]) =>
	await host.run(FAN_OUT, { ...ONCE, ...parameters }, items);

describe('first', () => {
	const FIRST = { waitFor: 'first', candidates: models(MINI, SLOW, HANGS) };

	test('gives the first answer at once and lists the calls that were given up', async () => {
		await ask({ candidates: models(MINI) }, [{ prompt: 'warm up' }]);
		const startedAtMs = performance.now();
		const run = await ask(FIRST);
		expect(performance.now() - startedAtMs).toBeLessThan(1_000);
		const [item] = jsonOf(run, 'Node');
		expect(item).toMatchObject({ succeeded: 1, failed: 0, costUsd: null });
		expect(answersOf(item)).toMatchObject([
			{ model: MINI, status: 'ok', costUsd: expect.any(Number) },
			{
				model: SLOW,
				status: 'aborted',
				costUsd: null,
				failure: { kind: 'cancelled', message: 'Given up: a first answer was there' },
				attempts: [{ outcome: 'aborted' }],
			},
			{ model: HANGS, status: 'aborted', costUsd: null, attempts: [{ outcome: 'aborted' }] },
		]);
		expect(run.hints.Node?.[0]?.message).not.toContain('failed');
	});

	test('one item per answer: those that were given up are items too', async () => {
		const run = await ask({ ...FIRST, outputMode: 'perAnswer' });
		const items = jsonOf(run, 'Node');
		expect(items.map(({ status }) => status)).toEqual(['ok', 'aborted', 'aborted']);
		expect(new Set(items.map(({ groupId }) => groupId)).size).toBe(1);
	});
});

test('a quorum is enough, and the slowest are given up', async () => {
	const run = await ask({ waitFor: 'quorum', quorum: 2, candidates: models(MINI, HANGS, HAIKU) });
	const [item] = jsonOf(run, 'Node');
	expect(item).toMatchObject({ succeeded: 2, failed: 0 });
	expect(answersOf(item).map(({ status }) => status)).toEqual(['ok', 'aborted', 'ok']);
});

test('a quorum that was not reached is said in the item and in the run', async () => {
	const run = await ask({
		waitFor: 'quorum',
		quorum: 2,
		candidates: models(MINI, `${HAIKU}--fault-500`),
	});
	const sentence = 'The quorum of 2 answers was not reached: there were 1';
	expect(jsonOf(run, 'Node')[0]).toMatchObject({ succeeded: 1, warnings: [sentence] });
	expect(run.hints.Node?.map(({ message }) => message)).toContain(sentence);
});

describe('agreement', () => {
	const questions = recordedQuestions('numeric')
		.slice(0, 12)
		.map(({ question }) => ({ prompt: question }));

	test('makes fewer calls, and the vendors saw no other', async () => {
		const run = await ask({ ...FIVE, waitFor: 'agreement' }, questions);
		const items = jsonOf(run, 'Node');
		const answers = items.flatMap(answersOf);
		const asked = answers.filter(({ status }) => status !== 'skipped');
		expect(host.sandbox.calls()).toHaveLength(asked.length);
		expect(asked.length).toBeLessThanOrEqual(questions.length * 5 * 0.75);
		expect(items.every(({ costUsd }) => typeof costUsd === 'number')).toBe(true);
		for (const { failure, attempts } of answers.filter(({ status }) => status === 'skipped')) {
			expect((failure as IDataObject).message).toMatch(
				/^Not asked: the answers of [34] of 5 branches decide the vote$/,
			);
			expect(attempts).toEqual([]);
		}
	});

	test('an agent gets the answers only', async () => {
		const run = await callAsTool(
			FAN_OUT,
			fanOut,
			{ ...FIVE, waitFor: 'agreement', prompt: "={{ $fromAI('question', 'What to ask') }}" },
			{ question: questions[0]?.prompt ?? '' },
			{ credentials: host.credentials },
		);
		const [said] = jsonOf(run, 'Agent')[0]?.said as IDataObject[];
		const answers = said?.answers as IDataObject[];
		expect(answers).toHaveLength(host.sandbox.calls().length);
		expect(Object.keys(answers[0] ?? {}).sort()).toEqual(['costUsd', 'model', 'text']);
	});
});

test.each([
	{ waitFor: 'all' },
	{ waitFor: 'first' },
	{ waitFor: 'quorum' },
	{ waitFor: 'agreement' },
])('Stop ends all branches of all items at once ($waitFor)', async ({ waitFor }) => {
	const stop = new AbortController();
	const hanging = [MINI, HAIKU, FLASH].map((id) => `${id}--fault-hang`);
	const running = host.run(
		FAN_OUT,
		{ waitFor, candidates: models(...hanging), ...ONCE },
		[{ prompt: 'a' }, { prompt: 'b' }],
		{ signal: stop.signal },
	);
	const expected = waitFor === 'agreement' ? 4 : 6;
	while (host.sandbox.calls().length < expected) await delay(10);
	const stoppedAtMs = Date.now();
	stop.abort();
	await running;
	expect(Date.now() - stoppedAtMs).toBeLessThan(200);
	await delay(100);
	const calls = host.sandbox.calls();
	expect(calls).toHaveLength(expected);
	for (const { aborted, endedAtMs = Infinity } of calls) {
		expect(aborted).toBe(true);
		expect(endedAtMs - stoppedAtMs).toBeLessThan(100);
	}
});

test('two of five fail: the item succeeds and lists them', async () => {
	const run = await ask({
		...FIVE,
		candidates: models(
			MINI,
			`${HAIKU}--fault-reset-mid-body`,
			FLASH,
			`${DEEPSEEK}--fault-truncated-json`,
			LLAMA,
		),
	});
	const [item] = jsonOf(run, 'Node');
	expect(item).toMatchObject({ succeeded: 3, failed: 2, costUsd: null });
	expect(answersOf(item).map(({ failure }) => (failure as IDataObject | undefined)?.kind)).toEqual([
		undefined,
		'network',
		undefined,
		'malformed-response',
		undefined,
	]);
	expect(host.sandbox.calls()).toHaveLength(5);
});

test('at the deadline the item goes on with what is there', async () => {
	const run = await ask({
		candidates: models(MINI, HANGS, SLOW),
		reliability: { maxRetries: 0, deadlineSeconds: 1 },
	});
	const [item] = jsonOf(run, 'Node');
	expect(item).toMatchObject({ succeeded: 1, failed: 2, costUsd: null });
	expect(answersOf(item)[1]).toMatchObject({
		status: 'failed',
		failure: { kind: 'timeout', message: 'No answer within the deadline of 1 s' },
	});
});
