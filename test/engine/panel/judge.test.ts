import {
	BudgetExceededError,
	CancelledError,
	estimatePanelUsd,
	InvalidPlanError,
	PANEL,
	panelSchema,
} from '../../../engine/index';
import { createGate } from '../../../engine/fanOut/createGate';
import { CACHED, failure, scriptedEngine } from '../../support/scriptedEngine';
import { alwaysPicks, answersOf, model, panelOf, prefers, seat, seen } from './scriptedPanel';

const { judge } = PANEL;
const QUESTION = 'What is the capital of Australia?';
const ANSWERS = answersOf({ red: 'Canberra', green: 'Sydney', blue: 'Melbourne' });

test('a judge that finds the same answer best in both orders decides', async () => {
	const engine = scriptedEngine({ j: [prefers('Canberra')] });
	const result = await engine.clock.run(
		judge(QUESTION, ANSWERS, panelOf([seat(['j'])]), engine.run),
	);
	expect(result).toMatchObject({
		answer: 'Canberra',
		winnerIndex: 0,
		agreement: 1,
		agreed: true,
		method: 'judge',
		winner: ['red'],
		votes: [
			{ answer: 'Canberra', weight: 1, models: ['red'] },
			{ answer: 'Sydney', weight: 0, models: ['green'] },
			{ answer: 'Melbourne', weight: 0, models: ['blue'] },
		],
		dissent: [
			{ model: 'green', answer: 'Sydney' },
			{ model: 'blue', answer: 'Melbourne' },
		],
		verdicts: [{ judge: 'local/j', picks: [['red'], ['red']], survived: true }],
	});
	expect(engine.calls).toHaveLength(2);
	expect(result.trace.attempts).toHaveLength(2);
	expect(result.trace.attempts.map(({ purpose }) => purpose)).toEqual(['judge', 'judge']);
	expect(result.trace.costUsd).toBeCloseTo((2 * (10 * 1 + 5 * 2)) / 1e6, 12);
	expect(result.trace.warnings).toEqual([]);
});

test.each([2, 3, 4, 5, 8])(
	'of %i answers none wins with a judge that goes by the place',
	async (count) => {
		const answers = Array.from({ length: count }, (_, index) => ({
			model: `m${index}`,
			text: index === 1 ? 'answer 0' : `answer ${Math.max(0, index - 1)}`,
		}));
		const distinct = count - 1;
		for (let place = 0; place < distinct; place++) {
			const engine = scriptedEngine({ j: [alwaysPicks(String.fromCharCode(65 + place))] });
			const result = await engine.clock.run(
				judge(QUESTION, answers, panelOf([seat(['j'])]), engine.run),
			);
			if (distinct === 1) {
				expect(engine.calls).toHaveLength(0);
				continue;
			}
			expect(result.verdicts).toMatchObject([
				{ survived: false, problem: 'it chose another answer when the order was swapped' },
			]);
			expect(result).toMatchObject({
				method: 'majority',
				answer: 'answer 0',
				winner: ['m0', 'm1'],
			});
		}
	},
);

test('without a verdict the fallback decides and says so', async () => {
	const engine = scriptedEngine({ j: [alwaysPicks('A')] });
	const answers = answersOf({ red: '42', green: '41', blue: '42.0' });
	const result = await engine.clock.run(
		judge(QUESTION, answers, panelOf([seat(['j'])]), engine.run),
	);
	expect(result).toMatchObject({ method: 'majority', answer: 42, agreement: 2 / 3, agreed: true });
	expect(result.winnerIndex).toBeUndefined();
	expect(result.fallback?.extraction.used).toBe('finalNumber');
	expect(result.trace.warnings).toEqual([
		'No verdict of a judge survived the swap of the order. Decided by majority instead',
		'No verdict by local/j: it chose another answer when the order was swapped',
	]);
	expect(result.trace.attempts).toHaveLength(2);
});

