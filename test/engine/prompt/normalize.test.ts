import { normalizeSteps, normalizeText } from '../../../engine/prompt/normalize';
import { expectQuickSteps } from '../../support/expectQuickSteps';

test.each([
	['letters are composed', 'e\u0301a\u0308', 'éä'],
	['line ends are one', 'a\r\nb\rc\u2028d\u2029e', 'a\nb\nc\nd\ne'],
	['spaces before line ends go', 'a  \nb\t\n  c', 'a\nb\n  c'],
	['blank lines run together', 'a\n\n\n\n \nb', 'a\n\nb'],
	['the edges are clean', '\n\n  a\n\n ', '  a'],
	['zero-width signs go', 'a\u200bb\ufeffc\u2060d\u00ade', 'abcde'],
	['joiners between Latin letters go', 'pass\u200dword\u200c!', 'password!'],
	['joiners in emoji stay', '👨\u200d👩\u200d👧', '👨\u200d👩\u200d👧'],
	['joiners in Persian stay', 'می\u200cخواهم', 'می\u200cخواهم'],
	['odd spaces are spaces', 'a\u00a0b\u2009c\u3000d', 'a b c d'],
	['control signs go', 'a\u0000b\u0007c\u007fd', 'abcd'],
	['indentation and tabs inside lines stay', '\ta\n    b\tc', '\ta\n    b\tc'],
	['nothing stays nothing', '', ''],
])('%s', (_rule, text, expected) => {
	expect(normalizeText(text)).toBe(expected);
	expect(normalizeText(expected)).toBe(expected);
});

test.each(['```', '~~~~'])('code in %s keeps its blank lines and spaces', (fence) => {
	const code = `${fence}py\na  \n\n\n\nb\u200b\ne\u0301\n${fence}`;
	expect(normalizeText(`x  \r\n${code.replaceAll('\n', '\r\n')}\r\ny  `)).toBe(`x\n${code}\ny`);
});

test('backticks inside a line start no code block', () => {
	expect(normalizeText('```a``` b  \n\n\n\nc  ')).toBe('```a``` b\n\nc');
});

test('a line is cleaned the same, however long it is', () => {
	const part = 'e\u0301\u00a0x\u200b می\u200cخواهم 👨\u200d👩\u200d👧 日本\u0000 ';
	const cleaned = normalizeText(part);
	expect(normalizeText(part.repeat(5_000))).toBe(`${cleaned} `.repeat(5_000).trimEnd());
	const hangul = '\u1112\u1161\u11ab';
	expect(normalizeText(hangul.repeat(40_000))).toBe('한'.repeat(40_000));
	expect(normalizeText('👍🏽'.repeat(20_000))).toBe('👍🏽'.repeat(20_000));
});

test.each([
	{ what: 'heaps of marks', part: `a${'\u0301\u0323'.repeat(1_000)}` },
	{ what: 'marks alone', part: '\u0301' },
	{ what: 'spaces', part: ' ' },
	{ what: 'joiners', part: '\u200d' },
	{ what: 'prose', part: 'lorem ipsum  \n' },
	{ what: 'line ends', part: '\r\n' },
	{ what: 'code blocks', part: '```\nx  \n' },
	{ what: 'Japanese in one line', part: '日本語のテキスト' },
	{ what: 'emoji', part: '👨\u200d👩\u200d👧' },
])('5 MB of $what never hold up the event loop', ({ part }) => {
	const text = part.repeat(Math.ceil(5_000_000 / part.length));
	const normal = expectQuickSteps(() => normalizeSteps(text));
	expect(normal.length).toBeLessThan(text.length + 1);
});
