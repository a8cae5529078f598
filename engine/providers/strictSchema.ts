import { member, type JsonObject, type JsonSchema, type JsonValue } from '../spec/json';
import type { ProviderCall } from '../spec/provider';

/**
 * Whether OpenAI's strict mode takes a schema: every object closed, every property required. Any
 * other schema is sent without strict mode and checked here.
 * Source: platform.openai.com/docs/guides/structured-outputs (supported schemas), read 2026-11-23.
 */
export function isStrictSchema(schema: JsonSchema): boolean {
	return member(schema, 'type') === 'object' && every(schema);
}

/** Switches strict mode off for a schema that it would refuse. */
export function strictModePreset({ request }: ProviderCall): JsonObject {
	const { jsonSchema } = request;
	return jsonSchema === undefined || isStrictSchema(jsonSchema) ? {} : { strictJsonSchema: false };
}

function every(node: JsonValue): boolean {
	if (typeof node !== 'object' || node === null) return true;
	if (Array.isArray(node)) return (node as readonly JsonValue[]).every(every);
	const properties = member(node, 'properties');
	if (properties !== undefined || member(node, 'type') === 'object') {
		if (member(node, 'additionalProperties') !== false) return false;
		const required = member(node, 'required');
		const names =
			typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
		const listed = Array.isArray(required) ? (required as readonly JsonValue[]) : [];
		if (!names.every((name) => listed.includes(name))) return false;
	}
	return Object.values(node).every(every);
}
