import type { JsonObject, JsonValue } from '../../spec/json';
import { readingOf, type Merge } from './voices';

export function isObject(value: JsonValue | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every field of an object that holds no others, by its path, as the key of what it says. */
export function leavesOf(value: JsonObject, merge: Merge): ReadonlyMap<string, string> {
	const leaves = new Map<string, string>();
	const walk = (at: JsonObject, path: string): void => {
		for (const [name, inner] of Object.entries(at)) {
			const place = `${path}\u0001${name}`;
			if (isObject(inner)) walk(inner, place);
			else leaves.set(place, readingOf(inner, merge).key);
		}
	};
	walk(value, '');
	return leaves;
}
