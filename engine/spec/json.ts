export type JsonValue =
	| string
	| number
	| boolean
	| null
	| readonly JsonValue[]
	| { readonly [key: string]: JsonValue };

export type JsonObject = { readonly [key: string]: JsonValue };

/** A JSON Schema document (draft 7 or 2020-12), not yet checked. */
export type JsonSchema = JsonObject;

/** A member of a JSON object, or `undefined` where there is no such object or member. */
export function member(value: JsonValue | undefined, key: string): JsonValue | undefined {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
	return Object.hasOwn(value, key) ? (value as { [key: string]: JsonValue })[key] : undefined;
}
