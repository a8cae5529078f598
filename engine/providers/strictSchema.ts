import { member, type JsonObject, type JsonSchema, type JsonValue } from '../spec/json';
import type { JsonMode, ProviderCall } from '../spec/provider';

/**
 * What OpenAI's strict mode surely knows of JSON Schema. Source: developers.openai.com/api/docs/guides/
 * structured-outputs (supported schemas), read 2026-11-23; `uri` is refused as a format.
 */
const KEYWORDS: ReadonlySet<string> = new Set([
	...['$schema', '$defs', 'definitions', '$ref', 'title', 'description'],
	...['type', 'enum', 'const', 'anyOf', 'properties', 'required', 'additionalProperties', 'items'],
	...['pattern', 'format', 'minItems', 'maxItems', 'multipleOf'],
	...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
]);
const FORMATS: ReadonlySet<string> = new Set([
	...['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid'],
]);
const MAX_DEPTH = 10;
/** Keywords that hold named schemas. */
const MAPS = ['properties', '$defs', 'definitions'];

/**
 * Whether OpenAI's strict mode takes a schema: an object at its top, every object closed, every
 * property required, no keyword that it does not know. Any other is sent without strict mode.
 */
export function isStrictSchema(schema: JsonSchema): boolean {
	return schema.type === 'object' && schema.anyOf === undefined && isStrict(schema, 0);
}

/** Switches strict mode off for a schema that it would refuse. */
export function strictModePreset({ request }: ProviderCall): JsonObject {
	const { jsonSchema } = request;
	return jsonSchema === undefined || isStrictSchema(jsonSchema) ? {} : { strictJsonSchema: false };
}

/**
 * How OpenAI is asked for JSON. Only strict mode keeps a model to its schema, so without it the
 * prompt says it too; without a schema the prompt has to hold the word. A schema for anything but an
 * object is refused, and so is any by older models; JSON mode gives nothing but objects either.
 */
export function openaiJsonMode(schema: JsonSchema | undefined, supportsSchema = true): JsonMode {
	if (schema === undefined) return { native: 'json', inWords: true };
	if (schema.type !== 'object' || !hasPlainNames(schema)) return { native: 'none', inWords: true };
	if (!supportsSchema) return { native: 'json', inWords: true };
	return { native: 'schema', inWords: !isStrictSchema(schema) };
}

function isStrict(schema: JsonValue | undefined, depth: number): boolean {
	if (!isObject(schema) || depth > MAX_DEPTH) return false;
	if (!Object.keys(schema).every((keyword) => KEYWORDS.has(keyword))) return false;
	const { format, pattern, properties, type } = schema;
	if (format !== undefined && !(typeof format === 'string' && FORMATS.has(format))) return false;
	if (typeof pattern === 'string' && pattern.includes('(?')) return false;
	if ((properties !== undefined || type === 'object') && !isClosed(schema)) return false;
	const named = MAPS.flatMap((keyword) => Object.values(objectOf(schema[keyword])));
	const listed = Array.isArray(schema.anyOf) ? (schema.anyOf as readonly JsonValue[]) : [];
	const items = schema.items === undefined ? [] : [schema.items];
	return [...named, ...listed, ...items].every((part) => isStrict(part, depth + 1));
}

function isClosed({ additionalProperties, properties, required }: JsonObject): boolean {
	const listed = Array.isArray(required) ? (required as readonly JsonValue[]) : [];
	const names = Object.keys(objectOf(properties));
	return additionalProperties === false && names.every((name) => listed.includes(name));
}

/** The AI SDK takes `propertyNames` out, but only one that says nothing of another type. */
function hasPlainNames(node: JsonValue): boolean {
	if (typeof node !== 'object' || node === null) return true;
	if (member(node, 'propertyNames') !== undefined) return false;
	return Object.values(node).every(hasPlainNames);
}

function objectOf(value: JsonValue | undefined): JsonObject {
	return isObject(value) ? value : {};
}

function isObject(value: JsonValue | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
