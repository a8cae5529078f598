import { textKey } from '../../../../engine/reconcile/text/textKey';
import { normalizationSchema, type Normalization } from '../../../../engine/spec/reconcile';

const key = (text: string, options: Partial<Normalization> = {}) =>
	textKey(text, normalizationSchema.parse(options));

it.each([
	['Paris', 'paris.'],
	['Paris', '  **PARIS**\n'],
	['ﬁne', 'fine'],
	['caf\u00e9', 'cafe\u0301'],
	['Ｐａｒｉｓ', 'Paris'],
	['New  York', 'New\nYork'],
	["don't", 'don’t'],
	['well-known', 'well known'],
	['“Yes!”', 'yes'],
	['a\u200bb', 'ab'],
	['[1, 2, 3]', '[1,2,3]'],
	["['a', 'b']", '["a","b"]'],
	['{"a": 1, "b": 2}', '{ "b": 2, "a": 1 }'],
	["'abc'", 'abc'],
	['x^2 + 1', 'x^{2}+1'],
	['\\dfrac{x}{2}', '\\frac{x}{2}'],
	['\\left(2, 3\\right)', '(2,3)'],
	['2 \\cdot x', '2x'],
	['\\sqrt{x}', '√x'],
	['[0, \\infty)', '[0, ∞)'],
	['x \\le 5', 'x ≤ 5'],
	['45^\\circ + x', '45° + x'],
])('takes %s and %s for the same', (a, b) => {
	expect(key(a)).toBe(key(b));
});

it.each([
	['-5 degrees', '5 degrees'],
	['1.5 of it', '15 of it'],
	['10:30 today', '1030 today'],
	['a.b@c.org', 'ab@c.org'],
	['[1, 2]', '(1, 2)'],
	['[1, 2]', '[12]'],
	['{"a": 1}', '{"a": -1}'],
	['x^2', 'x_2'],
	['x + 1', 'x - 1'],
	['x < 5', 'x > 5'],
	['10²', '102'],
	['C++', 'C'],
	['?', '!'],
])('tells %s from %s', (a, b) => {
	expect(key(a)).not.toBe(key(b));
});

it('does as the options say', () => {
	expect(key('Paris', { ignoreCase: false })).not.toBe(key('paris', { ignoreCase: false }));
	expect(key('Hi.', { ignorePunctuation: false })).not.toBe(
		key('Hi', { ignorePunctuation: false }),
	);
	expect(key('a  b', { ignoreWhitespace: false })).not.toBe(
		key('a b', { ignoreWhitespace: false }),
	);
	expect(key('a. b', { ignoreWhitespace: false })).toBe(key('a b', { ignoreWhitespace: false }));
});
