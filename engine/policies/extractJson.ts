import type { JsonSchema, JsonValue } from '../spec/json';
import { type JsonCandidate, type JsonFinds, jsonCandidates } from './jsonCandidates';
import { MAX_JSON_DEPTH } from './jsonReader';
import { jsonProblem } from './validateJson';

/** 128,000 tokens, the most that a model writes in one answer; more would hold up the event loop. */
export const MAX_ANSWER_CHARS = 512_000;
/** Documents that are checked against the schema, best first. */
const MAX_CHECKED = 8;

/** The document, or why there is none, in one sentence. */
export type FoundJson = { readonly value: JsonValue } | { readonly problem: string };

/**
 * The JSON document in a model's answer, or `undefined` when there is none; {@link findJson} says
 * why.
 */
export function extractJson(text: string, schema?: JsonSchema): JsonValue | undefined {
	const found = findJson(text, schema);
	return 'value' in found ? found.value : undefined;
}

/**
 * The JSON document in a model's answer. A document in a fence comes before one in prose, the last
 * fence before earlier ones, a longer document before a shorter; with a `schema`, the first of them
 * that is valid. Thoughts in `<think>` tags are left out. Prose never becomes a value; a bare number,
 * string or word does when it is the whole answer.
 */
export function findJson(text: string, schema?: JsonSchema): FoundJson {
	if (text.length > MAX_ANSWER_CHARS) {
		const characters = text.length.toLocaleString('en-US');
		return { problem: `The answer has ${characters} characters, too many to look for JSON in` };
	}
	const answer = text.trim();
	const scalar = bareScalar(answer);
	// Some models write the whole document as one JSON string.
	const isWrapped = typeof scalar === 'string' && /^\s*[[{]/.test(scalar);
	if (scalar !== undefined && !isWrapped) return { value: scalar };
	const finds = jsonCandidates(isWrapped ? scalar : answer);
	const value = choose(finds.candidates, schema) ?? scalar;
	return value === undefined ? { problem: problemOf(finds) } : { value };
}

function choose(
	candidates: readonly JsonCandidate[],
	schema: JsonSchema | undefined,
): JsonValue | undefined {
	const ranked = candidates.filter(({ sure }) => sure).sort(better);
	const best = ranked[0]?.value;
	if (schema === undefined) return best;
	const unsure = candidates.filter(({ sure }) => !sure).sort(better);
	const valid = [...ranked, ...unsure]
		.slice(0, MAX_CHECKED)
		.find(({ value }) => jsonProblem(value, schema) === undefined);
	return valid === undefined ? best : valid.value;
}

function better(one: JsonCandidate, other: JsonCandidate): number {
	if (one.fenced !== other.fenced) return one.fenced ? -1 : 1;
	if (one.clean !== other.clean) return one.clean ? -1 : 1;
	if (one.fenced) return other.start - one.start;
	return other.end - other.start - (one.end - one.start) || other.start - one.start;
}

function problemOf({ candidates, miss }: JsonFinds): string {
	if (miss === 'deep') return `The JSON is nested deeper than ${MAX_JSON_DEPTH} levels`;
	if (miss !== undefined) return 'The JSON in the answer is cut off or too damaged to be read';
	if (candidates.length > 0) return 'The answer is prose, with no JSON document of its own';
	return 'The answer holds no JSON document';
}

function bareScalar(answer: string): JsonValue | undefined {
	if (answer === '' || /^[[{`<]/.test(answer)) return undefined;
	try {
		return JSON.parse(answer) as JsonValue;
	} catch {
		return undefined;
	}
}
