import {
	exampleProblem,
	InvalidPlanError,
	schemaFromExample,
	schemaProblem,
	type JsonSchema,
	type JsonValue,
} from '../../engine/index';
import { oneOf } from './oneOf';
import { jsonText, shown } from './shown';

interface Shape {
	readonly label: string;
	/** Why the document cannot be used, in words. */
	readonly problem: (document: JsonValue) => string | undefined;
	readonly schema: (document: JsonValue) => JsonSchema;
	readonly wayOut: string;
}

const SHAPES = {
	schema: {
		label: 'JSON Schema',
		problem: (document) => schemaProblem(document as JsonSchema),
		schema: (document) => document as JsonSchema,
		wayOut:
			'Give a JSON Schema object such as {"type": "object"}, or leave the field empty to take any JSON.',
	},
	example: {
		label: 'JSON Example',
		problem: (document) => exampleProblem(document) ?? schemaProblem(schemaFromExample(document)),
		schema: schemaFromExample,
		wayOut:
			'Give one document as it should look, such as {"city": "Paris", "population": 2100000}.',
	},
} satisfies Record<string, Shape>;

export const SCHEMA_TYPES = Object.keys(SHAPES) as (keyof typeof SHAPES)[];

/** What was read last: most items of a run have the same text, and its checks are kept with it. */
let last: { readonly type: string; readonly text: string; readonly schema: JsonSchema } | undefined;

/**
 * The schema of the JSON that is wanted, given as such or by an example; `undefined` where any JSON
 * will do.
 *
 * @throws {InvalidPlanError} naming the field, the value got and the way out
 */
export function readJsonShape(field: (name: string) => unknown): JsonSchema | undefined {
	const type = oneOf('Schema From', field('schemaType') ?? 'schema', SCHEMA_TYPES);
	const raw = field(type === 'example' ? 'jsonExample' : 'jsonSchema') ?? '';
	const text = typeof raw === 'string' ? raw : jsonText(raw);
	const shape: Shape = SHAPES[type];
	const isEmptySchema = type === 'schema' && text !== undefined && /^\s*\{\s*\}\s*$/.test(text);
	if (text?.trim() === '' || isEmptySchema) {
		if (type === 'schema') return undefined;
		throw refused(shape, 'it is empty', raw);
	}
	if (text !== undefined && last?.type === type && last.text === text) return last.schema;
	const document = text === undefined ? undefined : parsed(text);
	if (document === undefined) throw refused(shape, 'it is not JSON', raw);
	const problem = shape.problem(document);
	if (problem !== undefined) throw refused(shape, problem, raw);
	const schema = shape.schema(document);
	last = { type, text: text ?? '', schema };
	return schema;
}

function parsed(text: string): JsonValue | undefined {
	try {
		return JSON.parse(text) as JsonValue;
	} catch {
		return undefined;
	}
}

function refused({ label, wayOut }: Shape, problem: string, raw: unknown): InvalidPlanError {
	return new InvalidPlanError(`${label} cannot be used: ${problem}, got ${shown(raw)}`, wayOut);
}
