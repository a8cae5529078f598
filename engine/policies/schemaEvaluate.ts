import type { JsonObject, JsonValue } from '../spec/json';
import { isObject } from './jsonKind';
import { type WorkBudget, TooMuchWorkError, spend } from './regexMatch';
import { arrayRules, unevaluatedItemsRule } from './schemaArrays';
import { combinationRules, referenceRules } from './schemaCombinations';
import type { SchemaDocument } from './schemaDocument';
import { objectRules, unevaluatedPropertiesRule } from './schemaObjects';
import type { Place } from './schemaPlace';
import type { ValueProblem } from './schemaProblems';
import { scalarRules } from './schemaScalars';

/** The names and indexes that keywords have seen, for `unevaluatedProperties` and its like. */
export type Evaluated = Set<string | number>;

/** The first problem of a value; where there is none, `seen` is added to. */
export type Rule = (
	value: JsonValue,
	place: Place | undefined,
	seen?: Evaluated,
) => ValueProblem | undefined;

/** What rules are made of and share while they run. */
export interface RuleMaker {
	readonly document: SchemaDocument;
	/** Spent by all rules of one check. */
	readonly work: WorkBudget;
	/** The rule of a schema inside the document; `undefined` where it asks for nothing. */
	rule(schema: JsonValue | undefined): Rule | undefined;
}

/** Schemas applied inside each other; more would use up the stack. */
const MAX_NESTING = 1_000;
const STEPS_PER_SCHEMA = 4;
const STEPS_PER_SET = 8;

/**
 * Makes a check of a schema document that can be run on many values, each time with a bounded number
 * of steps, whatever the two are. Reading a schema takes longer than applying it, so each is read
 * once. The check throws a {@link TooMuchWorkError} when the steps are spent.
 */
export function createCheck(
	document: SchemaDocument,
	root: JsonObject,
): (value: JsonValue, budget: WorkBudget) => ValueProblem | undefined {
	const work = { steps: 0 };
	const rules = new Map<JsonObject, Rule>();
	const maker: RuleMaker = { document, work, rule: ruleOf };
	let nesting = 0;
	return (value, budget) => {
		work.steps = budget.steps;
		nesting = 0;
		try {
			return ruleOf(root)?.(value, undefined);
		} finally {
			budget.steps = work.steps;
		}
	};

	function ruleOf(schema: JsonValue | undefined): Rule | undefined {
		if (schema === false) return nothing;
		if (!isObject(schema)) return undefined;
		const known = rules.get(schema);
		if (known !== undefined) return known;
		const made = document.tracksEvaluated ? tracking(schema) : plain(schema);
		rules.set(schema, made);
		return made;
	}

	function plain(schema: JsonObject): Rule {
		let parts: readonly Rule[] | undefined;
		return (value, place) => {
			enter();
			// Not before the first use: a schema may refer back to itself.
			parts ??= partsOf(schema);
			for (const part of parts) {
				const problem = part(value, place);
				if (problem === undefined) continue;
				nesting--;
				return problem;
			}
			nesting--;
			return undefined;
		};
	}

	function tracking(schema: JsonObject): Rule {
		let parts: readonly Rule[] | undefined;
		return (value, place, seen) => {
			enter();
			spend(work, STEPS_PER_SET);
			parts ??= partsOf(schema);
			const own: Evaluated = new Set();
			for (const part of parts) {
				const problem = part(value, place, own);
				if (problem === undefined) continue;
				nesting--;
				return problem;
			}
			nesting--;
			if (seen !== undefined) for (const key of own) seen.add(key);
			return undefined;
		};
	}

	function enter(): void {
		spend(work, STEPS_PER_SCHEMA);
		if (nesting >= MAX_NESTING) throw new TooMuchWorkError();
		nesting++;
	}

	/** What a schema asks for, in the order in which it is reported. */
	function partsOf(schema: JsonObject): readonly Rule[] {
		const references = referenceRules(maker, schema);
		if (document.draft <= 7 && schema.$ref !== undefined) return references;
		const parts = [
			...references,
			...scalarRules(maker, schema),
			...arrayRules(maker, schema),
			...objectRules(maker, schema),
			...combinationRules(maker, schema),
			unevaluatedItemsRule(maker, schema),
			unevaluatedPropertiesRule(maker, schema),
		];
		return parts.filter((part) => part !== undefined);
	}
}

const nothing: Rule = (_value, place) => ({ place, say: () => 'nothing is allowed here' });
