/** Reading of JSON that came over the wire. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json | undefined };

export function isObject(value: Json | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectAt(value: Json | undefined, key: string): JsonObject | undefined {
	const found = isObject(value) ? value[key] : undefined;
	return isObject(found) ? found : undefined;
}

export function arrayAt(value: Json | undefined, key: string): readonly Json[] {
	const found = isObject(value) ? value[key] : undefined;
	return Array.isArray(found) ? (found as readonly Json[]) : [];
}

export function textAt(value: Json | undefined, key: string): string | undefined {
	const found = isObject(value) ? value[key] : undefined;
	return typeof found === 'string' ? found : undefined;
}

export function numberAt(value: Json | undefined, key: string): number | undefined {
	const found = isObject(value) ? value[key] : undefined;
	return typeof found === 'number' ? found : undefined;
}

/** `undefined` where the text is not JSON. */
export function parseJson(text: string): Json | undefined {
	try {
		return JSON.parse(text) as Json;
	} catch {
		return undefined;
	}
}
