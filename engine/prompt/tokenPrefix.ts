import { estimateTokens } from '../policies/estimateTokens';
import type { Steps } from './steps';

/** Rounds of coming closer; what is left over after them is less than a word or two. */
const ROUNDS = 8;
/** Close enough to the budget. */
const SLACK = 0.01;

/** The length of the longest start of a text, about, that has no more than `maxTokens` tokens. */
export function prefixLength(text: string, maxTokens: number, factor: number): Steps<number> {
	return longest(text, maxTokens, factor, (from, to) => text.slice(from, to));
}

/** The same for the end of a text. */
export function suffixLength(text: string, maxTokens: number, factor: number): Steps<number> {
	const end = text.length;
	return longest(text, maxTokens, factor, (from, to) => text.slice(end - to, end - from));
}

function* longest(
	text: string,
	maxTokens: number,
	factor: number,
	part: (from: number, to: number) => string,
): Steps<number> {
	const total = estimateTokens(text, factor);
	if (total <= maxTokens) return text.length;
	let length = Math.floor((text.length * Math.max(0, maxTokens)) / total);
	let tokens = estimateTokens(part(0, length), factor);
	for (let round = 0; round < ROUNDS; round++) {
		yield;
		const left = maxTokens - tokens;
		if (left >= 0 && left <= Math.max(1, maxTokens * SLACK)) break;
		const perToken = length / Math.max(1, tokens);
		const next = Math.min(text.length, Math.max(0, length + Math.round(left * perToken)));
		if (next === length) break;
		// Only the difference is measured: that is what makes a round cheap.
		const [from, to] = next > length ? [length, next] : [next, length];
		const difference = estimateTokens(part(from, to), factor);
		tokens += next > length ? difference : -difference;
		length = next;
	}
	while (length > 0 && estimateTokens(part(0, length), factor) > maxTokens) {
		length = Math.floor(length * 0.97) - 1;
		yield;
	}
	return Math.max(0, length);
}
