import type { JsonObject, JsonSchema, JsonValue } from '../spec/json';
import { isList, isObject } from './jsonKind';
import { preview } from './jsonPreview';
import { type Place, inside, placeName } from './schemaPlace';

/** Deeper examples are refused. */
const MAX_DEPTH = 50;

/** What an example does not tell: an empty list, an empty object or `null` may be anything. */
const ANY_SCALAR: JsonSchema = { type: ['string', 'number', 'boolean', 'null'] };

/**
 * The JSON Schema that an example stands for, in the subset that the vendors' own schema modes take:
 * every field is required and no other is allowed. Numbers stay open for fractions. The items of a
 * list are taken together; a field that only some of them have may be `null`.
 */
export function schemaFromExample(example: JsonValue): JsonSchema {
	return schemaOf([example], 0);
}

/**
 * What an example leaves open, with its place and the way out, or `undefined` when it shows
 * everything.
 */
export function exampleProblem(example: JsonValue): string | undefined {
	const waiting: { value: JsonValue; place: Place | undefined }[] = [
		{ value: example, place: undefined },
	];
	for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
		const { value, place } = next;
		if (typeof value !== 'object' || value === null) continue;
		if (place !== undefined && place.depth > MAX_DEPTH) {
			return `it is nested deeper than ${MAX_DEPTH} levels: make it flatter`;
		}
		const members = isList(value) ? [...value.entries()] : Object.entries(value);
		if (members.length === 0) {
			const thing = isList(value) ? 'list' : 'object';
			const what = thing === 'list' ? 'one item' : 'its fields';
			return `the ${thing} at ${placeName(place)} is empty: show ${what} in the example`;
		}
		for (const [key, member] of members.reverse()) {
			waiting.push({ value: member as JsonValue, place: inside(place, key) });
		}
	}
	if (typeof example === 'object' && example !== null) return undefined;
	return `it is ${preview(example)}, where an object such as {"answer": "text"} is needed`;
}

/** One schema that all the values fit. */
function schemaOf(values: readonly JsonValue[], depth: number): JsonSchema {
	if (depth > MAX_DEPTH) return ANY_SCALAR;
	const objects = values.filter(isObject);
	const lists = values.filter(isList);
	const scalars = [...new Set(values.map(scalarType).filter((type) => type !== undefined))];
	const known = scalars.filter((type) => type !== 'null');
	const schemas = [
		...(objects.length > 0 ? [objectSchema(objects, depth)] : []),
		...(lists.length > 0 ? [listSchema(lists, depth)] : []),
		...known.map((type) => ({ type })),
	];
	if (schemas.length === 0) return ANY_SCALAR;
	if (scalars.includes('null')) schemas.push({ type: 'null' });
	const [only] = schemas;
	if (only !== undefined && schemas.length === 1) return only;
	// A list of types is the shorter form, and every vendor takes it.
	const names = schemas.map((schema) => schema.type as string);
	return schemas.every((schema) => Object.keys(schema).length === 1)
		? { type: names }
		: { anyOf: schemas };
}

function objectSchema(objects: readonly JsonObject[], depth: number): JsonSchema {
	const names = [...new Set(objects.flatMap((object) => Object.keys(object)))];
	const properties = names.map((name) => {
		const values = objects
			.filter((object) => Object.hasOwn(object, name))
			.map((object) => object[name] as JsonValue);
		const isOptional = values.length < objects.length;
		return [name, schemaOf(isOptional ? [...values, null] : values, depth + 1)] as const;
	});
	return {
		type: 'object',
		properties: Object.fromEntries(properties),
		required: names,
		additionalProperties: false,
	};
}

function listSchema(lists: readonly (readonly JsonValue[])[], depth: number): JsonSchema {
	return { type: 'array', items: schemaOf(lists.flat(), depth + 1) };
}

function scalarType(value: JsonValue): 'string' | 'number' | 'boolean' | 'null' | undefined {
	if (value === null) return 'null';
	const type = typeof value;
	return type === 'string' || type === 'number' || type === 'boolean' ? type : undefined;
}
