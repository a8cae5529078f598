import { PANEL, panelSchema } from '../../../engine/index';
import { CACHED, failure, scriptedEngine } from '../../support/scriptedEngine';
import { alwaysPicks, answersOf, panelOf, prefers, seat, seen } from './scriptedPanel';

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
