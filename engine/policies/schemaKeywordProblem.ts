import type { JsonObject, JsonValue } from '../spec/json';
import { isList, isObject } from './jsonKind';
import { preview } from './jsonPreview';
import { UnsupportedPatternError } from './regexProgram';
import { type SchemaDocument, type SchemaNode } from './schemaDocument';
import { HOLDS_LIST, HOLDS_MAP, HOLDS_SCHEMA, SHAPES, TYPE_NAMES } from './schemaKeywords';
import { placeName } from './schemaPlace';

/** The first keyword of one schema that cannot be used as it is, with the way out. */
export function keywordProblem(
	{ schema, place }: SchemaNode,
	document: SchemaDocument,
): string | undefined {
	for (const [keyword, value] of Object.entries(schema)) {
		const problem =
			partProblem(keyword, value) ??
			shapeProblem(keyword, value) ??
			limitProblem(keyword, value, document) ??
			patternProblem(keyword, value, document) ??
			referenceProblem(keyword, value, schema, document);
		if (problem !== undefined) return `"${keyword}" at ${placeName(place)} ${problem}`;
	}
	return undefined;
}

/** Keywords that hold schemas. */
function partProblem(keyword: string, value: JsonValue): string | undefined {
	if (HOLDS_LIST.has(keyword) && isList(value)) {
		return value.length > 0 && value.every(isSchema) ? undefined : 'must list one or more schemas';
	}
	if (HOLDS_SCHEMA.has(keyword)) {
		return isSchema(value) ? undefined : `is ${preview(value)}, where a schema is needed`;
	}
	if (HOLDS_LIST.has(keyword)) return `is ${preview(value)}, where a list of schemas is needed`;
	if (!HOLDS_MAP.has(keyword)) return undefined;
	if (!isObject(value)) return `is ${preview(value)}, where an object of named schemas is needed`;
	const wrong = Object.entries(value).find(
		([, part]) => !isSchema(part) && !(keyword === 'dependencies' && isNames(part)),
	);
	if (wrong === undefined) return undefined;
	const [name, part] = wrong;
	return `has ${preview(part)} for ${JSON.stringify(name)}: write a schema such as {"type": "string"}`;
}

function shapeProblem(keyword: string, value: JsonValue): string | undefined {
	if (keyword === 'type') return typeNameProblem(value);
	const found = `is ${preview(value)}`;
	switch (Object.hasOwn(SHAPES, keyword) ? SHAPES[keyword] : undefined) {
		case 'number':
			if (typeof value !== 'number') return `${found}, where a number is needed`;
			return keyword === 'multipleOf' && value <= 0
				? `${found}: it must be more than 0`
				: undefined;
		case 'count':
			return Number.isInteger(value) && Number(value) >= 0
				? undefined
				: `${found}, where a whole number of 0 or more is needed`;
		case 'text':
			return typeof value === 'string' ? undefined : `${found}, where a text is needed`;
		case 'flag':
			return typeof value === 'boolean' ? undefined : `${found}, where true or false is needed`;
		case 'list':
			return isList(value) ? undefined : `${found}, where a list of values is needed`;
		case 'names':
			return isNames(value)
				? undefined
				: `${found}: list the names of the required fields beside "properties", as in ["name"]`;
		default:
			return undefined;
	}
}

function typeNameProblem(value: JsonValue): string | undefined {
	const names: readonly JsonValue[] = isList(value) ? value : [value];
	const wrong = names.find((name) => !TYPE_NAMES.some((type) => type === name));
	if (wrong === undefined && names.length > 0) return undefined;
	return `is ${preview(wrong ?? value)}: write ${TYPE_NAMES.join(', ')}, or a list of them`;
}

/** In draft 4 these two are flags beside `minimum` and `maximum`; later they are the limits. */
function limitProblem(
	keyword: string,
	value: JsonValue,
	{ draft }: SchemaDocument,
): string | undefined {
	if (keyword !== 'exclusiveMinimum' && keyword !== 'exclusiveMaximum') return undefined;
	if (typeof value === 'number' || (typeof value === 'boolean' && draft === 4)) return undefined;
	return `is ${preview(value)}, where a number is needed`;
}

function patternProblem(
	keyword: string,
	value: JsonValue,
	document: SchemaDocument,
): string | undefined {
	const patterns =
		keyword === 'pattern'
			? [value]
			: keyword === 'patternProperties' && isObject(value)
				? Object.keys(value)
				: [];
	for (const pattern of patterns) {
		if (typeof pattern !== 'string') continue;
		try {
			document.pattern(pattern);
		} catch (error) {
			if (error instanceof UnsupportedPatternError) return error.message;
			if (error instanceof SyntaxError) return `is no regular expression: ${preview(pattern)}`;
			throw error;
		}
	}
	return undefined;
}

function referenceProblem(
	keyword: string,
	value: JsonValue,
	schema: JsonObject,
	document: SchemaDocument,
): string | undefined {
	if (!['$ref', '$dynamicRef', '$recursiveRef'].includes(keyword)) return undefined;
	if (typeof value !== 'string') return `is ${preview(value)}, where a text is needed`;
	if (document.resolve(value, schema) !== undefined) return undefined;
	return /^[a-z]+:\/\//i.test(value)
		? `points to ${preview(value)}: nothing is fetched, put that schema into "$defs" and point to "#/$defs/…"`
		: `points to ${preview(value)}, which is not in the schema: define it in "$defs" and point to "#/$defs/…"`;
}

function isSchema(value: JsonValue): boolean {
	return isObject(value) || typeof value === 'boolean';
}

function isNames(value: JsonValue): boolean {
	return isList(value) && value.every((name) => typeof name === 'string');
}
