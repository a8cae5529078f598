import { jsonrepair } from 'jsonrepair';
import type { JsonValue } from '../spec/json';

/** Longer texts are not repaired: repair is the one step that is slow on hostile input. */
const MAX_REPAIR_CHARS = 1_000_000;

/**
 * The JSON document in a model's answer, or `undefined` when there is none. Tries, in order: the
 * whole text, the last fenced block, the longest balanced object or array; each as it is, then
 * repaired. Reasoning in `<think>` tags is left out first. Prose never becomes a value.
 */
export function extractJson(text: string): JsonValue | undefined {
	const answer = withoutThinking(text).trim();
	const sources = [answer, fencedBlock(answer), longestBalanced(answer)].filter(
		(source): source is string => source !== undefined && source !== '',
	);
	for (const source of sources) {
		const value = parse(source);
		if (value !== undefined) return value;
	}
	for (const source of sources) {
		if (!/^[[{]/.test(source) || source.length > MAX_REPAIR_CHARS) continue;
		const value = repair(source);
		if (value !== undefined) return value;
	}
	return undefined;
}

function parse(source: string): JsonValue | undefined {
	try {
		return JSON.parse(source) as JsonValue;
	} catch {
		return undefined;
	}
}

function repair(source: string): JsonValue | undefined {
	try {
		return JSON.parse(jsonrepair(source)) as JsonValue;
	} catch {
		return undefined;
	}
}

function withoutThinking(text: string): string {
	const end = text.lastIndexOf('</think>');
	return end === -1 ? text : text.slice(end + '</think>'.length);
}

function fencedBlock(text: string): string | undefined {
	const parts = text.split('```');
	// Fences come in pairs; the last closed block is the answer, earlier ones are drafts.
	for (let index = parts.length - (parts.length % 2 === 0 ? 1 : 2); index > 0; index -= 2) {
		const block = parts[index]?.replace(/^[a-zA-Z0-9]*[ \t]*\r?\n?/, '').trim();
		if (block !== undefined && /^[[{]/.test(block)) return block;
	}
	return undefined;
}

/** One pass, strings respected: the longest `{…}` or `[…]` at the outermost level. */
function longestBalanced(text: string): string | undefined {
	let best: string | undefined;
	let start = -1;
	let depth = 0;
	let inString = false;
	for (let index = 0; index < text.length; index++) {
		const char = text[index];
		if (inString) {
			if (char === '\\') index++;
			else if (char === '"') inString = false;
		} else if (char === '"' && depth > 0) {
			inString = true;
		} else if (char === '{' || char === '[') {
			if (depth === 0) start = index;
			depth++;
		} else if ((char === '}' || char === ']') && depth > 0) {
			depth--;
			if (depth === 0 && index + 1 - start > (best?.length ?? 0)) {
				best = text.slice(start, index + 1);
			}
		}
	}
	// An answer cut before its end still starts somewhere: repair may close it.
	return best ?? (depth > 0 ? text.slice(start) : undefined);
}
