import type { JsonObject, JsonSchema } from '../spec/json';
import { isList, isObject } from './jsonKind';
import { keywordProblem } from './schemaKeywordProblem';
import {
	MAX_SCHEMAS,
	MAX_SCHEMA_DEPTH,
	type SchemaDocument,
	readSchemaDocument,
} from './schemaDocument';
import { IN_PLACE, IN_PLACE_LISTS, IN_PLACE_MAPS, KNOWN, draftOf } from './schemaKeywords';
import { preview } from './jsonPreview';
import { placeName } from './schemaPlace';

/**
 * Why `schema` cannot be used as a JSON Schema, with the place and the way out, or `undefined` when
 * it can. A schema that passes never makes a check hang or fail by itself.
 */
export function schemaProblem(schema: JsonSchema): string | undefined {
	if (!isObject(schema)) return `it is ${preview(schema)}, where an object is needed`;
	if (draftOf(schema.$schema) === undefined) {
		return `"$schema" is ${preview(schema.$schema ?? null)}: write draft 4, 6, 7, 2019-09 or 2020-12, or leave it out`;
	}
	const names = Object.keys(schema);
	if (names.length > 0 && !names.some((name) => KNOWN.has(name))) {
		return 'it holds no word of JSON Schema and looks like an example: write "type" and "properties", or give it as an example';
	}
	const document = readSchemaDocument(schema);
	if (document.isPartial()) return TOO_LARGE;
	let patternSteps = 0;
	let entries = 0;
	// References add nodes while this goes on.
	for (const node of document.nodes.values()) {
		entries += entriesOf(node.schema);
		if (entries > MAX_ENTRIES) return TOO_MANY_ENTRIES;
		const problem = keywordProblem(node, document);
		if (problem !== undefined) return problem;
		patternSteps += stepsOf(node.schema, document);
		if (patternSteps > MAX_PATTERN_STEPS) return 'its patterns are too large: make them simpler';
	}
	return document.isPartial() ? TOO_LARGE : circleProblem(document);
}

const TOO_LARGE = `it holds more than ${MAX_SCHEMAS.toLocaleString('en-US')} schemas or nests them deeper than ${MAX_SCHEMA_DEPTH} levels: make it smaller`;

const MAX_PATTERN_STEPS = 50_000;
/** Names and values that a schema lists in all; vendors take a few thousand. */
const MAX_ENTRIES = 50_000;
const TOO_MANY_ENTRIES = `it lists more than ${MAX_ENTRIES.toLocaleString('en-US')} names and values: make it smaller`;

function entriesOf(schema: JsonObject): number {
	return Object.values(schema).reduce<number>((sum, value) => {
		if (isList(value)) return sum + value.length;
		return isObject(value) ? sum + Object.keys(value).length : sum;
	}, 0);
}

function stepsOf({ pattern, patternProperties }: JsonObject, document: SchemaDocument): number {
	const patterns = isObject(patternProperties) ? Object.keys(patternProperties) : [];
	if (typeof pattern === 'string') patterns.push(pattern);
	return patterns.reduce((sum, one) => sum + document.pattern(one).length, 0);
}

/** A schema that is applied to a value because it is applied to that value would never end. */
function circleProblem(document: SchemaDocument): string | undefined {
	const done = new Set<JsonObject>();
	for (const { schema: start } of document.nodes.values()) {
		if (done.has(start)) continue;
		const path = new Set<JsonObject>();
		const waiting: { schema: JsonObject; leaves: boolean }[] = [{ schema: start, leaves: false }];
		for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
			const { schema, leaves } = next;
			if (leaves) {
				path.delete(schema);
				done.add(schema);
				continue;
			}
			if (path.has(schema)) {
				const name = placeName(document.nodes.get(schema)?.place);
				return `the schema at ${name} refers back to itself for the same value, without end: put the reference inside "properties" or "items"`;
			}
			if (done.has(schema)) continue;
			path.add(schema);
			waiting.push({ schema, leaves: true });
			for (const part of appliedInPlace(schema, document))
				waiting.push({ schema: part, leaves: false });
		}
	}
	return undefined;
}

function appliedInPlace(schema: JsonObject, document: SchemaDocument): JsonObject[] {
	const references = [schema.$ref, schema.$dynamicRef, schema.$recursiveRef]
		.filter((reference) => typeof reference === 'string')
		.map((reference) => document.resolve(reference, schema));
	const listed = IN_PLACE_LISTS.flatMap((keyword) => {
		const list = schema[keyword];
		return isList(list) ? list : [];
	});
	const mapped = IN_PLACE_MAPS.flatMap((keyword) => {
		const map = schema[keyword];
		return isObject(map) ? Object.values(map) : [];
	});
	const single = IN_PLACE.map((keyword) => schema[keyword]);
	return [...references, ...listed, ...mapped, ...single].filter(isObject);
}
