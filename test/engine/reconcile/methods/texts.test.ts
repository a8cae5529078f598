import { reconcile } from '../../../../engine/reconcile';
import { reconcileSchema } from '../../../../engine/spec/reconcile';

const decide = (method: 'medoid' | 'supported', texts: readonly string[], options: object = {}) =>
	reconcile(
		texts.map((text, index) => ({ model: `m${index}`, text })),
		reconcileSchema.parse({ method, ...options }),
	);

const TEXTS = [
	'The bridge was closed on Monday after the flood.',
	'The bridge was closed on Monday after the flood damaged it.',
	'Two engineers from Peru painted a yellow boat.',
	'On Monday the bridge was closed.',
];

describe.each(['medoid', 'supported'] as const)('%s', (method) => {
	it('chooses a text from the middle and never the odd one', () => {
		const result = decide(method, TEXTS);
		expect(result.answer).toBe(method === 'medoid' ? TEXTS[0] : TEXTS[3]);
		expect(result.votes.at(-1)?.models).toEqual(['m2']);
		expect(result.extraction.used).toBe('wholeText');
		expect(result.dissent).toHaveLength(3);
	});

	it('agrees fully on equal texts, whatever case and punctuation', () => {
		const result = decide(method, ['It is so.', 'it is so', 'IT IS SO!']);
		expect(result).toMatchObject({ answer: 'It is so.', agreed: true, dissent: [] });
		expect(result.agreement).toBeCloseTo(1, 10);
	});

	it('shares nothing with one that cannot be read', () => {
		expect(decide(method, ['a b c', 'a b c', '']).agreement).toBeCloseTo(0.5, 10);
		expect(decide(method, ['a b c', '', ''])).toMatchObject({
			answer: 'a b c',
			agreement: 0,
			agreed: false,
			winner: ['m0'],
		});
		expect(decide(method, ['', ' '])).toMatchObject({ answer: null, agreement: 0, winner: [] });
	});

	it('never agrees on a tie and shows what was given first', () => {
		expect(decide(method, ['a b', 'c d'], { agreementThreshold: 0 })).toMatchObject({
			answer: 'a b',
			agreement: 0,
			agreed: false,
		});
	});

	it('reads scripts without spaces sign by sign', () => {
		expect(decide(method, ['今日は雨です', '今日は雨だ', '猫が好き']).winner).not.toEqual(['m2']);
		expect(decide(method, ['今日は雨です', '今日は雨だ', '猫が好き']).agreement).toBeGreaterThan(
			0.2,
		);
	});

	it('takes time in proportion to 100,000 texts', () => {
		const texts = Array.from(
			{ length: 100_000 },
			(_, index) => `word${index} and another ${index % 7}`,
		);
		const start = performance.now();
		decide(method, texts);
		expect(performance.now() - start).toBeLessThan(5000);
	});
});

it('takes a number with its separators for one word', () => {
	const [first] = decide('medoid', ['1,234.5', '1 234 5']).votes;
	expect(first?.weight).toBe(0);
});
