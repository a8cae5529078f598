import { estimateTokens } from '../policies/estimateTokens';
import { cutAfter, cutBefore } from './boundary';
import { atOnce, type Steps } from './steps';
import { prefixLength, suffixLength } from './tokenPrefix';

export interface ChunkOptions {
	/** Tokens of a chunk at most, what it repeats included. */
	readonly maxTokens: number;
	/** Tokens of the end of a chunk that the next one repeats, about; at most half of `maxTokens`. Default 0. */
	readonly overlapTokens?: number;
	/** What a model's reported counts came to, relative to the estimate. Default 1. */
	readonly factor?: number;
}

/** A part of a long text: `text` is what stands from `start` to `end`. */
export interface Chunk {
	readonly text: string;
	readonly start: number;
	readonly end: number;
}

/** Signs that are looked at for each token of a chunk; more only where tokens are longer. */
const SIGNS_PER_TOKEN = 6;
/** How far a cut may move to a better place, relative to the chunk, and in signs. */
const REACH = 0.2;
const MAX_REACH_CHARS = 4_000;

/**
 * Cuts a long text into chunks that fit a number of tokens each, after paragraphs, sentences or
 * words. Together they hold the whole text; without overlap, each sign once.
 */
export function chunkText(text: string, options: ChunkOptions): readonly Chunk[] {
	return atOnce(chunkSteps(text, options));
}

/** The same in steps. */
export function* chunkSteps(text: string, options: ChunkOptions): Steps<readonly Chunk[]> {
	const { maxTokens, overlapTokens = 0, factor = 1 } = options;
	const overlap = Math.min(overlapTokens, Math.floor(maxTokens / 2));
	const chunks: Chunk[] = [];
	let start = 0;
	while (start < text.length) {
		const end = yield* chunkEnd(text, start, Math.max(1, maxTokens), factor);
		chunks.push({ text: text.slice(start, end), start, end });
		if (end >= text.length) break;
		start = Math.max(
			start + 1,
			overlap > 0 ? yield* overlapStart(text, start, end, overlap, factor) : end,
		);
		yield;
	}
	return chunks;
}

function* chunkEnd(text: string, start: number, maxTokens: number, factor: number): Steps<number> {
	const region = regionFor(text, start, maxTokens, factor);
	const firstLetter = cutAfter(text, start + 1, 0);
	let length = yield* prefixLength(region, maxTokens, factor);
	if (length === region.length) return start + length;
	for (;;) {
		const end = start + cutBefore(region, length, reachOf(length * REACH));
		// One letter at least, however few tokens are allowed.
		if (end <= firstLetter) return firstLetter;
		if (estimateTokens(text.slice(start, end), factor) <= maxTokens) return end;
		length = Math.floor(length * 0.9);
		yield;
	}
}

/** The next part of a text that is longer than a chunk, or all that is left of it. */
function regionFor(text: string, start: number, maxTokens: number, factor: number): string {
	for (let signs = Math.ceil((maxTokens * SIGNS_PER_TOKEN) / factor); ; signs *= 2) {
		const region = text.slice(start, start + signs);
		if (start + signs >= text.length || estimateTokens(region, factor) > maxTokens) return region;
	}
}

function* overlapStart(
	text: string,
	start: number,
	end: number,
	overlapTokens: number,
	factor: number,
): Steps<number> {
	const chunk = text.slice(start, end);
	const length = yield* suffixLength(chunk, overlapTokens, factor);
	const cut = cutAfter(chunk, chunk.length - length, reachOf(length / 2));
	return start + (cut > 0 ? cut : chunk.length);
}

function reachOf(length: number): number {
	return Math.min(MAX_REACH_CHARS, Math.ceil(length));
}
