import { estimateTokens } from '../policies/estimateTokens';
import type { OverflowStrategy } from '../spec/preprocessing';
import { cutAfter, cutBefore } from './boundary';
import { atOnce, type Steps } from './steps';
import { prefixLength, suffixLength } from './tokenPrefix';

export interface TruncateOptions {
	/** Tokens that may be left, the marker included. */
	readonly maxTokens: number;
	readonly overflow: OverflowStrategy;
	/** What a model's reported counts came to, relative to the estimate. Default 1. */
	readonly factor?: number;
}

export type Truncated =
	| {
			readonly ok: true;
			readonly text: string;
			/** Estimated tokens of what was left out; 0 when the text is whole. */
			readonly leftOutTokens: number;
	  }
	| { readonly ok: false; readonly problem: string };

/** How far a cut may move to a better place, relative to what is kept. */
const REACH = 0.15;
const MAX_REACH_CHARS = 2_000;
/** Of what is kept of both ends, the part that is the start. */
const START_SHARE = 0.6;
/** Fewer tokens leave no room for a marker and two ends. */
const LEAST_FOR_BOTH = 30;

/**
 * Fits a text into a number of tokens, by estimate, never above it. It is cut after paragraphs,
 * sentences or words where that costs little, and never inside a letter.
 */
export function truncate(text: string, options: TruncateOptions): Truncated {
	return atOnce(truncateSteps(text, options));
}

/** The same in steps. */
export function* truncateSteps(text: string, options: TruncateOptions): Steps<Truncated> {
	const { maxTokens, overflow, factor = 1 } = options;
	const tokens = estimateTokens(text, factor);
	if (tokens <= maxTokens) return { ok: true, text, leftOutTokens: 0 };
	if (overflow === 'error') {
		const problem = `The text has about ${shown(tokens)} tokens, ${shown(maxTokens)} are allowed`;
		return { ok: false, problem };
	}
	const kept =
		overflow === 'keepEnd'
			? yield* keepEnd(text, maxTokens, factor)
			: overflow === 'keepBoth' && maxTokens >= LEAST_FOR_BOTH
				? yield* keepBoth(text, tokens, maxTokens, factor)
				: yield* keepStart(text, maxTokens, factor);
	return { ok: true, text: kept.text, leftOutTokens: Math.max(1, tokens - kept.tokens) };
}

/** What is kept, and the tokens of it that are the text's own. */
interface Kept {
	readonly text: string;
	readonly tokens: number;
}

function keepStart(text: string, maxTokens: number, factor: number): Steps<Kept> {
	return fit(maxTokens, factor, function* (budget) {
		const length = yield* prefixLength(text, budget, factor);
		return measured(text.slice(0, cutBefore(text, length, reachOf(length))).trimEnd(), factor);
	});
}

function keepEnd(text: string, maxTokens: number, factor: number): Steps<Kept> {
	return fit(maxTokens, factor, function* (budget) {
		const length = yield* suffixLength(text, budget, factor);
		const from = cutAfter(text, text.length - length, reachOf(length));
		return measured(text.slice(from).trimStart(), factor);
	});
}

function keepBoth(text: string, tokens: number, maxTokens: number, factor: number): Steps<Kept> {
	const markerTokens = estimateTokens(marker(tokens), factor);
	return fit(maxTokens, factor, function* (budget) {
		const forText = Math.max(0, budget - markerTokens);
		const start = yield* keepStart(text, Math.floor(forText * START_SHARE), factor);
		const end = yield* keepEnd(text, forText - start.tokens, factor);
		const kept = start.tokens + end.tokens;
		const between = marker(Math.max(1, tokens - kept));
		return { text: `${start.text}${between}${end.text}`, tokens: kept };
	});
}

function measured(text: string, factor: number): Kept {
	return { text, tokens: estimateTokens(text, factor) };
}

/** Tries again with a little less until the whole is within the budget. */
function* fit(
	maxTokens: number,
	factor: number,
	make: (budget: number) => Steps<Kept>,
): Steps<Kept> {
	for (let budget = maxTokens; budget > 0; budget = Math.floor(budget * 0.95) - 1) {
		const kept = yield* make(budget);
		if (estimateTokens(kept.text, factor) <= maxTokens) return kept;
	}
	return { text: '', tokens: 0 };
}

function reachOf(length: number): number {
	return Math.min(MAX_REACH_CHARS, Math.ceil(length * REACH));
}

function marker(leftOut: number): string {
	return `\n\n[… ${shown(leftOut)} tokens left out …]\n\n`;
}

function shown(tokens: number): string {
	return tokens.toLocaleString('en-US');
}
