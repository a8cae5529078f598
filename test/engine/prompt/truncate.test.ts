import '../../support/timed';
import { estimateTokens } from '../../../engine/policies/estimateTokens';
import { truncate } from '../../../engine/prompt/truncate';
import type { OverflowStrategy } from '../../../engine/spec/preprocessing';
import { seededRandom } from '../../support/seededRandom';

const STORY = Array.from(
	{ length: 12 },
	(_, index) => `Paragraph ${index + 1} begins here. It goes on for a while. It ends here.`,
).join('\n\n');

const textOf = (maxTokens: number, overflow: OverflowStrategy, text = STORY) => {
	const result = truncate(text, { maxTokens, overflow });
	if (!result.ok) throw new Error(result.problem);
	return result.text;
};

test('a text that fits stays whole, whatever the strategy', () => {
	for (const overflow of ['error', 'keepStart', 'keepEnd', 'keepBoth'] as const) {
		expect(truncate('short', { maxTokens: 10, overflow })).toEqual({
			ok: true,
			text: 'short',
			leftOutTokens: 0,
		});
	}
});

test('an error says both numbers', () => {
	expect(truncate('word '.repeat(3_000), { maxTokens: 1_000, overflow: 'error' })).toEqual({
		ok: false,
		problem: 'The text has about 3,000 tokens, 1,000 are allowed',
	});
});

test('the start is cut after a paragraph or a sentence', () => {
	expect(textOf(60, 'keepStart')).toMatch(/(?:ends here|begins here|a while)\.$/);
	expect(STORY.startsWith(textOf(60, 'keepStart'))).toBe(true);
});

test('the end is cut before a paragraph or a sentence', () => {
	expect(textOf(60, 'keepEnd')).toMatch(/^(?:Paragraph|It) /);
	expect(STORY.endsWith(textOf(60, 'keepEnd'))).toBe(true);
});

test('of both ends, the start gets more, and the marker says what is missing', () => {
	const result = truncate(STORY, { maxTokens: 100, overflow: 'keepBoth' });
	const text = result.ok ? result.text : '';
	const [start = '', end = ''] = text.split(/\n\n\[… [\d,]+ tokens left out …\]\n\n/);
	expect(STORY.startsWith(start)).toBe(true);
	expect(STORY.endsWith(end)).toBe(true);
	expect(start.length).toBeGreaterThan(end.length);
	const leftOut = result.ok ? result.leftOutTokens : 0;
	expect(text).toContain(`[… ${leftOut} tokens left out …]`);
	expect(leftOut).toBeGreaterThan(100);
});

test('a word that is longer than the budget is cut between letters', () => {
	const family = '👨\u200d👩\u200d👧\u200d👦';
	const kept = textOf(12, 'keepStart', family.repeat(40));
	expect(kept.length % family.length).toBe(0);
	expect(textOf(9, 'keepEnd', 'e\u0301'.repeat(500))).toMatch(/^(?:e\u0301)*$/);
	expect(textOf(0, 'keepStart', 'word '.repeat(10))).toBe('');
});

test('the factor of a model counts', () => {
	const plain = truncate(STORY, { maxTokens: 100, overflow: 'keepStart' });
	const dear = truncate(STORY, { maxTokens: 100, overflow: 'keepStart', factor: 1.5 });
	expect(plain.ok && dear.ok && dear.text.length < plain.text.length).toBe(true);
	expect(estimateTokens(dear.ok ? dear.text : STORY, 1.5)).toBeLessThanOrEqual(100);
});

const PIECES = [
	'Hello world. ',
	'The quick brown fox jumps, again and again. ',
	'\n\n',
	'\n',
	'日本語のテキストです。',
	'😀👨\u200d👩\u200d👧\u200d👦🇩🇪',
	'e\u0301a\u0308',
	'supercalifragilisticexpialidocious',
	'a',
	'12345.678 ',
	'{"a": [1,2]}',
	'     ',
	'Привет мир. ',
	'! ? ',
];

test('never goes above the budget and never cuts a letter, in 1,500 random texts', () => {
	const random = seededRandom(5);
	const below = (limit: number) => Math.floor(random() * limit);
	const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
	for (let round = 0; round < 500; round++) {
		const text = Array.from({ length: 1 + below(60) }, () => PIECES[below(PIECES.length)]).join('');
		const letterStarts = new Set([...segmenter.segment(text)].map(({ index }) => index)).add(
			text.length,
		);
		const maxTokens = below(80);
		const factor = [1, 1.3, 0.7][below(3)] ?? 1;
		for (const overflow of ['keepStart', 'keepEnd', 'keepBoth'] as const) {
			const result = truncate(text, { maxTokens, overflow, factor });
			const kept = result.ok ? result.text : text;
			expect(estimateTokens(kept, factor)).toBeLessThanOrEqual(maxTokens);
			if (!result.ok || result.leftOutTokens === 0 || overflow === 'keepBoth') continue;
			const cut = overflow === 'keepStart' ? kept.length : text.length - kept.length;
			expect(overflow === 'keepStart' ? text.startsWith(kept) : text.endsWith(kept)).toBe(true);
			expect(letterStarts.has(cut)).toBe(true);
		}
	}
});

test('five million characters take less than a second', () => {
	const startedAtMs = performance.now();
	const kept = textOf(8_000, 'keepBoth', STORY.repeat(6_000));
	expect(performance.now() - startedAtMs).toBeLessThan(1_000);
	expect(estimateTokens(kept)).toBeGreaterThan(7_500);
});