test('the majority of a jury decides when one judge fails', async () => {
	const engine = scriptedEngine({
		one: [prefers('Canberra')],
		two: [failure('authentication', { status: 401 })],
		three: [prefers('Canberra')],
	});
	const jury = panelOf([seat(['one']), seat(['two']), seat(['three'])]);
	const result = await engine.clock.run(judge(QUESTION, ANSWERS, jury, engine.run));
	expect(result).toMatchObject({ answer: 'Canberra', agreement: 2 / 3, agreed: true });
	expect(result.verdicts?.map(({ survived }) => survived)).toEqual([true, false, true]);
	expect(result.trace.warnings).toEqual([
		expect.stringMatching(/^No verdict by local\/two: .*authentication/),
	]);
	expect(result.trace.attempts).toHaveLength(engine.calls.length);
	expect(engine.calls).toHaveLength(6);
});

test('a jury that is split agrees on nothing; the answer that more models gave is shown', async () => {
	const engine = scriptedEngine({ one: [prefers('Canberra')], two: [prefers('Sydney')] });
	const answers = answersOf({ red: 'Canberra', green: 'Sydney', blue: 'Sydney ' });
	const jury = panelOf([seat(['one']), seat(['two'])], {
		options: panelSchema.parse({ agreementThreshold: 0 }),
	});
	const result = await engine.clock.run(judge(QUESTION, answers, jury, engine.run));
	expect(result).toMatchObject({ answer: 'Sydney', agreement: 0.5, agreed: false });
	expect(result.winner).toEqual(['green', 'blue']);
});

test('each judge sees every order and its swap, each with its own cached answer', async () => {
	const prompts = new Set<string>();
	const look = (request: Parameters<typeof seen>[0]) => {
		prompts.add([...seen(request).answers.values()].join('|'));
		return prefers('Canberra')(request);
	};
	const engine = scriptedEngine({ one: [look], two: [look] });
	const plans = [seat(['one'], CACHED), seat(['two'], CACHED)];
	const jury = panelOf(plans, { options: panelSchema.parse({ orders: 2 }) });
	const first = await engine.clock.run(judge(QUESTION, ANSWERS, jury, engine.run));
	expect(engine.calls).toHaveLength(8);
	expect(first).toMatchObject({ agreement: 1 });
	expect(first.verdicts).toHaveLength(4);
	expect(prompts.size).toBeGreaterThan(2);

	const again = await engine.clock.run(judge(QUESTION, ANSWERS, jury, engine.run));
	expect(engine.calls).toHaveLength(8);
	expect(again).toMatchObject({ answer: 'Canberra', trace: { cache: 'hit', costUsd: 0 } });
	expect(again.trace.attempts).toEqual([]);
});

test('a judge of the same model twice is asked twice', async () => {
	const engine = scriptedEngine({ j: [prefers('Canberra')] });
	const jury = panelOf([seat(['j'], CACHED), seat(['j'], CACHED)]);
	await engine.clock.run(
		judge(QUESTION, answersOf({ a: 'Canberra', b: 'Sydney' }), jury, engine.run),
	);
	expect(engine.calls).toHaveLength(4);
});

describe('a judge and its own maker', () => {
	const answers = answersOf({ 'openai/gpt-4o': 'Canberra', 'anthropic/claude-3-haiku': 'Sydney' });
	const gpt = model('gpt-4.1', 'openai');
	const claude = model('claude-opus', 'bedrock');
	const gemini = model('gemini-pro', 'google');

	test('another model of the plan judges in its place', async () => {
		const engine = scriptedEngine({ 'gemini-pro': [prefers('Canberra')] });
		const result = await engine.clock.run(
			judge(QUESTION, answers, panelOf([seat([gpt, claude, gemini])]), engine.run),
		);
		expect(engine.calls.map(({ modelId }) => modelId)).toEqual(['gemini-pro', 'gemini-pro']);
		expect(result.trace.route.skipped).toEqual([
			{
				model: 'openai/gpt-4.1',
				reason: 'openai/gpt-4.1 would judge openai/gpt-4o, a model of the same maker',
			},
			{
				model: 'bedrock/claude-opus',
				reason:
					'bedrock/claude-opus would judge anthropic/claude-3-haiku, a model of the same maker',
			},
		]);
		expect(result.trace.warnings).toEqual([]);
	});

	test('another judge of the jury judges in its place', async () => {
		const engine = scriptedEngine({ 'gemini-pro': [prefers('Canberra')] });
		const jury = panelOf([seat([gpt]), seat([gemini])]);
		const result = await engine.clock.run(judge(QUESTION, answers, jury, engine.run));
		expect(engine.calls).toHaveLength(2);
		expect(result).toMatchObject({ answer: 'Canberra', agreement: 1 });
		expect(result.trace.warnings).toEqual([
			'1 judge was left out, because every model of it has an answer of its maker to judge',
		]);
	});

	test('it judges with a warning where nobody else can', async () => {
		const engine = scriptedEngine({ 'gpt-4.1': [prefers('Canberra')] });
		const result = await engine.clock.run(
			judge(QUESTION, answers, panelOf([seat([gpt])]), engine.run),
		);
		expect(result).toMatchObject({ method: 'judge', answer: 'Canberra' });
		expect(result.trace.warnings).toEqual([
			'Judged by models that have an answer on the panel, since no other judge was given: openai/gpt-4.1 would judge openai/gpt-4o, a model of the same maker',
		]);
	});
});

