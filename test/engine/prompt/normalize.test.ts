import { normalizeText } from '../../../engine/prompt/normalize';
import { expectQuick } from '../../support/expectQuick';

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

test.each([
	['a heap of marks', `a${'\u0301\u0323'.repeat(100_000)}`],
	['spaces', `${' '.repeat(1_000_000)}x`],
	['joiners', '\u200d'.repeat(1_000_000)],
	['prose', 'lorem ipsum  \n'.repeat(20_000)],
])('is quick with %s', (_what, text) => {
	expectQuick(() => normalizeText(text));
});
