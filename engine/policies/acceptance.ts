import type { Acceptance } from '../spec/routes';
import { matchesRegex, TooMuchWorkError } from './regexMatch';
import { compileRegex, UnsupportedPatternError, type RegexProgram } from './regexProgram';

/** A pattern is run on no more than this. */
const MAX_MATCHED_CHARACTERS = 100_000;
/** Bounds the time of one match to some 10 ms. */
const MATCH_STEPS = 1_000_000;

/** The pattern used last: one node asks with the same one again and again. */
let compiled: { readonly pattern: string; readonly program: RegexProgram } | undefined;

/** Why a pattern cannot be used, or `undefined` when it can. */
export function patternProblem(pattern: string): string | undefined {
	try {
		compileRegex(pattern);
		return undefined;
	} catch (error) {
		if (error instanceof UnsupportedPatternError || error instanceof SyntaxError) {
			return error.message;
		}
		throw error;
	}
}

/** Words of an answer that declines or is not sure, at its beginning where they are the answer. */
const HEDGING =
	/\b(?:i(?:'m| am) (?:not sure|unable|sorry)|i (?:cannot|can't|can not|don't know|do not know|don't have)|as an ai\b|it is (?:not possible|unclear|impossible)|unable to (?:determine|answer|provide)|not enough information|cannot be determined|i apologi[sz]e)/i;
/** Where declining words are the answer and not a quotation inside it. */
const HEDGING_CHARACTERS = 400;

/**
 * Why the answer of a cheap model is not good enough, or `undefined` when it is.
 *
 * @param confidence what the model said of itself, 0–1; absent when it said nothing
 */
export function refusedBecause(
	text: string,
	acceptance: Acceptance,
	confidence?: number,
): string | undefined {
	const { mustMatch, mustContain = [], minLength = 0, rejectHedging, minConfidence } = acceptance;
	if (text.trim().length < minLength) {
		return `it has ${text.trim().length} characters, ${minLength} are needed`;
	}
	const lower = text.toLowerCase();
	const missing = mustContain.find((wanted) => !lower.includes(wanted.toLowerCase()));
	if (missing !== undefined) return `it does not contain "${missing}"`;
	if (mustMatch !== undefined) {
		const problem = mismatch(mustMatch, text);
		if (problem !== undefined) return problem;
	}
	if (rejectHedging && HEDGING.test(text.slice(0, HEDGING_CHARACTERS))) return 'it hedges';
	if (minConfidence === undefined) return undefined;
	if (confidence === undefined) return 'it does not say how sure it is';
	return confidence < minConfidence
		? `the model is ${Math.round(confidence * 100)} % sure, ${Math.round(minConfidence * 100)} % are needed`
		: undefined;
}

function mismatch(pattern: string, text: string): string | undefined {
	if (compiled?.pattern !== pattern) compiled = { pattern, program: compileRegex(pattern) };
	try {
		const read = text.slice(0, MAX_MATCHED_CHARACTERS);
		const matched = matchesRegex(compiled.program, read, { steps: MATCH_STEPS });
		return matched ? undefined : `it does not match /${pattern}/`;
	} catch (error) {
		if (error instanceof TooMuchWorkError) return `it is too long to be matched with /${pattern}/`;
		throw error;
	}
}
