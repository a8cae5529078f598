import { estimateTokens } from '../../../engine/policies/estimateTokens';
import { chunkSteps, chunkText } from '../../../engine/prompt/chunk';
import { expectQuickSteps } from '../../support/expectQuickSteps';

const DOCUMENT = Array.from(
	{ length: 40 },
	(_, index) => `Section ${index + 1} opens. Then it explains something at length. Then it closes.`,
).join('\n\n');

test('a short text is one chunk, and no text is none', () => {
	expect(chunkText('short', { maxTokens: 10 })).toEqual([{ text: 'short', start: 0, end: 5 }]);
	expect(chunkText('', { maxTokens: 10 })).toEqual([]);
});

test('chunks hold the whole text, each sign once, none above the budget', () => {
	const chunks = chunkText(DOCUMENT, { maxTokens: 90 });
	expect(chunks.map(({ text }) => text).join('')).toBe(DOCUMENT);
	expect(chunks.length).toBeGreaterThan(5);
	for (const { text, start, end } of chunks) {
		expect(estimateTokens(text)).toBeLessThanOrEqual(90);
		expect(DOCUMENT.slice(start, end)).toBe(text);
	}
});

test('chunks start at paragraphs where there are any', () => {
	for (const { text } of chunkText(DOCUMENT, { maxTokens: 90 })) expect(text).toMatch(/^Section/);
});

test('with overlap, each chunk starts inside the one before it', () => {
	const chunks = chunkText(DOCUMENT, { maxTokens: 90, overlapTokens: 25 });
	for (const [index, chunk] of chunks.entries()) {
		const before = chunks[index - 1];
		if (before === undefined) continue;
		expect(chunk.start).toBeGreaterThan(before.start);
		expect(chunk.start).toBeLessThan(before.end);
		const repeated = DOCUMENT.slice(chunk.start, before.end);
		expect(estimateTokens(repeated)).toBeLessThanOrEqual(25);
	}
	expect(chunks.at(-1)?.end).toBe(DOCUMENT.length);
});

test('an overlap larger than half a chunk is taken as half', () => {
	const chunks = chunkText(DOCUMENT, { maxTokens: 60, overlapTokens: 1_000 });
	expect(chunks.length).toBeLessThan(100);
	expect(chunks.at(-1)?.end).toBe(DOCUMENT.length);
});

test.each([
	['a word without end', 'a'.repeat(100_000)],
	['letters of several signs', '👨\u200d👩\u200d👧\u200d👦'.repeat(500)],
	['text without spaces', '日本語のテキストです'.repeat(2_000)],
])('goes on through %s', (_what, text) => {
	const chunks = chunkText(text, { maxTokens: 50, overlapTokens: 10 });
	expect(chunks[0]?.start).toBe(0);
	expect(chunks.at(-1)?.end).toBe(text.length);
	for (const [index, { start }] of chunks.entries()) {
		expect(start).toBeLessThanOrEqual(chunks[index - 1]?.end ?? 0);
	}
});

test('a chunk has one letter at least, however few tokens are allowed', () => {
	const chunks = chunkText('👨\u200d👩\u200d👧b', { maxTokens: 1 });
	expect(chunks.map(({ text }) => text)).toEqual(['👨\u200d👩\u200d👧', 'b']);
});

test.each([
	{ what: 'small chunks', maxTokens: 500 },
	{ what: 'large chunks', maxTokens: 300_000 },
])('5 MB in $what never hold up the event loop', ({ maxTokens }) => {
	const text = 'Lorem ipsum dolor sit amet, consetetur.\n'.repeat(125_000);
	const chunks = expectQuickSteps(() => chunkSteps(text, { maxTokens, overlapTokens: 50 }));
	expect(chunks.at(-1)?.end).toBe(text.length);
});
