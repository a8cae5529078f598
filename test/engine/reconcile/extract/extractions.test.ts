import '../../../support/timed';
import { reconcile } from '../../../../engine/reconcile';
import type { JsonValue } from '../../../../engine/spec/json';
import { reconcileSchema } from '../../../../engine/spec/reconcile';

const decide = (texts: readonly JsonValue[], options: object) =>
	reconcile(
		texts.map((text, index) => ({ model: `m${index}`, text })),
		reconcileSchema.parse(options),
	);

it.each([
	{
		options: { extract: 'lastLine' },
		texts: ['So:\n**42**\n', 'It is clear.\n\n42.0\n```', '41'],
		answer: 42,
	},
	{
		options: { extract: 'jsonPath', jsonPath: 'data.items[0].price' },
		texts: [
			'```json\n{"data": {"items": [{"price": "1,200"}]}}\n```',
			{ data: { items: [{ price: 1200 }] } },
			'{"data": {"items": []}}',
		],
		answer: '1,200',
	},
	{
		options: { extract: 'regex', regex: 'Total: \\$?([\\d.,]+)' },
		texts: ['Total: $1,250.00 incl. tax', 'The Total: 1250', 'Total: 7'],
		answer: 1250,
	},
	{
		options: { extract: 'regex', regex: '[A-Z]{2}-\\d+' },
		texts: ['ticket AB-12 is next', 'AB-12', 'none'],
		answer: 'AB-12',
	},
])('$options gives $answer', ({ options, texts, answer }) => {
	expect(decide(texts, options)).toMatchObject({
		answer,
		agreement: 2 / 3,
		winner: ['m0', 'm1'],
		extraction: { used: options.extract, reason: 'Set in the node' },
	});
});

it('shows an answer that the path or the pattern does not find as none', () => {
	expect(decide(['{"a": 1}', '{"b": 1}'], { extract: 'jsonPath', jsonPath: 'a' })).toMatchObject({
		answer: 1,
		agreement: 0.5,
		dissent: [{ model: 'm1', answer: null }],
	});
});

it.each([
	{
		options: { extract: 'regex', regex: '(' },
		message: 'Regular Expression cannot be used, got "("',
	},
	{ options: { extract: 'regex' }, message: 'Regular Expression is empty' },
	{ options: { extract: 'regex', regex: '(a)\\1' }, message: 'holds a back-reference' },
	{ options: { extract: 'jsonPath' }, message: 'JSON Path "" is empty' },
])('refuses $options', ({ options, message }) => {
	expect(() => decide(['1', '2'], options)).toThrow(message);
});

it('gives up on a text for which a pattern takes too long, and on no other', () => {
	const slow = `${'a'.repeat(400_000)}!`;
	const start = performance.now();
	const result = decide([slow, 'aab', 'aab'], { extract: 'regex', regex: '(?:a|a|aa|aaa)*b' });
	expect(result).toMatchObject({ answer: 'aab', agreement: 2 / 3 });
	expect(performance.now() - start).toBeLessThan(3000);
});

describe('literals', () => {
	it('are compared sign by sign, with or without quotes around them', () => {
		const result = decide(
			['{"answer": "\'R, r!\'"}', '{"answer": "R, r!"}', '{"answer": "r, R!"}'],
			{},
		);
		expect(result).toMatchObject({
			agreement: 2 / 3,
			extraction: { used: 'literal', reason: expect.stringContaining('quoted') },
			winner: ['m0', 'm1'],
		});
	});

	it('keep spaces, line breaks and an empty text', () => {
		expect(
			decide(['{"answer": "\'3 4 \'"}', '{"answer": "3 4 "}', '{"answer": "3 4"}'], {}),
		).toMatchObject({ winner: ['m0', 'm1'] });
		expect(
			decide(['{"answer": "\'\'"}', '{"answer": ""}', '{"answer": "\'a\'"}'], {}),
		).toMatchObject({
			winner: ['m0', 'm1'],
		});
		expect(decide(['{"answer": "\'a\\\\nb\'"}', '{"answer": "a\\nb"}'], {}).agreement).toBe(1);
	});
});

describe('normalisation', () => {
	it.each([
		{ texts: ['March 5, 2024', '2024-03-05', '05.03.2024'], options: {}, agreement: 1 },
		{ texts: ['03/04/2024', '2024-04-03'], options: {}, agreement: 0.5 },
		{ texts: ['03/04/2024', '2024-04-03'], options: { dates: 'dayFirst' }, agreement: 1 },
		{ texts: ['March 5, 2024', '2024-03-05'], options: { dates: 'off' }, agreement: 0.5 },
		{ texts: ['Café', 'cafe'], options: {}, agreement: 0.5 },
		{ texts: ['Café', 'cafe'], options: { ignoreAccents: true }, agreement: 1 },
		{ texts: ['Ｃafé', 'cafe\u0301'], options: {}, agreement: 1 },
		{ texts: ['-3,4', '-3, 4'], options: {}, agreement: 1 },
		{ texts: ['100', '100.5'], options: { relativeTolerance: 0.01 }, agreement: 1 },
		{ texts: ['A, b', 'a b'], options: {}, agreement: 1 },
		{ texts: ['A b', 'a b'], options: { ignoreCase: false }, agreement: 0.5 },
	])('$texts under $options: $agreement', ({ texts, options, agreement }) => {
		const answers = texts.map((text) => `The answer is: ${text}`);
		expect(decide(answers, { normalization: options }).agreement).toBe(agreement);
	});
});
