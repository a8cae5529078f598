import type { JsonSchema, JsonValue } from '../spec/json';
import { type JsonCandidate, jsonCandidates } from './jsonCandidates';
import { jsonProblem } from './validateJson';

/** 128,000 tokens, the most that a model writes in one answer; more would hold up the event loop. */
const MAX_ANSWER_CHARS = 512_000;
/** Documents that are checked against the schema, best first. */
const MAX_CHECKED = 8;

/**
 * The JSON document in a model's answer, or `undefined` when there is none. A document in a fence
 * comes before one in prose, the last fence before earlier ones, a longer document before a shorter;
 * with a `schema`, the first of them that is valid. Thoughts in `<think>` tags are left out. Prose
 * never becomes a value; a bare number, string or word only when it is the whole answer.
 */
export function extractJson(text: string, schema?: JsonSchema): JsonValue | undefined {
	if (text.length > MAX_ANSWER_CHARS) return undefined;
	const answer = text.trim();
	const scalar = bareScalar(answer);
	if (scalar !== undefined) return scalar;
	const candidates = jsonCandidates(answer);
	const ranked = candidates.filter(({ sure }) => sure).sort(better);
	const best = ranked[0]?.value;
	if (schema === undefined || (best !== undefined && fits(best))) return best;
	const others = [...ranked.slice(1), ...candidates.filter(({ sure }) => !sure).sort(better)];
	return others.slice(0, MAX_CHECKED).find(({ value }) => fits(value))?.value ?? best;

	function fits(value: JsonValue): boolean {
		return schema !== undefined && jsonProblem(value, schema) === undefined;
	}
}

function better(one: JsonCandidate, other: JsonCandidate): number {
	if (one.fenced !== other.fenced) return one.fenced ? -1 : 1;
	if (one.clean !== other.clean) return one.clean ? -1 : 1;
	if (one.fenced) return other.start - one.start;
	return other.end - other.start - (one.end - one.start) || other.start - one.start;
}

function bareScalar(answer: string): JsonValue | undefined {
	if (answer === '' || /^[[{`<]/.test(answer)) return undefined;
	try {
		return JSON.parse(answer) as JsonValue;
	} catch {
		return undefined;
	}
}
