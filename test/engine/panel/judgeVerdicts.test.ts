import { PANEL } from '../../../engine/index';
import { failure, scriptedEngine } from '../../support/scriptedEngine';
import { answersOf, model, panelOf, prefers, seat, type seen } from './scriptedPanel';

const { judge } = PANEL;
const QUESTION = 'What is the capital of Australia?';
const ANSWERS = answersOf({ red: 'Canberra', green: 'Sydney', blue: 'Melbourne' });

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
