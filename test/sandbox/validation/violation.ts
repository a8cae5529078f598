import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema';
import type { Json } from '../json';
import type { Violation } from '../problem';

/** Keywords that say what is wrong themselves; the others only pass a nested error on. */
const KINDS: Readonly<Record<string, Violation['kind']>> = {
	false: 'unknown-field',
	required: 'missing-field',
	type: 'wrong-type',
	minimum: 'below-minimum',
	maximum: 'above-maximum',
	minItems: 'too-few',
	maxItems: 'too-many',
	maxLength: 'too-many',
	enum: 'bad-value',
	const: 'bad-value',
	pattern: 'bad-value',
};

/** The first thing that the schema forbids in a body; `undefined` when there is none. */
export type FindViolation = (body: Json) => Violation | undefined;

/** Compiles a closed schema; `lenient` lets unknown fields at the top pass, as most servers do. */
export function violationFinder(schema: Schema, lenient = false): FindViolation {
	const top: Schema = lenient ? { ...schema, additionalProperties: true } : schema;
	const validator = new Validator(top, '2020-12', false);
	return (body) => {
		const { valid, errors } = validator.validate(body);
		if (valid) return undefined;
		const unit = errors.find(({ keyword }) => Object.hasOwn(KINDS, keyword));
		if (unit === undefined) throw new Error(`No reason found for ${JSON.stringify(errors)}`);
		return violationOf(unit, top, body);
	};
}

function violationOf(unit: OutputUnit, schema: Schema, body: Json): Violation {
	const kind = KINDS[unit.keyword] ?? 'bad-value';
	const at = pointer(unit.instanceLocation);
	const rule = unit.keyword === 'false' ? undefined : ruleAt(schema, unit.keywordLocation);
	const expected = (Array.isArray(rule) ? rule : [rule]) as readonly Json[];
	const value = valueAt(body, at);
	if (kind !== 'missing-field') {
		return { kind, path: at, got: value, expected: rule === undefined ? [] : expected };
	}
	const missing = expected.find((name) => !Object.hasOwn(Object(value) as object, String(name)));
	return { kind, path: [...at, String(missing)], got: undefined, expected: [] };
}

/** The value of the keyword that failed; `$ref` steps lead into the definitions. */
function ruleAt(schema: Schema, location: string): Json | undefined {
	const definitions = schema.$defs as Json | undefined;
	return pointer(location).reduce<Json | undefined>((at, step) => {
		const next = valueAt(at, [step]);
		return step === '$ref' ? valueAt(definitions, [String(next).replace('#/$defs/', '')]) : next;
	}, schema as Json);
}

function valueAt(body: Json | undefined, path: readonly (string | number)[]): Json | undefined {
	return path.reduce<Json | undefined>(
		(at, step) =>
			typeof at === 'object' && at !== null
				? (at as Readonly<Record<string, Json>>)[String(step)]
				: undefined,
		body,
	);
}

function pointer(location: string): (string | number)[] {
	return location
		.split('/')
		.slice(1)
		.map((step) => decodeURI(step).replaceAll('~1', '/').replaceAll('~0', '~'))
		.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

export function jsonTypeOf(value: Json | undefined): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
	return typeof value;
}
