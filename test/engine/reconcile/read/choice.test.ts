import { lastChoice, readChoice } from '../../../../engine/reconcile/read/choice';

it.each([
	['B', 'B'],
	['(B)', 'B'],
	['(b)', 'B'],
	['b)', 'B'],
	['B.', 'B'],
	['[B]', 'B'],
	['**B**', 'B'],
	['"B"', 'B'],
	['Option B', 'B'],
	['B: Paris', 'B'],
	['B) 42', 'B'],
	['(B) Paris', 'B'],
	['B - because it fits', 'B'],
	['B, because it fits', 'B'],
	['A', 'A'],
	['I', 'I'],
	['Ｂ', 'B'],
	['A, C', 'A, C'],
	['(C) and (A)', 'A, C'],
	['A, B and D', 'A, B, D'],
])('reads %s as %s', (answer, choice) => {
	expect(readChoice(answer)).toBe(choice);
});

it.each([
	'A cat',
	'I think so',
	'(A) or (B)',
	'A or B',
	"['a']",
	'w',
	"'w'",
	'Paris',
	'Because',
	'42',
	'',
	'None of the above',
])('makes no choice of %s', (answer) => {
	expect(readChoice(answer)).toBeUndefined();
});

it.each([
	['So it must be (C), as shown.', 'C'],
	['We compare A and B. I think it is B', 'B'],
	['Therefore option D fits best', 'D'],
	['I like A cat', undefined],
	['nothing here', undefined],
])('finds in "%s" the last letter %s', (text, choice) => {
	expect(lastChoice(text)).toBe(choice);
});
