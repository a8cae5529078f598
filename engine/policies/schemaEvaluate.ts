import type { JsonObject, JsonValue } from '../spec/json';
import { isList, isObject } from './jsonKind';
import { type WorkBudget, TooMuchWorkError, spend } from './regexMatch';
import { arrayProblem, unevaluatedItemsProblem } from './schemaArrays';
import { type SchemaDocument } from './schemaDocument';
import { objectProblem, unevaluatedPropertiesProblem } from './schemaObjects';
import type { Place } from './schemaPlace';
import { type ValueProblem, closest } from './schemaProblems';
import { scalarProblem, typeProblem } from './schemaScalars';

/** The names and indexes that keywords have seen, for `unevaluatedProperties` and its like. */
export type Evaluated = Set<string | number>;

/** What one check of a value has at hand. */
export interface Check {
	readonly document: SchemaDocument;
	readonly budget: WorkBudget;
	/** The first problem of `value` under `schema`; where there is none, `evaluated` is added to. */
	apply(
		schema: JsonValue | undefined,
		value: JsonValue,
		place: Place | undefined,
		evaluated?: Evaluated,
	): ValueProblem | undefined;
}

/** Schemas applied inside each other; more would use up the stack. */
const MAX_NESTING = 1_000;
const STEPS_PER_SCHEMA = 10;

/**
 * Applies schemas to values with a bounded number of steps, whatever the two are. Throws a
 * {@link TooMuchWorkError} when the budget is spent.
 */
export function createCheck(document: SchemaDocument, budget: WorkBudget): Check {
	let nesting = 0;
	const check: Check = { document, budget, apply };
	return check;

	function apply(
		schema: JsonValue | undefined,
		value: JsonValue,
		place: Place | undefined,
		evaluated?: Evaluated,
	): ValueProblem | undefined {
		if (schema === false) return { place, say: () => 'nothing is allowed here' };
		if (!isObject(schema)) return undefined;
		spend(budget, STEPS_PER_SCHEMA);
		if (nesting >= MAX_NESTING) throw new TooMuchWorkError();
		nesting++;
		const seen: Evaluated | undefined = document.tracksEvaluated ? new Set() : undefined;
		const problem = schemaProblem(schema, value, place, seen);
		nesting--;
		if (problem === undefined) addAll(evaluated, seen);
		return problem;
	}

	function schemaProblem(
		schema: JsonObject,
		value: JsonValue,
		place: Place | undefined,
		seen: Evaluated | undefined,
	): ValueProblem | undefined {
		const referred = referenceProblem(schema, value, place, seen);
		if (referred !== undefined) return referred;
		if (document.draft <= 7 && schema.$ref !== undefined) return undefined;
		return (
			typeProblem(schema, value, place, budget) ??
			scalarProblem(check, schema, value, place) ??
			(isList(value) ? arrayProblem(check, schema, value, place, seen) : undefined) ??
			(isObject(value) ? objectProblem(check, schema, value, place, seen) : undefined) ??
			combinationProblem(schema, value, place, seen) ??
			(isList(value) ? unevaluatedItemsProblem(check, schema, value, place, seen) : undefined) ??
			(isObject(value)
				? unevaluatedPropertiesProblem(check, schema, value, place, seen)
				: undefined)
		);
	}

	function referenceProblem(
		schema: JsonObject,
		value: JsonValue,
		place: Place | undefined,
		seen: Evaluated | undefined,
	): ValueProblem | undefined {
		const { $ref, $dynamicRef = schema.$recursiveRef } = schema;
		return follow($ref) ?? follow($dynamicRef);

		function follow(reference: JsonValue | undefined): ValueProblem | undefined {
			if (typeof reference !== 'string') return undefined;
			return apply(document.resolve(reference, schema), value, place, seen);
		}
	}

	function combinationProblem(
		schema: JsonObject,
		value: JsonValue,
		place: Place | undefined,
		seen: Evaluated | undefined,
	): ValueProblem | undefined {
		for (const part of listOf(schema.allOf)) {
			const problem = apply(part, value, place, seen);
			if (problem !== undefined) return problem;
		}
		return (
			alternativesProblem(listOf(schema.anyOf), Infinity, value, place, seen) ??
			alternativesProblem(listOf(schema.oneOf), 1, value, place, seen) ??
			notProblem(schema.not, value, place) ??
			conditionProblem(schema, value, place, seen)
		);
	}

	function alternativesProblem(
		alternatives: readonly JsonValue[],
		mostFits: number,
		value: JsonValue,
		place: Place | undefined,
		seen: Evaluated | undefined,
	): ValueProblem | undefined {
		const problems: ValueProblem[] = [];
		let fits = 0;
		for (const alternative of alternatives) {
			const problem = apply(alternative, value, place, seen);
			if (problem !== undefined) problems.push(problem);
			else if (++fits > mostFits) {
				return {
					place,
					say: () => 'fits more than one of the alternatives, of which just one may fit',
				};
			} else if (mostFits === Infinity && seen === undefined) return undefined;
		}
		return fits > 0 ? undefined : closest(problems);
	}

	function notProblem(
		not: JsonValue | undefined,
		value: JsonValue,
		place: Place | undefined,
	): ValueProblem | undefined {
		if (not === undefined || apply(not, value, place) !== undefined) return undefined;
		return { place, say: () => 'fits the schema in "not", which it must not' };
	}

	function conditionProblem(
		schema: JsonObject,
		value: JsonValue,
		place: Place | undefined,
		seen: Evaluated | undefined,
	): ValueProblem | undefined {
		if (schema.if === undefined) return undefined;
		const holds = apply(schema.if, value, place, seen) === undefined;
		return apply(holds ? schema.then : schema.else, value, place, seen);
	}
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
	return isList(value) ? value : [];
}

function addAll(to: Evaluated | undefined, from: Evaluated | undefined): void {
	if (to === undefined || from === undefined) return;
	for (const key of from) to.add(key);
}
