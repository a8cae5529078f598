import { findRegex } from '../../../engine/policies/regexFind';
import { matchesRegex, TooMuchWorkError } from '../../../engine/policies/regexMatch';
import { compileRegex } from '../../../engine/policies/regexProgram';
import { seededRandom } from '../../support/seededRandom';

const find = (pattern: string, text: string, steps = 1_000_000) =>
	findRegex(compileRegex(pattern), text, { steps });

/** What the built-in engine finds. */
function builtIn(pattern: string, text: string): string | undefined {
	const found = new RegExp(pattern, 'u').exec(text);
	return found === null ? undefined : (found[1] ?? found[0]);
}

it.each([
	{ pattern: 'Answer: (.*?)\\.', text: 'Answer: 42. Answer: 43.' },
	{ pattern: 'Answer: (.*)\\.', text: 'Answer: 42. Answer: 43.' },
	{ pattern: '\\d+', text: 'about 120 or 130' },
	{ pattern: '\\b(\\w+)!', text: 'so good!' },
	{ pattern: '(a|ab)(c|bcd)(d*)', text: 'abcd' },
	{ pattern: '(?:x)(y)?', text: 'xx' },
	{ pattern: '(?<year>\\d{4})-(\\d{2})', text: 'on 2024-05-01' },
	{ pattern: '(a*)*b', text: 'aaab' },
	{ pattern: '^(.+)$', text: 'one line' },
	{ pattern: 'q(?=u)(.)', text: 'qa qu' },
	{ pattern: 'q(?!u)(.)', text: 'qu qa' },
	{ pattern: '(😀+)', text: 'a😀😀b' },
	{ pattern: 'x{2,3}?', text: 'xxxx' },
	{ pattern: 'x{2,3}', text: 'xxxx' },
	{ pattern: 'nothing', text: 'at all' },
	{ pattern: '()', text: 'abc' },
])('/$pattern/ finds in $text what the built-in engine finds', ({ pattern, text }) => {
	expect(find(pattern, text)).toBe(builtIn(pattern, text));
});

it('finds what the built-in engine finds, whatever the pattern and the text', () => {
	const random = seededRandom(3);
	const pick = (parts: string) => parts[Math.floor(random() * parts.length)] ?? '';
	const one = (depth: number): string => {
		const kind = Math.floor(random() * (depth > 2 ? 2 : 6));
		if (kind < 2) return pick('abc.');
		if (kind === 2) return `(${one(depth + 1)}|${one(depth + 1)})`;
		if (kind === 3) return `(?:${one(depth + 1)})${pick('*+?')}${random() < 0.5 ? '?' : ''}`;
		if (kind === 4) return `${one(depth + 1)}${one(depth + 1)}`;
		return `(${one(depth + 1)})`;
	};
	for (let round = 0; round < 1500; round += 1) {
		const pattern = one(0);
		const text = Array.from({ length: 8 }, () => pick('abcd')).join('');
		const program = compileRegex(pattern);
		const whole = new RegExp(pattern, 'u').exec(text);
		expect(findRegex(program, text, { steps: 1e6 }) !== undefined).toBe(whole !== null);
		expect(matchesRegex(program, text, { steps: 1e6 })).toBe(whole !== null);
		// A group inside a loop keeps its last turn here; the built-in engine may forget it.
		if (!/\)[*+?]/.test(pattern)) {
			expect([pattern, text, find(pattern, text)]).toEqual([pattern, text, builtIn(pattern, text)]);
		}
	}
});

it('gives up when the budget is spent instead of holding up everything', () => {
	expect(() => find('(a+)+$', `${'a'.repeat(5_000)}b`, 2_000)).toThrow(TooMuchWorkError);
	expect(find('(a+)+$', `${'a'.repeat(5_000)}b`)).toBeUndefined();
});
