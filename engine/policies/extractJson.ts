import type { JsonSchema, JsonValue } from '../spec/json';
import { type JsonCandidate, type JsonFinds, jsonCandidates } from './jsonCandidates';
import { MAX_JSON_DEPTH } from './jsonReader';
import { jsonProblem, MAX_CHECK_STEPS } from './validateJson';

/** 128,000 tokens, the most that a model writes in one answer; more would hold up the event loop. */
export const MAX_ANSWER_CHARS = 512_000;
/** Documents that are checked against the schema, best first. */
const MAX_CHECKED = 8;

/** The document, or why there is none that will do, in a sentence without a full stop. */
export type FoundJson = { readonly value: JsonValue } | { readonly problem: string };

/** What an answer holds. */
interface Documents {
	/** Best first. */
	readonly sure: readonly JsonValue[];
	/** Lists and sets inside sentences: documents only where they fit the schema. */
	readonly unsure: readonly JsonValue[];
	/** Why there is no document, where there is none. */
	readonly problem: string;
}

/**
 * The JSON document in a model's answer, or `undefined` when there is none that will do;
 * {@link findJson} says why.
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
	const steps = findJsonSteps(text, schema);
	for (;;) {
		const step = steps.next();
		if (step.done === true) return step.value;
	}
}

/** {@link findJson} in steps: at each `yield` others may have their turn. */
export function* findJsonSteps(
	text: string,
	schema?: JsonSchema,
): Generator<void, FoundJson, void> {
	if (text.length > MAX_ANSWER_CHARS) {
		const characters = text.length.toLocaleString('en-US');
		return { problem: `The answer has ${characters} characters, too many to look for JSON in` };
	}
	const { sure, unsure, problem } = documentsIn(text.trim());
	const [best] = sure;
	if (schema === undefined) return best === undefined ? { problem } : { value: best };
	const budget = { steps: MAX_CHECK_STEPS };
	let misfit: string | undefined;
	for (const value of [...sure, ...unsure].slice(0, MAX_CHECKED)) {
		yield;
		const found = jsonProblem(value, schema, budget);
		if (found === undefined) return { value };
		misfit ??= found;
	}
	if (best === undefined || misfit === undefined) return { problem };
	return { problem: `The JSON does not fit the schema at ${misfit}` };
}

function documentsIn(answer: string): Documents {
	const scalar = bareScalar(answer);
	// Some models write the whole document as one JSON string.
	const isWrapped = typeof scalar === 'string' && /^\s*[[{]/.test(scalar);
	if (scalar !== undefined && !isWrapped) return { sure: [scalar], unsure: [], problem: '' };
	const finds = jsonCandidates(isWrapped ? scalar : answer);
	const ranked = [...finds.candidates].sort(better);
	const valuesOf = (wanted: boolean) =>
		ranked.filter(({ sure }) => sure === wanted).map(({ value }) => value);
	return {
		sure: scalar === undefined ? valuesOf(true) : [...valuesOf(true), scalar],
		unsure: valuesOf(false),
		problem: problemOf(finds),
	};
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
