import type { IExecuteFunctions } from 'n8n-workflow';
import { InvalidPlanError } from '../../../engine/index';
import { readInputPolicy, readPreprocessing } from '../../../nodes/shared/readPreprocessing';

const contextOf = (preprocessing: unknown) => ({
	getNodeParameter: ((name: string) =>
		name === 'preprocessing' ? preprocessing : null) as IExecuteFunctions['getNodeParameter'],
});
const read = (preprocessing: unknown) => readPreprocessing(contextOf(preprocessing), 0);
const sections = (parts: unknown) => read({ sections: { parts } }).sections;

test.each([undefined, null, {}, { sections: {} }, { sections: { parts: {} } }])(
	'%j gives the defaults',
	(given) => {
		expect(read(given)).toEqual({ normalize: false, htmlToText: false, overflow: 'error' });
	},
);

test('reads what is set, from text too', () => {
	const given = { normalize: 'true', htmlToText: true, maxInputTokens: '500', overflow: 'keepEnd' };
	expect(read(given)).toEqual({
		normalize: true,
		htmlToText: true,
		maxInputTokens: 500,
		overflow: 'keepEnd',
	});
	expect(readInputPolicy(contextOf(given), 0)).toEqual({
		maxInputTokens: 500,
		overflow: 'keepEnd',
	});
});

test('reads sections as texts and leaves out those that show nothing', () => {
	expect(
		sections({
			role: ' \u200b',
			context: { a: 1 },
			task: 7,
			format: '',
			examples: {
				values: [
					{ input: 1, output: 'one' },
					{ input: ' ', output: '' },
					{ input: '', output: 'x' },
				],
			},
		}),
	).toEqual({
		context: '{"a":1}',
		task: '7',
		examples: [
			{ input: '1', output: 'one' },
			{ input: '', output: 'x' },
		],
	});
});

test('takes examples that an expression gives as a list', () => {
	const examples = [{ input: 'a', output: 'b' }];
	expect(sections({ examples })).toEqual({ examples });
	expect(sections({ examples: {} })).toBeUndefined();
});

test.each([
	{ given: { normalize: 'maybe' }, message: 'Preprocessing: Normalize must be true or false' },
	{
		given: { maxInputTokens: 1.5 },
		message: 'Preprocessing: Max Input Tokens must be a whole number, got 1.5',
	},
	{ given: { trim: 1 }, message: 'Preprocessing: trim is not an option of this node, got 1' },
	{
		given: { sections: 'x' },
		message: 'Preprocessing > Sections must be an object with the sections as texts, got "x"',
	},
	{
		given: { sections: { parts: [] } },
		message: 'Preprocessing > Sections must be an object with the sections as texts',
	},
	{
		given: { sections: { parts: { mood: 'happy' } } },
		message: 'Preprocessing > Sections: mood is not an option of this node, got "happy"',
	},
	{
		given: { sections: { parts: { role: Symbol('a') } } },
		message: 'Preprocessing > Sections: Role must be text, got Symbol(a)',
	},
	{
		given: { sections: { parts: { examples: 'a' } } },
		message: 'Preprocessing > Sections: Examples must be a list of objects with input and output',
	},
	{
		given: { sections: { parts: { examples: [{ input: 'a', output: ' ' }] } } },
		message: 'Preprocessing > Sections: Example 1: Output is empty, got " "',
	},
])('refuses $given', ({ given, message }) => {
	expect(() => read(given)).toThrow(InvalidPlanError);
	expect(() => read(given)).toThrow(message);
	expect(() => read(given)).toThrow(
		expect.objectContaining({ advice: expect.stringMatching(/\w+.*\.$/) }),
	);
});
