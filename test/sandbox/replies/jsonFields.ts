import type { Json } from '../json';
import { plausibleNumber, plausibleText, type Facts } from './plausibleValue';

const KEY = /^[A-Za-z_][\w-]{0,40}$/;
/** `keys a, b and c` · `with the fields: a, b` · `{"a": …, "b": …}`. */
const NAMED =
	/\b(?:keys?|fields?|propert(?:y|ies)|columns?|attributes?)\b(?: named| called)?\s*:?\s*([^\n.{}]+)/i;
const TEMPLATE = /\{[^{}]*"[A-Za-z_]\w*"\s*:[^]*?\}/;
const EXTRACT = /\b(?:extract|identify|find|list|pull out)\b(?: the| all)?\s*:?\s*([^\n.{}:]+)/i;

/** Names of the fields that an instruction asks for; empty when it names none. */
export function requestedFields(instruction: string): readonly string[] {
	const template = TEMPLATE.exec(instruction)?.[0];
	if (template !== undefined) {
		return [...template.matchAll(/"([A-Za-z_]\w*)"\s*:/g)].map(([, key]) => String(key));
	}
	for (const pattern of [NAMED, EXTRACT]) {
		const keys = splitKeys(pattern.exec(instruction)?.[1] ?? '');
		if (keys.length >= 2) return keys;
	}
	return [];
}

/** An object with a plausible value for every field. */
export function fieldValues(
	names: readonly string[],
	facts: Facts,
): Readonly<Record<string, Json>> {
	return Object.fromEntries(names.map((name) => [name, fieldValue(name, facts)]));
}

function fieldValue(name: string, facts: Facts): Json {
	if (/confidence|score|count|quantity|rating|probability/i.test(name)) {
		return plausibleNumber(name, facts);
	}
	if (/^(?:is|has|should|needs)(?=[A-Z_])/.test(name))
		return plausibleNumber(name, facts) % 2 === 0;
	return plausibleText(name, facts);
}

function splitKeys(list: string): readonly string[] {
	return list
		.replace(/\b(?:from|in|of|as|out of)\b.*$/i, '')
		.split(/,|\band\b|\bor\b|;/i)
		.map((key) =>
			key
				.replace(/\([^)]*\)/g, '')
				.replace(/["'`*]/g, '')
				.trim(),
		)
		.map((key) => key.replace(/^(?:the|all|any|an?)\s+/i, '').replace(/\s+/g, '_'))
		.filter((key) => KEY.test(key));
}
