import { Validator } from '@cfworker/json-schema';
import type { JsonSchema, JsonValue } from '../spec/json';

/** A compiled schema, kept with the schema object it was made from. */
const validators = new WeakMap<JsonSchema, Validator>();

/**
 * The first thing wrong with `value` under `schema`, in one sentence, or `undefined` when it is
 * valid. The schema itself was checked by {@link schemaProblem} before the first call.
 */
export function jsonProblem(value: JsonValue, schema: JsonSchema): string | undefined {
	let validator = validators.get(schema);
	if (validator === undefined) {
		validator = new Validator(schema, '2020-12', true);
		validators.set(schema, validator);
	}
	const { valid, errors } = validator.validate(value);
	const first = errors.at(-1);
	return valid ? undefined : `${first?.instanceLocation ?? '#'}: ${first?.error ?? 'invalid'}`;
}

/** Why `schema` cannot be used as a JSON Schema, or `undefined` when it can. */
export function schemaProblem(schema: JsonSchema): string | undefined {
	try {
		new Validator(schema, '2020-12', true).validate(null);
		return undefined;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}
