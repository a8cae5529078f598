import { estimateTokenCount } from 'tokenx';
import type { Attachment, ChatRequest } from '../spec/chat';

/**
 * Tokens that a vendor adds around the content. They are what the media of a request usually cost
 * at the dearer of the vendors, since a budget or a window must not be overrun. Read 2026-11-23.
 */
export const TOKEN_ALLOWANCES = {
	/** Role and separators of one message: https://developers.openai.com/cookbook (token counting). */
	message: 4,
	/** Claude scales an image down to about this; OpenAI 765 at 1024², Gemini 258 a tile: https://docs.anthropic.com/en/docs/vision */
	image: 1_600,
	/** Claude sends each page as text and as image: https://platform.claude.com/docs/en/build-with-claude/pdf-support */
	pdfPage: 2_300,
	/** Gemini: https://ai.google.dev/gemini-api/docs/tokens */
	audioSecond: 32,
} as const;

/** Bytes that hold one second of sound: 16 kHz mono PCM, and 64 kbit/s for packed formats. */
const AUDIO_BYTES_PER_SECOND = { wav: 32_000, packed: 8_000 } as const;

/** Size of a page in a PDF whose page list is packed and cannot be counted from outside. */
const PDF_BYTES_PER_PAGE = 60_000;
const PDF_PAGE = /\/Type\s*\/Page(?![a-zA-Z])/g;

/** A longer text is judged by evenly spread samples, so that the event loop is never held up. */
const WHOLE_TEXT_CHARACTERS = 128_000;
const SAMPLE_COUNT = 16;
const SAMPLE_CHARACTERS = 4_000;

const sampledTokens = (text: string): number => {
	const step = (text.length - SAMPLE_CHARACTERS) / (SAMPLE_COUNT - 1);
	const samples = Array.from({ length: SAMPLE_COUNT }, (_, index) => {
		const start = Math.floor(index * step);
		return estimateTokenCount(text.slice(start, start + SAMPLE_CHARACTERS));
	});
	const tokens = samples.reduce((sum, count) => sum + count, 0);
	return (tokens / (SAMPLE_COUNT * SAMPLE_CHARACTERS)) * text.length;
};

/** Tokens of a text. `factor` is what a model's reported counts came to, relative to this estimate. */
export function estimateTokens(text: string, factor = 1): number {
	const tokens =
		text.length > WHOLE_TEXT_CHARACTERS ? sampledTokens(text) : estimateTokenCount(text);
	return Math.ceil(tokens * factor);
}

const pdfPages = (data: Uint8Array): number => {
	const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
	const counted = bytes.toString('latin1').match(PDF_PAGE)?.length ?? 0;
	return counted > 0 ? counted : Math.max(1, Math.ceil(data.byteLength / PDF_BYTES_PER_PAGE));
};

const attachmentTokens = ({ kind, mediaType, data }: Attachment): number => {
	if (kind === 'image') return TOKEN_ALLOWANCES.image;
	if (kind === 'pdf') return pdfPages(data) * TOKEN_ALLOWANCES.pdfPage;
	const format = mediaType.toLowerCase().includes('wav') ? 'wav' : 'packed';
	const seconds = Math.ceil(data.byteLength / AUDIO_BYTES_PER_SECOND[format]);
	return seconds * TOKEN_ALLOWANCES.audioSecond;
};

/** Input tokens of a request: all its text (the schema included), its media and their wrapping. */
export function estimateRequestTokens(request: ChatRequest, factor = 1): number {
	const messageTokens = request.messages.map(
		({ content, attachments = [] }) =>
			TOKEN_ALLOWANCES.message +
			estimateTokens(content, factor) +
			attachments.reduce((sum, attachment) => sum + attachmentTokens(attachment), 0),
	);
	const schemaTokens =
		request.jsonSchema === undefined
			? 0
			: estimateTokens(JSON.stringify(request.jsonSchema), factor);
	return messageTokens.reduce((sum, tokens) => sum + tokens, schemaTokens);
}
