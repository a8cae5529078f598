import {
	BudgetExceededError,
	estimatePanelUsd,
	PANEL,
	type ChatRequest,
} from '../../../engine/index';
import { CACHED, failure, scriptedEngine } from '../../support/scriptedEngine';
import { answersOf, letterOf, panelOf, seat, seen } from './scriptedPanel';

const { synthesize } = PANEL;
const QUESTION = 'When was the bridge built, and by whom?';
const ANSWERS = answersOf({
	red: 'In 1930, by Baker.',
	green: 'In 1931, by Baker.',
	blue: 'In 1930, by Baker.',
	grey: 'It is 1931.',
});

const written = (request: ChatRequest) =>
	JSON.stringify({
		analysis: {
			consensus: ['Baker built it'],
			contradictions: [
				{
					point: 'year',
					positions: [
						{ answers: [letterOf(request, '1930')], claim: '1930' },
						{ answers: [letterOf(request, 'In 1931'), letterOf(request, 'It is')], claim: '1931' },
					],
				},
			],
			unique: [{ answer: letterOf(request, 'It is'), point: 'names nobody' }],
			blindSpots: ['the opening'],
		},
		answer: 'Baker built it, in 1930 or 1931.',
	});

test('one model writes one answer, and says what it found in the others', async () => {
	let prompt: ChatRequest | undefined;
	const engine = scriptedEngine({
		w: [
			(request) => {
				prompt = request;
				return written(request);
			},
		],
	});
	const result = await engine.clock.run(
		synthesize(QUESTION, ANSWERS, panelOf([seat(['w'])]), engine.run),
	);
	expect(result).toMatchObject({
		answer: 'Baker built it, in 1930 or 1931.',
		method: 'synthesize',
		winner: ['local/w'],
		agreement: 0.5,
		agreed: false,
		analysis: {
			consensus: ['Baker built it'],
			contradictions: [
				{
					point: 'year',
					positions: [
						{ models: ['red', 'blue'], claim: '1930' },
						{ models: ['green', 'grey'], claim: '1931' },
					],
				},
			],
			unique: [{ models: ['grey'], point: 'names nobody' }],
			blindSpots: ['the opening'],
		},
	});
	expect(
		Object.values(result.labels ?? {})
			.flat()
			.sort(),
	).toEqual(['blue', 'green', 'grey', 'red']);
	expect(engine.calls).toHaveLength(1);
	expect(result.trace.attempts).toMatchObject([{ purpose: 'synthesize', outcome: 'ok' }]);
	const { outside, question, answers } = seen(prompt as ChatRequest);
	expect(question).toBe(QUESTION);
	expect(answers.size).toBe(3);
	expect(outside).toContain(`Answer ${letterOf(prompt as ChatRequest, '1930')} was given 2 times.`);
	expect(prompt?.messages.at(-1)?.content).not.toMatch(/\b(?:red|green|blue|grey)\b/);
});

test('the writer is told who agrees, in letters only', async () => {
	let outside = '';
	const engine = scriptedEngine({
		w: [
			(request) => {
				({ outside } = seen(request));
				return written(request);
			},
		],
	});
	const answers = answersOf({
		a: 'The answer is 7.',
		b: 'I think the answer is 7',
		c: 'The answer is 8.',
	});
	await engine.clock.run(synthesize(QUESTION, answers, panelOf([seat(['w'])]), engine.run));
	expect(outside).toMatch(
		/A fixed rule \(majority\) compared .*: [ABC] and [ABC] come to the same; the others differ\./,
	);
	expect(outside).not.toMatch(/[78]/);
});

test.each([
	{ what: 'down', reply: failure('overloaded') },
	{
		what: 'silent',
		reply:
			'{"analysis":{"consensus":[],"contradictions":[],"unique":[],"blindSpots":[]},"answer":" "}',
	},
	{ what: 'writing prose', reply: 'The bridge was built in 1930.' },
])('a writer that is $what leaves it to the fallback', async ({ reply }) => {
	const engine = scriptedEngine({ w: [reply] });
	const result = await engine.clock.run(
		synthesize(QUESTION, ANSWERS, panelOf([seat(['w'])]), engine.run),
	);
	expect(result).toMatchObject({ method: 'majority', winner: ['red', 'blue'], agreement: 0.5 });
	expect(result.trace.warnings[0]).toMatch(/synthesis.*\. Decided by majority instead$/);
	expect(result.trace.attempts).toHaveLength(engine.calls.length);
});

test('another model of the plan writes when the first fails', async () => {
	const engine = scriptedEngine({ v: [failure('server')], w: [written] });
	const result = await engine.clock.run(
		synthesize(QUESTION, ANSWERS, panelOf([seat(['v', 'w'])]), engine.run),
	);
	expect(result).toMatchObject({ method: 'synthesize', winner: ['local/w'] });
	expect(result.trace.attempts.map(({ model }) => model)).toEqual(['local/v', 'local/w']);
});

test('documents become a document', async () => {
	const engine = scriptedEngine({
		w: [
			JSON.stringify({
				analysis: { consensus: [], contradictions: [], unique: [], blindSpots: [] },
				answer: '{"year":1930}',
			}),
		],
	});
	const answers = answersOf({ a: { year: 1930 }, b: { year: 1931 } });
	const result = await engine.clock.run(
		synthesize(QUESTION, answers, panelOf([seat(['w'])]), engine.run),
	);
	expect(result.answer).toEqual({ year: 1930 });
});

test('the same again comes from the cache; too dear is refused with an estimate', async () => {
	const engine = scriptedEngine({ w: [written] });
	const panel = panelOf([seat(['w'], CACHED)]);
	await engine.clock.run(synthesize(QUESTION, ANSWERS, panel, engine.run));
	const again = await engine.clock.run(synthesize(QUESTION, ANSWERS, panel, engine.run));
	expect(engine.calls).toHaveLength(1);
	expect(again.trace).toMatchObject({ cache: 'hit', costUsd: 0, attempts: [] });
	expect(again.analysis?.consensus).toEqual(['Baker built it']);

	const { costUsd = 0, calls } = estimatePanelUsd('synthesize', QUESTION, ANSWERS, panel, 0);
	expect(calls).toHaveLength(1);
	await expect(
		synthesize(QUESTION, ANSWERS, { ...panel, maxCostUsd: costUsd * 0.9 }, engine.run),
	).rejects.toBeInstanceOf(BudgetExceededError);
});

test('nobody writes when there is one answer only', async () => {
	const engine = scriptedEngine({});
	const result = await engine.clock.run(
		synthesize(QUESTION, answersOf({ a: 'same', b: 'same' }), panelOf([seat(['w'])]), engine.run),
	);
	expect(result).toMatchObject({ answer: 'same', agreement: 1, agreed: true });
	expect(engine.calls).toEqual([]);
});