test('two models that share the two orders of one judge have no verdict', async () => {
	// The first call of `j` fails, so that `k` sees one order and `j` the other.
	const engine = scriptedEngine({
		j: [failure('server', { status: 500 }), prefers('Canberra')],
		k: [prefers('Canberra')],
	});
	const result = await engine.clock.run(
		judge(QUESTION, ANSWERS, panelOf([seat(['j', 'k'])]), engine.run),
	);
	expect(result.method).toBe('majority');
	expect(result.verdicts?.[0]?.problem).toMatch(
		/local\/k saw the one order and local\/j the other|local\/j saw the one order and local\/k/,
	);
	expect(result.trace.attempts).toHaveLength(3);
});

test.each([
	{ what: 'prose', reply: 'I think A is best.' },
	{ what: 'a letter that was not shown', reply: '{"reason":"","best":"Q"}' },
	{ what: 'a lower-case letter', reply: '{"reason":"","best":"a"}' },
	{ what: 'a list', reply: '["A"]' },
	{ what: 'two verdicts', reply: '{"reason":"x","best":"A"}\n{"reason":"y","best":"B"}' },
	{ what: 'two keys', reply: '{"reason":"x","best":"A","best":"B"}' },
	{ what: 'nothing', reply: ' ' },
	{ what: 'far too much', reply: `{"reason":"${'x'.repeat(30_000)}","best":"A"}` },
])('$what is no verdict', async ({ reply }) => {
	const engine = scriptedEngine({ j: [reply] });
	const result = await engine.clock.run(
		judge(QUESTION, answersOf({ a: '42', b: '41', c: '42' }), panelOf([seat(['j'])]), engine.run),
	);
	expect(result).toMatchObject({ method: 'majority', answer: 42 });
	expect(result.verdicts).toMatchObject([{ picks: [null, null], survived: false }]);
	expect(result.trace.warnings[0]).toMatch(/Decided by majority instead$/);
	expect(result.trace.attempts).toHaveLength(engine.calls.length);
});

test('a verdict in a fence after thoughts that hold another one counts', async () => {
	const reply = (request: Parameters<typeof seen>[0]) =>
		`<think>Maybe {"reason":"","best":"A"}</think>\n\`\`\`json\n${prefers('Canberra')(request)}\n\`\`\``;
	const engine = scriptedEngine({ j: [reply] });
	const result = await engine.clock.run(
		judge(QUESTION, ANSWERS, panelOf([seat(['j'])]), engine.run),
	);
	expect(result).toMatchObject({ method: 'judge', answer: 'Canberra' });
});

test('a judge that is down leaves the decision to the fallback', async () => {
	const engine = scriptedEngine({ j: [failure('network')], k: [failure('overloaded')] });
	const result = await engine.clock.run(
		judge(QUESTION, ANSWERS, panelOf([seat(['j', 'k'])]), engine.run),
	);
	expect(result).toMatchObject({ method: 'majority', agreed: false });
	expect(result.trace.warnings[0]).toMatch(/Decided by majority instead$/);
	expect(result.trace.attempts).toHaveLength(engine.calls.length);
	expect(engine.calls).toHaveLength(4);
});

