import type { JsonSchema, JsonValue } from '../spec/json';
import { TooMuchWorkError } from './regexMatch';
import { type SchemaDocument, readSchemaDocument } from './schemaDocument';
import { createCheck } from './schemaEvaluate';
import { placeName } from './schemaPlace';

export { schemaProblem } from './schemaProblem';

/** 10 to 30 ms of work; an honest check takes less than a hundredth of it. */
const MAX_STEPS = 600_000;

/** What was found out about a schema, kept with the schema object it was found in. */
const documents = new WeakMap<JsonSchema, SchemaDocument>();

/**
 * The first thing wrong with `value` under `schema`, in one sentence that starts with its place, or
 * `undefined` when it is valid. The schema itself was checked by {@link schemaProblem} before.
 */
export function jsonProblem(value: JsonValue, schema: JsonSchema): string | undefined {
	const document = documents.get(schema) ?? readSchemaDocument(schema);
	documents.set(schema, document);
	try {
		const problem = createCheck(document, { steps: MAX_STEPS }).apply(schema, value, undefined);
		return problem === undefined ? undefined : `${placeName(problem.place)}: ${problem.say()}`;
	} catch (error) {
		if (!(error instanceof TooMuchWorkError)) throw error;
		return `${placeName(undefined)}: there is more to check than can be done in time, make the schema simpler`;
	}
}
