import { reconcile } from '../../engine/reconcile';
import { InvalidPlanError } from '../../engine/spec/errors';
import { reconcileSchema } from '../../engine/spec/reconcile';

const decide = (texts: readonly unknown[], options = {}) =>
	reconcile(
		texts.map((text, index) => ({ model: `m${index}`, text: text as string })),
		reconcileSchema.parse(options),
	);

it('joins answers that are written in different ways', () => {
	const texts = [
		'{"reasoning": "…", "answer": "\\frac{1}{2}"}',
		'So the result follows.\n\nThe answer is 0.5.',
		'\\boxed{1/2}',
		'<answer>2</answer>',
	];
	expect(decide(texts)).toMatchObject({
		agreement: 0.75,
		agreed: true,
		method: 'majority',
		extraction: { used: 'finalNumber' },
		winner: ['m0', 'm1', 'm2'],
	});
});

it('leaves a reasoning model its thoughts', () => {
	const thinking = '<think>The answer is 7. No: the answer is 8.</think>\n9';
	expect(decide([thinking, '9', '7'])).toMatchObject({ answer: 9, winner: ['m0', 'm1'] });
	expect(decide(['<think>The answer is 7, or', '9', '9']).dissent).toEqual([
		{ model: 'm0', answer: null },
	]);
});

it('lets a marked text vote among numbers instead of cutting a number out of it', () => {
	const texts = ['{"answer": "4"}', '{"answer": "4"}', '{"answer": "none of the 4 fits"}'];
	expect(decide(texts).votes).toMatchObject([
		{ answer: 4, weight: 2 },
		{ answer: 'none of the 4 fits', weight: 1 },
	]);
});

it('does not count a text that was cut off as an answer', () => {
	const cutOff = `${'We try 12 and then 15, which fails. '.repeat(5)}Now take 18 and`;
	expect(decide(['The answer is 3.', 'The answer is 3.', cutOff])).toMatchObject({
		answer: 3,
		dissent: [{ model: 'm2', answer: null }],
	});
});

it('uses the extraction that was asked for', () => {
	const texts = ['It takes 3 or, on second thought, 4 days', 'A. 4', 'B'];
	expect(decide(texts, { extract: 'finalNumber' })).toMatchObject({ answer: 4, agreement: 2 / 3 });
	expect(decide(texts, { extract: 'choiceLetter' }).votes.map(({ answer }) => answer)).toEqual([
		'A',
		'B',
	]);
	expect(decide(texts, { extract: 'wholeText' })).toMatchObject({
		agreement: 1 / 3,
		extraction: { used: 'wholeText', reason: 'Set in the node' },
	});
});

it('joins numbers within the tolerance', () => {
	const texts = ['3.14', '3.1416', '3'];
	expect(decide(texts).agreement).toBe(1 / 3);
	expect(decide(texts, { normalization: { relativeTolerance: 0.001 } }).agreement).toBe(2 / 3);
});

it('compares data by value and takes its answer field', () => {
	expect(
		decide([
			{ a: 1, b: 2 },
			{ b: 2, a: 1 },
		]).agreement,
	).toBe(1);
	expect(
		decide([
			{ answer: 5, why: 'x' },
			{ answer: '5', why: 'y' },
		]),
	).toMatchObject({
		answer: 5,
		agreement: 1,
	});
	expect(decide([5, '5', true])).toMatchObject({ answer: 5, agreement: 2 / 3 });
});

it.each([
	[[], 'There are no answers to reconcile'],
	[['5'], 'There is only one answer to reconcile, by m0'],
])('refuses %j', (texts, message) => {
	expect(() => decide(texts)).toThrow(InvalidPlanError);
	expect(() => decide(texts)).toThrow(message);
});

it('changes nothing that it was given', () => {
	const answers = Object.freeze([
		Object.freeze({ model: 'a', text: '1' }),
		Object.freeze({ model: 'b', text: '2' }),
	]);
	expect(() => reconcile(answers, Object.freeze(reconcileSchema.parse({})))).not.toThrow();
});
