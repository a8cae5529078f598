import type { JsonSchema, JsonValue } from '../spec/json';
import { type WorkBudget, TooMuchWorkError } from './regexMatch';
import { readSchemaDocument } from './schemaDocument';
import { createCheck } from './schemaEvaluate';
import { placeName } from './schemaPlace';

export { schemaProblem } from './schemaProblem';

/** Some 10 ms of work, or 30 ms before the code has warmed up. */
export const MAX_CHECK_STEPS = 1_500_000;

type Check = ReturnType<typeof createCheck>;

/** The check of a schema, kept with the schema object that it was made from. */
const checks = new WeakMap<JsonSchema, Check>();

/**
 * The first thing wrong with `value` under `schema`, in one sentence that starts with its place, or
 * `undefined` when it is valid. The schema itself was checked by {@link schemaProblem} before. Several
 * checks that are made in one go share one `budget`.
 */
export function jsonProblem(
	value: JsonValue,
	schema: JsonSchema,
	budget: WorkBudget = { steps: MAX_CHECK_STEPS },
): string | undefined {
	const check = checks.get(schema) ?? createCheck(readSchemaDocument(schema), schema);
	checks.set(schema, check);
	try {
		const problem = check(value, budget);
		return problem === undefined ? undefined : `${placeName(problem.place)}: ${problem.say()}`;
	} catch (error) {
		if (!(error instanceof TooMuchWorkError)) throw error;
		return `${placeName(undefined)}: there is more to check than can be done in time, make the schema simpler`;
	}
}
