import type { JsonObject, JsonValue } from '../spec/json';

const { isArray } = Array;

export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
	return isArray(value);
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !isArray(value);
}
