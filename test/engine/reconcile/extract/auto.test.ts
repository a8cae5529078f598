import { answerText } from '../../../../engine/reconcile/answerText';
import { chooseExtraction } from '../../../../engine/reconcile/extract/auto';

const chosen = (...texts: string[]) => chooseExtraction(texts.map((text) => answerText(text)));

const PROSE = `${'It depends on many things, and on who asks. '.repeat(4)}So it goes.`;

it.each([
	['choiceLetter', ['(B)', 'The answer is (C).', 'B. Paris']],
	['choiceLetter', ['**Answer: C**', 'I thought long about it. The answer is B.', PROSE]],
	['finalNumber', ['18', '$18.00', '{"answer": "18 apples"}']],
	['finalNumber', ['<ANSWER>3</ANSWER>', '<ANSWER>4</ANSWER>']],
	['finalNumber', ['\\boxed{\\frac{1}{2}}', '\\boxed{0.5}', '\\boxed{x}']],
	['finalAnswer', ['{"answer": "Paris"}', '{"answer": "Rome"}']],
	['finalAnswer', ['5', 'five']],
	['wholeText', ['Paris', 'Rome', 'Paris']],
	['wholeText', [PROSE, PROSE, '18']],
	['wholeText', ['', '']],
])('reads as %s: %j', (used, texts) => {
	expect(chosen(...texts)).toMatchObject({ used, reason: expect.stringMatching(/answers/) });
});

it('says how many answers it decided by and how they are marked', () => {
	expect(chosen('<answer>3</answer>', '<answer>4</answer>', PROSE).reason).toBe(
		'2 of 3 answers are a number, marked by an <answer> tag',
	);
});
