import { shown } from '../../../nodes/shared/shown';

const ring: Record<string, unknown> = {};
ring.self = ring;

test.each([
	[undefined, 'nothing'],
	[null, 'null'],
	['a "b"', '"a \\"b\\""'],
	[NaN, 'NaN'],
	[-Infinity, '-Infinity'],
	[1.5, '1.5'],
	[10n, '10'],
	[{ big: 10n }, 'an object that JSON cannot hold'],
	[Symbol('a'), 'Symbol(a)'],
	[ring, 'an object that JSON cannot hold'],
	[Object.create(null), '{}'],
	['a\u200bb\u2028', '"a\\u200bb\\u2028"'],
])('shows %p as %s', (value, text) => {
	expect(shown(value)).toBe(text);
});

test('cuts what is long', () => {
	expect(shown('x'.repeat(1000))).toBe(`"${'x'.repeat(79)}…`);
});