test('the deadline holds over all judges; the verdicts that are there count', async () => {
	const engine = scriptedEngine({
		quick: [prefers('Canberra')],
		slow: [{ afterMs: 50_000, reply: alwaysPicks('A') }],
	});
	const startedAtMs = engine.clock.nowMs();
	const jury = panelOf([seat(['quick']), seat(['slow'])], { deadlineMs: 5_000 });
	const result = await engine.clock.run(judge(QUESTION, ANSWERS, jury, engine.run));
	expect(engine.clock.nowMs() - startedAtMs).toBe(5_000);
	expect(result).toMatchObject({ answer: 'Canberra', agreement: 0.5, agreed: false });
	expect(result.trace.warnings).toEqual([expect.stringContaining('deadline of 5 s')]);
	expect(result.trace.attempts).toHaveLength(4);
	expect(result.trace.costUsd).toBeUndefined();
	expect(engine.clock.pending()).toBe(0);
});

test('Stop ends all calls and throws with the trail of each', async () => {
	const engine = scriptedEngine({
		quick: [prefers('Canberra')],
		slow: [{ afterMs: 50_000, reply: alwaysPicks('A') }],
	});
	const jury = panelOf([seat(['quick']), seat(['slow'])]);
	engine.clock.after(1_000, () => engine.stop.abort());
	const error = await engine.clock.run(
		judge(QUESTION, ANSWERS, jury, engine.run).catch((thrown: unknown) => thrown),
	);
	expect(error).toBeInstanceOf(CancelledError);
	const { trace } = error as CancelledError;
	expect(trace?.attempts.map(({ outcome }) => outcome).sort()).toEqual([
		'aborted',
		'aborted',
		'ok',
		'ok',
	]);
	expect(engine.calls.filter(({ aborted }) => aborted).map(({ modelId }) => modelId)).toEqual([
		'slow',
		'slow',
	]);
	expect(engine.clock.pending()).toBe(0);
});

test('answers that are the same are one; nobody is asked about a single one', async () => {
	const engine = scriptedEngine({});
	const result = await engine.clock.run(
		judge(
			QUESTION,
			answersOf({ a: 'Yes.', b: ' Yes. ', c: '' }),
			panelOf([seat(['j'])]),
			engine.run,
		),
	);
	expect(result).toMatchObject({
		answer: 'Yes.',
		agreement: 2 / 3,
		agreed: true,
		winner: ['a', 'b'],
		dissent: [{ model: 'c', answer: null }],
	});
	expect(engine.calls).toEqual([]);
});

test('blank answers are not shown; all blank leaves it to the fallback', async () => {
	const engine = scriptedEngine({});
	const result = await engine.clock.run(
		judge(
			QUESTION,
			answersOf({ a: ' ', b: '<think>hm</think>' }),
			panelOf([seat(['j'])]),
			engine.run,
		),
	);
	expect(result.method).toBe('majority');
	expect(result.trace.warnings).toEqual(['No answer has any text. Decided by majority instead']);
	expect(engine.calls).toEqual([]);
});

test('a single answer and no judge are told apart', async () => {
	const engine = scriptedEngine({});
	await expect(
		judge(QUESTION, answersOf({ a: 'x' }), panelOf([seat(['j'])]), engine.run),
	).rejects.toThrow('There is only one answer to reconcile');
	const result = await engine.clock.run(judge(QUESTION, ANSWERS, panelOf([]), engine.run));
	expect(result.trace.warnings[0]).toBe('There is no judge. Decided by majority instead');
});

test('a verdict in prose goes back once to be put into form, which the trail shows', async () => {
	const engine = scriptedEngine({
		j: ['Canberra is right.', 'Canberra is right.', prefers('Canberra')],
	});
	const result = await engine.clock.run(
		judge(QUESTION, ANSWERS, panelOf([seat(['j'])]), engine.run),
	);
	expect(result).toMatchObject({ method: 'judge', answer: 'Canberra' });
	expect(result.trace.attempts.map(({ purpose }) => purpose)).toEqual([
		'judge',
		'repair',
		'judge',
		'repair',
	]);
	expect(engine.calls).toHaveLength(4);
});

