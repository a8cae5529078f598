import '../../support/timed';
import { performance } from 'node:perf_hooks';
import {
	TOKEN_ALLOWANCES,
	estimateRequestTokens,
	estimateTokens,
} from '../../../engine/policies/estimateTokens';
import type { Attachment, ChatRequest } from '../../../engine/spec/chat';

const PARAGRAPH =
	'The quarterly report shows that revenue grew by 12.5 percent, mostly because two large ' +
	'customers renewed early. Costs stayed flat; the team expects the same for the next quarter.\n\n';

const request = (content: string, attachments?: Attachment[]): ChatRequest => ({
	messages: [{ role: 'user', content, ...(attachments && { attachments }) }],
	outputFormat: 'text',
});

const attachment = (kind: Attachment['kind'], mediaType: string, data: Uint8Array): Attachment => ({
	kind,
	mediaType,
	data,
});

/** Tokens of one attachment, without the message around it. */
const tokensOf = (media: Attachment): number =>
	estimateRequestTokens(request('', [media])) - TOKEN_ALLOWANCES.message;

describe('estimateTokens', () => {
	// Counts of the o200k tokenizer.
	it.each([
		['', 0],
		['Hello, world!', 4],
		['The quick brown fox jumps over the lazy dog.', 10],
	])('is close to the true count of "%s"', (text, tokens) => {
		expect(Math.abs(estimateTokens(text) - tokens)).toBeLessThanOrEqual(1);
	});

	it('scales by the factor and rounds up', () => {
		const tokens = estimateTokens(PARAGRAPH);
		expect(estimateTokens(PARAGRAPH, 1.3)).toBe(Math.ceil(tokens * 1.3));
	});

	it('judges a long text by samples, within five percent of the whole', () => {
		const repetitions = 2_000;
		const expected = estimateTokens(PARAGRAPH) * repetitions;
		const actual = estimateTokens(PARAGRAPH.repeat(repetitions));
		expect(Math.abs(actual / expected - 1)).toBeLessThan(0.05);
	});

	it('never holds up the event loop, even with a text of 5 MB', () => {
		const text = PARAGRAPH.repeat(28_000);
		estimateTokens(text);
		const startMs = performance.now();
		estimateTokens(text);
		expect(performance.now() - startMs).toBeLessThan(50);
	});
});

describe('estimateRequestTokens', () => {
	it('adds the messages, their wrapping and the schema', () => {
		const tokens = estimateRequestTokens({
			messages: [
				{ role: 'system', content: 'Be brief.' },
				{ role: 'user', content: PARAGRAPH },
			],
			outputFormat: 'json',
			jsonSchema: { type: 'object', properties: { growth: { type: 'number' } } },
		});
		const texts = [
			'Be brief.',
			PARAGRAPH,
			'{"type":"object","properties":{"growth":{"type":"number"}}}',
		];
		const expected = texts.map((text) => estimateTokens(text)).reduce((sum, n) => sum + n, 0);
		expect(tokens).toBe(expected + 2 * TOKEN_ALLOWANCES.message);
	});

	it('scales the text by the factor, not the media', () => {
		const media = [attachment('image', 'image/png', new Uint8Array(10))];
		const plain = estimateRequestTokens(request(PARAGRAPH, media));
		const doubled = estimateRequestTokens(request(PARAGRAPH, media), 2);
		expect(doubled - plain).toBe(estimateTokens(PARAGRAPH));
	});

	it('allows a fixed number of tokens for an image, whatever its size', () => {
		expect(tokensOf(attachment('image', 'image/jpeg', new Uint8Array(5_000_000)))).toBe(1_600);
	});

	it('counts the pages of a PDF, or judges by size where they are packed', () => {
		const open = Buffer.from('%PDF-1.4 /Type /Pages /Type /Page /Type/Page /Type /PageLabel');
		const packed = new Uint8Array(150_000);
		expect(tokensOf(attachment('pdf', 'application/pdf', open))).toBe(2 * 2_300);
		expect(tokensOf(attachment('pdf', 'application/pdf', packed))).toBe(3 * 2_300);
	});

	it('allows tokens by the second for sound', () => {
		const tenSecondsWav = new Uint8Array(320_000);
		const tenSecondsMp3 = new Uint8Array(80_000);
		expect(tokensOf(attachment('audio', 'audio/wav', tenSecondsWav))).toBe(320);
		expect(tokensOf(attachment('audio', 'audio/mpeg', tenSecondsMp3))).toBe(320);
	});
});
