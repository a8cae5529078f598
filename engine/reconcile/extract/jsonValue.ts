import { findJson } from '../../policies/extractJson';
import type { JsonValue } from '../../spec/json';
import type { Normalization } from '../../spec/reconcile';
import { valueAtPath, type PathStep } from '../locate/jsonPath';
import type { AnswerText, Extract, Reading } from '../reading';
import { canonicalJson } from '../text/literalKey';
import { plainText } from '../text/plainText';
import { readWritten } from './finalAnswer';

/** The JSON document that an answer is or holds. */
export function documentIn({ data, text }: AnswerText): JsonValue | undefined {
	if (data !== undefined) return data;
	const found = findJson(text);
	return 'value' in found ? found.value : undefined;
}

/** The whole document, where it is an object or a list. */
export const json: Extract = (answer, normalization) => {
	const found = documentIn(answer);
	if (typeof found !== 'object' || found === null) return undefined;
	const written = found === answer.data ? answer.text : canonicalJson(found);
	return { answer: found, written, key: documentKey(written, normalization) };
};

/** Unlike text that looks like it, a document keeps its punctuation. */
export function documentKey(
	canonical: string,
	{ ignoreCase, ignoreWhitespace }: Normalization,
): string {
	const plain = plainText(canonical);
	const cased = ignoreCase ? plain.toLowerCase() : plain;
	return ignoreWhitespace ? cased.replace(SPACES, ' ') : cased;
}

const SPACES = /\s+/g;

/** The value at a path of the document. */
export function jsonAt(steps: readonly PathStep[]): Extract {
	return (answer, normalization) => {
		const found = documentIn(answer);
		const value = found === undefined ? undefined : valueAtPath(found, steps);
		return value === undefined ? undefined : readJson(value, normalization);
	};
}

/** A value of a document as an answer. `null` says that there is none. */
export function readJson(value: JsonValue, normalization: Normalization): Reading | undefined {
	if (value === null) return undefined;
	if (typeof value === 'object') {
		const written = canonicalJson(value);
		return { answer: value, written, key: documentKey(written, normalization) };
	}
	const reading = readWritten(String(value), normalization);
	return reading && { ...reading, answer: value };
}
