import { findRegex } from '../../policies/regexFind';
import { TooMuchWorkError } from '../../policies/regexMatch';
import {
	compileRegex,
	UnsupportedPatternError,
	type RegexProgram,
} from '../../policies/regexProgram';
import { InvalidPlanError } from '../../spec/errors';
import type { Extract } from '../reading';
import { unwrap } from '../text/unwrap';
import { readWritten } from './finalAnswer';

/** Bounds one match to some 100 ms; what takes longer counts as no match. */
export const MATCH_STEPS = 1_000_000;

/** The first group of the first match, or the whole match. */
export function matched(pattern: string): Extract {
	const program = programOf(pattern, 'Regular Expression');
	return ({ text }, normalization) => {
		const found = findWithin(program, text);
		return found === undefined ? undefined : readWritten(unwrap(found), normalization);
	};
}

function findWithin(program: RegexProgram, text: string): string | undefined {
	try {
		return findRegex(program, text, { steps: MATCH_STEPS });
	} catch (error) {
		if (error instanceof TooMuchWorkError) return undefined;
		throw error;
	}
}

/** Kept, since most questions of a run come with the same one. */
let last: { readonly pattern: string; readonly program: RegexProgram } | undefined;

/** @throws {InvalidPlanError} for what is no pattern, or none that runs in bounded time */
export function programOf(pattern: string, label: string): RegexProgram {
	if (last?.pattern === pattern) return last.program;
	if (pattern === '') {
		throw new InvalidPlanError(`${label} is empty`, `Write a pattern such as Total: (.*)`);
	}
	try {
		last = { pattern, program: compileRegex(pattern) };
		return last.program;
	} catch (error) {
		const isKnown = error instanceof SyntaxError || error instanceof UnsupportedPatternError;
		if (!isKnown) throw error;
		throw new InvalidPlanError(
			`${label} cannot be used, got ${JSON.stringify(pattern)}: ${error.message}`,
			`Correct ${label}. Write it without slashes around it, for example Total: (.*)`,
		);
	}
}