test('what was paid is in the error of a fallback that fails', async () => {
	const engine = scriptedEngine({ j: [alwaysPicks('A')] });
	const fallback = () => {
		throw new InvalidPlanError('No answer is a number', 'Choose another method.');
	};
	const error = await engine.clock.run(
		judge(QUESTION, ANSWERS, panelOf([seat(['j'])], { fallback }), engine.run).catch(
			(thrown: unknown) => thrown,
		),
	);
	expect(error).toBeInstanceOf(InvalidPlanError);
	expect((error as InvalidPlanError).trace?.attempts).toHaveLength(2);
});

describe('the cost before the first call', () => {
	const jury = panelOf([seat(['j']), seat(['k'])]);

	test('is estimated from the prompts as they would be sent', () => {
		const estimate = estimatePanelUsd('judge', QUESTION, ANSWERS, jury, 0);
		expect(estimate.calls).toHaveLength(4);
		// About 400 tokens of rules and material at $1 and 150 at $2 per million, four times.
		expect(estimate.costUsd).toBeGreaterThan(4 * 500e-6);
		expect(estimate.costUsd).toBeLessThan(4 * 1_200e-6);
		const longer = answersOf({ red: 'Canberra '.repeat(500), green: 'Sydney' });
		const dearer = estimatePanelUsd('judge', QUESTION, longer, jury, 0);
		expect(dearer.costUsd).toBeGreaterThan((estimate.costUsd ?? 0) + 4 * 400e-6);
	});

	test('refuses what is too dear', async () => {
		const engine = scriptedEngine({});
		const poor = { ...jury, maxCostUsd: 0.0001 };
		const error = await judge(QUESTION, ANSWERS, poor, engine.run).catch((e: unknown) => e);
		expect(error).toBeInstanceOf(BudgetExceededError);
		expect((error as Error).message).toMatch(
			/^No call was made: the item would cost about \$0\.00\d+, more than Max Cost per Item of \$0\.0001\. judge 1 order 1 about/,
		);
		expect(engine.calls).toEqual([]);
	});

	test('that nobody can tell is refused too', async () => {
		const engine = scriptedEngine({});
		const free = { ...model('j'), price: {} };
		const panel = panelOf([seat([free, 'k'])], { maxCostUsd: 1 });
		expect(estimatePanelUsd('judge', QUESTION, ANSWERS, panel, 0)).toEqual({
			calls: [
				{ label: 'judge 1 order 1', unpriced: ['local/j'] },
				{ label: 'judge 1 order 1 swapped', unpriced: ['local/j'] },
			],
		});
		await expect(judge(QUESTION, ANSWERS, panel, engine.run)).rejects.toThrow(
			'no price is known for local/j',
		);
		expect(engine.calls).toEqual([]);
	});
});

test('a call that waits for its turn beyond the deadline is not made', async () => {
	const engine = scriptedEngine({ j: [{ afterMs: 3_000, reply: alwaysPicks('A') }] });
	const gate = createGate();
	const run = {
		...engine.run,
		gate: <T>(work: () => Promise<T>, signal: AbortSignal) => gate(work, 1, signal),
	};
	const startedAtMs = engine.clock.nowMs();
	const panel = panelOf([seat(['j']), seat(['j']), seat(['j'])], { deadlineMs: 5_000 });
	const result = await engine.clock.run(judge(QUESTION, ANSWERS, panel, run));
	expect(engine.clock.nowMs() - startedAtMs).toBe(5_000);
	// One answered, one was cut off at the deadline, four never started.
	expect(engine.calls).toHaveLength(2);
	expect(result.trace.attempts.map(({ outcome }) => outcome)).toEqual(['ok', 'timeout']);
	expect(result.trace.warnings.at(-1)).toMatch(/there was no time left to ask it/);
	expect(engine.clock.pending()).toBe(0);
});
