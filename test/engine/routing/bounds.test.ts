import { decideTier } from '../../../engine/routing/decideTier';
import { featuresOf } from '../../../engine/routing/features';
import { languageOf } from '../../../engine/routing/language';
import { MEASURES } from '../../../engine/routing/measures';
import { HEAD_CHARS, TAIL_CHARS, scanText } from '../../../engine/routing/scanText';
import { expectQuick } from '../../support/expectQuick';
import { hostileTexts } from '../../support/hostileTexts';

const HUGE = 5_000_000;
const READ = HEAD_CHARS + TAIL_CHARS;

const HOSTILE: Readonly<Record<string, string>> = {
	// No longer than what is read of a text and a bit: more of the same is not looked at.
	...hostileTexts(2 * READ),
	'lone high surrogates': '\ud800'.repeat(HUGE),
	'lone low surrogates': '\udfff'.repeat(HUGE),
	'pairs cut in two': `x${'\ud83d\ude42'.repeat(HUGE / 2)}`,
	'null characters': '\0'.repeat(HUGE),
	'one word': 'a'.repeat(HUGE),
	'words, each another one': Array.from({ length: 20_000 }, (_, at) => at.toString(36)).join(' '),
	glyphs: '漢'.repeat(HUGE),
	tabs: '\t'.repeat(HUGE),
	'option lines': 'A. a\n'.repeat(HUGE / 5),
};

test.each(Object.entries(HOSTILE).map(([name, prompt]) => ({ name, prompt })))(
	'hostile: $name',
	({ prompt }) => {
		const { score, tier } = decideTier(prompt, 0.5);
		expect(score).toBeGreaterThanOrEqual(0);
		expect(score).toBeLessThanOrEqual(1);
		expect(['fast', 'strong']).toContain(tier);
		expectQuick(() => decideTier(prompt, 0.5));
		expectQuick(() => languageOf(prompt));
	},
);

test('of a long prompt the beginning and the end are read, and its length', () => {
	const filler = 'x '.repeat(READ);
	const plain = scanText(filler);
	const withMiddle = scanText(`${filler.slice(0, READ)}the middle ${filler.slice(READ + 11)}`);
	expect(withMiddle.tokenCount).toBe(plain.tokenCount);
	expect(plain.tokenCount).toBeLessThanOrEqual(READ + 1);
	expect(plain.counts.chars).toBe(filler.length);
	expect(scanText(`${filler}?`).counts.questionMarks).toBe(1);
	expect(scanText(`?${filler}`).counts.questionMarks).toBe(1);
});

test.each([{ length: READ - 1 }, { length: READ }, { length: READ + 1 }, { length: 2 * READ }])(
	'a prompt of $length characters has finite measures',
	({ length }) => {
		const { measures, placeCount, places } = featuresOf('a1 '.repeat(length).slice(0, length));
		expect(measures).toHaveLength(MEASURES.length);
		expect(measures.every(Number.isFinite)).toBe(true);
		expect(placeCount).toBeLessThanOrEqual(places.length);
	},
);

test('the same prompt always gets the same judgement', () => {
	const prompt = 'Explain how a transformer model attends to its input.';
	expect(decideTier(prompt, 0.4)).toEqual(decideTier(prompt, 0.4));
});
