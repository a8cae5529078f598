import type { JsonObject, JsonValue } from '../spec/json';

/** What a request is about: set by the node, in whatever words a builder names it. */
const RESERVED: ReadonlySet<string> = new Set([
	...['model', 'messages', 'input', 'contents'],
	...['stream', 'stream_options'],
]);

/** `fetch` that changes the JSON body of a request before it is sent. */
export function changingBody<Fetch extends typeof globalThis.fetch>(
	fetch: Fetch,
	change: (body: JsonObject) => JsonObject,
): typeof globalThis.fetch {
	return async (input, init) => {
		if (typeof init?.body !== 'string') return await fetch(input, init);
		const body = JSON.stringify(change(JSON.parse(init.body) as JsonObject));
		return await fetch(input, { ...init, body });
	};
}

/**
 * Settings in the vendor's own words, member by member over what the body holds. What the vendor
 * does not know it refuses itself.
 */
export function withOwnWords(body: JsonObject, words: JsonObject): JsonObject {
	const merged: Record<string, JsonValue> = { ...body };
	for (const [key, value] of Object.entries(words)) {
		const there = merged[key];
		merged[key] = isObject(there) && isObject(value) ? withOwnWords(there, value) : value;
	}
	return merged;
}

/** The words that may be passed on, and a sentence for each that may not. */
export function passableWords(words: JsonObject | undefined): {
	readonly words?: JsonObject;
	readonly warnings: readonly string[];
} {
	const entries = Object.entries(words ?? {});
	const passable = entries.filter(([key]) => !RESERVED.has(key));
	return {
		...(passable.length === 0 ? {} : { words: Object.fromEntries(passable) }),
		warnings: entries
			.filter(([key]) => RESERVED.has(key))
			.map(([key]) => `"${key}" in Provider Options was left out: the node sets it`),
	};
}

function isObject(value: JsonValue | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
