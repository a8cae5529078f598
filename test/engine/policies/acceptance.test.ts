import { patternProblem } from '../../../engine/index';
import { refusedBecause } from '../../../engine/policies/acceptance';
import { expectQuick } from '../../support/expectQuick';

const ANY = { rejectHedging: false };

test.each([
	{ text: 'I am unable to answer that.', refused: 'it hedges' },
	{ text: 'As an AI, I have no opinion.', refused: 'it hedges' },
	{ text: 'There is not enough information to say.', refused: 'it hedges' },
	{ text: "The witness said: it's raining. The answer is 4.", refused: undefined },
	{ text: `${'A long and sure answer. '.repeat(40)} "I cannot" is a phrase.`, refused: undefined },
])('hedging: $text', ({ text, refused }) => {
	expect(refusedBecause(text, { rejectHedging: true })).toBe(refused);
});

test('without tests everything is accepted, an empty text too', () => {
	expect(refusedBecause('', ANY)).toBeUndefined();
});

test('texts are looked for whatever their case, and all of them', () => {
	expect(refusedBecause('Total: 5 EUR', { ...ANY, mustContain: ['total', 'eur'] })).toBeUndefined();
	expect(refusedBecause('Total: 5', { ...ANY, mustContain: ['total', 'EUR'] })).toBe(
		'it does not contain "EUR"',
	);
});

test('no pattern can hold up the event loop', () => {
	const text = 'a'.repeat(50_000);
	for (const mustMatch of ['(a+)+$x', '(a|aa)+$x', '(.*)*(.*)*x', '(a{1,100}){1,9}x']) {
		expectQuick(() => refusedBecause(text, { ...ANY, mustMatch }));
		expect(refusedBecause(text, { ...ANY, mustMatch })).toMatch(
			/^it (?:does not match|is too long to be matched with) /,
		);
	}
});

test.each([
	{ pattern: '^\\d+$', problem: undefined },
	{ pattern: '(', problem: /Invalid regular expression|Unterminated/ },
	{ pattern: '(a)\\1', problem: /./ },
])('a pattern such as $pattern is checked before any call', ({ pattern, problem }) => {
	if (problem === undefined) expect(patternProblem(pattern)).toBeUndefined();
	else expect(patternProblem(pattern)).toMatch(problem);
});
