import { reconcile } from '../../../../engine/reconcile';
import { reconcileSchema, type AnswerIn } from '../../../../engine/spec/reconcile';

const decide = (answers: readonly AnswerIn[], options: object = {}) =>
	reconcile(answers, reconcileSchema.parse({ method: 'firstValid', ...options }));
const said = (...texts: Array<AnswerIn['text']>) =>
	texts.map((text, index) => ({ model: `m${index}`, text }));

const schema = {
	type: 'object',
	properties: { total: { type: 'number' } },
	required: ['total'],
};

it('gives the first document that fits the schema', () => {
	const answers = said('Sorry, I cannot.', '{"total": "12"}', 'Here: ```json\n{"total": 12}\n```', {
		total: 13,
	});
	expect(decide(answers, { validity: { schema } })).toMatchObject({
		answer: { total: 12 },
		agreement: 0.5,
		agreed: false,
		winner: ['m2'],
		rejected: [
			{ model: 'm0', reason: expect.stringContaining('JSON') },
			{ model: 'm1', reason: expect.stringContaining('total') },
		],
	});
});

it('gives the first answer that matches the pattern', () => {
	const validity = { pattern: '^[A-Z]{2}-\\d+$' };
	expect(decide(said('about AB-1', 'AB-12', 'CD-3'), { validity })).toMatchObject({
		answer: 'AB-12',
		agreement: 2 / 3,
		agreed: true,
		winner: ['m1'],
		rejected: [{ model: 'm0', reason: 'It does not match ^[A-Z]{2}-\\d+$' }],
		dissent: [
			{ model: 'm0', answer: 'about AB-1' },
			{ model: 'm2', answer: 'CD-3' },
		],
	});
});

it('goes by a test of the builder, and by all tests together', () => {
	const answers = said('aa', 'b', 'ab').map((answer, index) => ({ ...answer, isValid: index > 0 }));
	expect(decide(answers)).toMatchObject({ answer: 'b', winner: ['m1'] });
	expect(decide(answers, { validity: { pattern: 'a' } })).toMatchObject({
		answer: 'ab',
		rejected: [
			{ model: 'm0', reason: 'Valid When is false' },
			{ model: 'm1', reason: 'It does not match a' },
		],
	});
});

it('says null when none passes or none can be read', () => {
	expect(decide(said('a', ''), { validity: { pattern: '\\d' } })).toMatchObject({
		answer: null,
		agreement: 0,
		agreed: false,
		winner: [],
		rejected: [{ model: 'm0' }, { model: 'm1', reason: 'There is nothing to read' }],
	});
});

it('tests the extracted answer', () => {
	const options = { extract: 'jsonPath', jsonPath: 'a', validity: { pattern: '^\\d+$' } };
	expect(decide(said('{"a": "x"}', '{"a": "12"}'), options).answer).toBe('12');
});

it.each([
	{ options: {}, message: 'First Valid has no test' },
	{ options: { validity: { pattern: '(' } }, message: 'Pattern cannot be used, got "("' },
	{
		options: { validity: { schema: { type: 'thing' } } },
		message: 'The JSON Schema of First Valid cannot be used',
	},
])('refuses $options', ({ options, message }) => {
	expect(() => decide(said('1', '2'), options)).toThrow(message);
});
