import { matchesRegex } from '../../../engine/policies/regexMatch';
import { UnsupportedPatternError, compileRegex } from '../../../engine/policies/regexProgram';
import { expectQuick } from '../../support/expectQuick';
import { seededRandom } from '../../support/seededRandom';

const PATTERNS = [
	'^[a-z0-9]+(-[a-z0-9]+)*$',
	'^\\d{1,3}(,\\d{3})*(\\.\\d+)?$',
	'^(a|bc)*d?$',
	'(a*)*b',
	'((a|b)+c)+',
	'^(?=.*[A-Z])(?=.*\\d).{3,}$',
	'^(?!.*ab)',
	'\\bfoo\\b',
	'a\\B',
	'^\\p{L}+$',
	'[^a-c]',
	'^.$',
	'a{2}',
	'a{2,}b',
	'a{0,2}c',
	'a{,2}',
	'x?y*?z+?',
	'(?<name>a)b',
	'\\u0061\\x62',
	'[\\]a]',
	'[\\w.-]+@[\\w-]+\\.[a-z]{2,}',
	'a\\.b',
	'(|a)b',
	'^(a?){3}a{3}$',
	'^[\\w\\-\\.]+$',
	'[😀-😂]',
	'(a|b)|(c|d)|e',
	'^$',
	'',
];
const SIGNS = [...'abcdexyzA1-., @$/\\', '\n', 'é', '😀', 'foo'];

test.each(PATTERNS)('judges like the built-in engine: %s', (pattern) => {
	const random = seededRandom(7);
	const program = compileRegex(pattern);
	const builtIn = builtInRegex(pattern);
	for (let round = 0; round < 500; round++) {
		const length = Math.floor(random() * 9);
		const text = Array.from(
			{ length },
			() => SIGNS[Math.floor(random() * SIGNS.length)] ?? '',
		).join('');
		expect([text, matchesRegex(program, text, { steps: 10_000 })]).toEqual([
			text,
			builtIn.test(text),
		]);
	}
});

function builtInRegex(pattern: string): RegExp {
	try {
		return new RegExp(pattern, 'u');
	} catch {
		return new RegExp(pattern);
	}
}

test.each(['^(a+)+$', '^(\\w+\\s?)*$', '(x+x+)+y', '^(a|a)*$', '^(([a-z])+.)+[A-Z]([a-z])+$'])(
	'is done with %s on 30,000 signs at once',
	(pattern) => {
		const text = `${'a'.repeat(30_000)}!`;
		expectQuick(() =>
			expect(matchesRegex(compileRegex(pattern), text, { steps: 800_000 })).toBe(false),
		);
	},
);

test('gives up with an error of its own when the steps are spent', () => {
	const program = compileRegex('(?=(a+)+$)b');
	expect(() => matchesRegex(program, 'a'.repeat(30_000), { steps: 100_000 })).toThrow(
		'there is too much to check',
	);
});

test.each([
	['(?<=a)b', 'holds a look-behind, whose time cannot be bounded'],
	['(a)\\1', 'holds a back-reference, whose time cannot be bounded'],
	['(?<x>a)\\k<x>', 'holds a back-reference, whose time cannot be bounded'],
	['(a{1000}){1000}', 'repeats too much: lower the numbers in its braces'],
])('refuses %s', (pattern, message) => {
	expect(() => compileRegex(pattern)).toThrow(UnsupportedPatternError);
	expect(() => compileRegex(pattern)).toThrow(message);
});

test.each(['([', 'a(', 'a)', '*', '[b-a]'])('knows that %s is no regular expression', (pattern) => {
	expect(() => compileRegex(pattern)).toThrow(SyntaxError);
});
