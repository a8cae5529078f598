import {
	type AnswerIn,
	BudgetExceededError,
	CancelledError,
	debate,
	estimatePanelUsd,
	type ChatRequest,
} from '../../../engine/index';
import { CACHED, failure, scriptedEngine } from '../../support/scriptedEngine';
import { answersOf, panelOf, seat, seen } from './scriptedPanel';

const QUESTION = 'How many are left?';
const SPLIT = answersOf({ 'local/a': '7', 'local/b': '8', 'local/c': '9', 'local/d': '7' });
const members = ['a', 'b', 'c', 'd'].map((name) => seat([name]));

test('without a majority all see the others and answer again, and the vote is held again', async () => {
	const prompts: ChatRequest[] = [];
	const answering = (text: string) => [
		(request: ChatRequest) => {
			prompts.push(request);
			return text;
		},
	];
	const engine = scriptedEngine({
		a: answering('7'),
		b: answering('I was wrong: 7'),
		c: answering('9'),
		d: answering('7.0'),
	});
	const panel = panelOf(members, { spentUsd: 0.01 });
	const result = await engine.clock.run(debate(QUESTION, SPLIT, panel, engine.run));
	expect(result).toMatchObject({
		answer: 7,
		agreement: 0.75,
		agreed: true,
		method: 'majority',
		winner: ['local/a', 'local/b', 'local/d'],
		debate: {
			asked: ['local/a', 'local/b', 'local/c', 'local/d'],
			changed: ['local/b'],
			before: { agreement: 0.5, agreed: false },
			costBeforeUsd: 0.01,
			costAfterUsd: 0.01 + 4 * 20e-6,
		},
	});
	expect(result.reason).toBe(
		'After a debate round with 4 models, of which 1 changed their answer: agreement 50 % before, 75 % after',
	);
	expect(result.trace.costUsd).toBeCloseTo(4 * 20e-6, 12);
	expect(result.trace.attempts.map(({ purpose }) => purpose)).toEqual(Array(4).fill('debate'));

	const shown = prompts.map((request) => seen(request));
	expect(shown.every(({ outside }) => outside.startsWith(QUESTION))).toBe(true);
	expect(shown.every(({ answers }) => answers.size === 4)).toBe(true);
	expect(shown.map(({ answers }) => answers.get('own'))).toEqual(['7', '8', '9', '7']);
	expect(JSON.stringify(prompts)).not.toContain('local/');
});

test('a majority keeps its answer, the others are asked', async () => {
	const engine = scriptedEngine({ c: ['7'] });
	const answers = answersOf({ 'local/a': '7', 'local/b': '7', 'local/c': '9' });
	const strict = (given: readonly AnswerIn[]) => ({ ...panel.fallback(given), agreed: false });
	const panel = panelOf(members);
	const result = await engine.clock.run(
		debate(QUESTION, answers, { ...panel, fallback: strict }, engine.run),
	);
	expect(result).toMatchObject({
		agreement: 1,
		debate: { asked: ['local/c'], changed: ['local/c'] },
	});
	expect(engine.calls).toHaveLength(1);
});

test('nobody is asked where the vote is agreed', async () => {
	const engine = scriptedEngine({});
	const agreed = answersOf({ 'local/a': '7', 'local/b': '7', 'local/c': '9' });
	const result = await engine.clock.run(debate('', agreed, panelOf(members), engine.run));
	expect(result).toMatchObject({ agreement: 2 / 3, agreed: true });
	expect(result.debate).toBeUndefined();
	expect(engine.calls).toEqual([]);
});

test('who fails or is not here keeps its answer, with a warning', async () => {
	const engine = scriptedEngine({ a: [failure('server')], b: ['7'] });
	const answers = answersOf({ 'local/a': '7', 'local/b': '8', 'other/x': '9' });
	const result = await engine.clock.run(debate(QUESTION, answers, panelOf(members), engine.run));
	expect(result).toMatchObject({ answer: 7, agreement: 2 / 3 });
	expect(result.debate?.answers.map(({ text }) => text)).toEqual(['7', '7', '9']);
	expect(result.trace.warnings).toEqual([
		'other/x keeps its answer, since it is not among the models of this node',
		expect.stringMatching(/^local\/a keeps its answer, since it gave no new one: /),
	]);
	expect(result.trace.attempts).toHaveLength(engine.calls.length);
});

test('the round has its own cache entries, beside the first answers', async () => {
	const engine = scriptedEngine({ a: ['7'], b: ['7'] });
	const panel = panelOf(['a', 'b'].map((name) => seat([name], CACHED)));
	const answers = answersOf({ 'local/a': '7', 'local/b': '8' });
	await engine.clock.run(debate(QUESTION, answers, panel, engine.run));
	const again = await engine.clock.run(debate(QUESTION, answers, panel, engine.run));
	expect(engine.calls).toHaveLength(2);
	expect(again.trace).toMatchObject({ cache: 'hit', costUsd: 0 });
});

test('needs the question, keeps to the budget, and stops when it is told to', async () => {
	const engine = scriptedEngine({
		a: [{ afterMs: 5_000, reply: '7' }],
		b: ['7'],
		c: ['7'],
		d: ['7'],
	});
	const panel = panelOf(members);
	await expect(debate(' ', SPLIT, panel, engine.run)).rejects.toThrow(
		'A debate round needs the question that was asked',
	);
	await expect(
		debate(QUESTION, SPLIT, { ...panel, maxCostUsd: 1e-6 }, engine.run),
	).rejects.toBeInstanceOf(BudgetExceededError);
	expect(engine.calls).toEqual([]);
	expect(estimatePanelUsd('debate', QUESTION, SPLIT, panel, 0).calls).toHaveLength(4);

	engine.clock.after(1_000, () => engine.stop.abort());
	const error = await engine.clock.run(
		debate(QUESTION, SPLIT, panel, engine.run).catch((thrown: unknown) => thrown),
	);
	expect(error).toBeInstanceOf(CancelledError);
	expect((error as CancelledError).trace?.attempts).toHaveLength(4);
});
