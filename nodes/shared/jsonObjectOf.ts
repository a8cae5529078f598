import type { JsonObject } from '../../engine/index';

/** A JSON object from its text or as it is; `undefined` for anything else. */
export function jsonObjectOf(value: unknown): JsonObject | undefined {
	const parsed = typeof value === 'string' ? parse(value) : value;
	return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
		? (parsed as JsonObject)
		: undefined;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
