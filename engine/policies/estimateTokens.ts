import { estimateTokenCount } from 'tokenx';
import type { Attachment, ChatMessage, ChatRequest } from '../spec/chat';
import type { PromptSections } from '../spec/preprocessing';

/**
 * Tokens that a vendor adds around the content. They are what the media of a request usually cost
 * at the dearer of the vendors, since a budget or a window must not be overrun. Read 2026-11-23.
 */
export const TOKEN_ALLOWANCES = {
	/** Role and separators of one message: https://developers.openai.com/cookbook (token counting). */
	message: 4,
	/** The tags or headings around one section of a prompt, as `engine/prompt/sections.ts` writes them. */
	section: 8,
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
const PDF_TYPE = '/Type';
/** What follows `/Type` in the entry of one page. */
const PDF_PAGE = /^\s*\/Page(?![a-zA-Z])/;
const PDF_LOOKAHEAD_BYTES = 16;
/** More pages than any model takes. */
const MAX_PDF_PAGES = 10_000;

/**
 * A longer text is judged by evenly spread samples, so that the event loop is never held up: the
 * first call of a process takes some 15 ms for as many characters, a later one two.
 */
const SAMPLE_COUNT = 24;
const SAMPLE_CHARACTERS = 1_000;
const WHOLE_TEXT_CHARACTERS = SAMPLE_COUNT * SAMPLE_CHARACTERS;

const sampledTokens = (text: string): number => {
	const step = (text.length - SAMPLE_CHARACTERS) / (SAMPLE_COUNT - 1);
	const samples = Array.from({ length: SAMPLE_COUNT }, (_, index) => {
		const start = Math.floor(index * step);
		return estimateTokenCount(text.slice(start, start + SAMPLE_CHARACTERS));
	});
	const tokens = samples.reduce((sum, count) => sum + count, 0);
	return (tokens / WHOLE_TEXT_CHARACTERS) * text.length;
};

/** Tokens of a text. `factor` is what a model's reported counts came to, relative to this estimate. */
export function estimateTokens(text: string, factor = 1): number {
	const tokens =
		text.length > WHOLE_TEXT_CHARACTERS ? sampledTokens(text) : estimateTokenCount(text);
	return Math.ceil(tokens * factor);
}

const pagesByFile = new WeakMap<Uint8Array, number>();

const pdfPages = (data: Uint8Array): number => {
	const known = pagesByFile.get(data);
	if (known !== undefined) return known;
	const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
	let counted = 0;
	for (let from = 0; counted < MAX_PDF_PAGES; ) {
		const found = bytes.indexOf(PDF_TYPE, from, 'latin1');
		if (found === -1) break;
		from = found + PDF_TYPE.length;
		if (PDF_PAGE.test(bytes.toString('latin1', from, from + PDF_LOOKAHEAD_BYTES))) counted++;
	}
	const pages =
		counted > 0 ? counted : Math.max(1, Math.ceil(data.byteLength / PDF_BYTES_PER_PAGE));
	pagesByFile.set(data, pages);
	return pages;
};

const attachmentTokens = ({ kind, mediaType, data }: Attachment): number => {
	if (kind === 'image') return TOKEN_ALLOWANCES.image;
	if (kind === 'pdf') return pdfPages(data) * TOKEN_ALLOWANCES.pdfPage;
	const format = mediaType.toLowerCase().includes('wav') ? 'wav' : 'packed';
	const seconds = Math.ceil(data.byteLength / AUDIO_BYTES_PER_SECOND[format]);
	return seconds * TOKEN_ALLOWANCES.audioSecond;
};

const sectionsTokens = ({
	role,
	context,
	format,
	examples = [],
}: PromptSections): RequestTokens => {
	const texts = [
		role,
		context,
		format,
		...examples.flatMap(({ input, output }) => [input, output]),
	];
	const filled = texts.filter((text) => text !== undefined && text !== '') as string[];
	return {
		text: filled.reduce((sum, text) => sum + estimateTokens(text), 0),
		// The task gets a frame too.
		fixed: (filled.length + 1) * TOKEN_ALLOWANCES.section,
	};
};

/** Estimated input tokens of a request. */
export interface RequestTokens {
	/** Of its text, the schema included, in the estimate's own measure: a model's factor scales it. */
	readonly text: number;
	/** Of its media and of what the vendor puts around each message. */
	readonly fixed: number;
}

/** Counts a request once; `inputTokens` then says what it comes to at each model. */
export function requestTokens({ messages, jsonSchema }: ChatRequest): RequestTokens {
	const schema = jsonSchema === undefined ? 0 : estimateTokens(JSON.stringify(jsonSchema));
	return messages
		.map(messageTokens)
		.reduce((sum, { text, fixed }) => ({ text: sum.text + text, fixed: sum.fixed + fixed }), {
			text: schema,
			fixed: 0,
		});
}

function messageTokens({ content, sections, attachments = [] }: ChatMessage): RequestTokens {
	const around = sections === undefined ? { text: 0, fixed: 0 } : sectionsTokens(sections);
	const media = attachments.reduce((sum, attachment) => sum + attachmentTokens(attachment), 0);
	return {
		text: estimateTokens(content) + around.text,
		fixed: TOKEN_ALLOWANCES.message + around.fixed + media,
	};
}

/** Input tokens at a model whose reported counts come to `factor` times the estimate. */
export function inputTokens({ text, fixed }: RequestTokens, factor = 1): number {
	return Math.ceil(text * factor) + fixed;
}

/** Input tokens of a request: all its text (the schema included), its media and their wrapping. */
export function estimateRequestTokens(request: ChatRequest, factor = 1): number {
	return inputTokens(requestTokens(request), factor);
}
