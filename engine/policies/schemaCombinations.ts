import type { JsonObject, JsonValue } from '../spec/json';
import { isList, isObject } from './jsonKind';
import type { Rule, RuleMaker } from './schemaEvaluate';
import { spend } from './regexMatch';
import { type ValueProblem, closest } from './schemaProblems';

const STEPS_PER_FAILED_ALTERNATIVE = 10;
const STEPS_PER_COMPARED_ALTERNATIVE = 60;

/** The keywords that apply other schemas to the same value. */
export function combinationRules(maker: RuleMaker, schema: JsonObject): (Rule | undefined)[] {
	return [
		allRule(maker, schema.allOf),
		alternativesRule(maker, schema.anyOf, Infinity),
		alternativesRule(maker, schema.oneOf, 1),
		notRule(maker, schema.not),
		conditionRule(maker, schema),
	];
}

/** `$ref` and its like; a reference is followed on first use. */
export function referenceRules({ document, rule }: RuleMaker, schema: JsonObject): Rule[] {
	const { $ref, $dynamicRef = schema.$recursiveRef } = schema;
	return [$ref, $dynamicRef].flatMap((reference) => {
		if (typeof reference !== 'string') return [];
		const target = rule(document.resolve(reference, schema));
		return target === undefined ? [] : [target];
	});
}

function allRule({ rule }: RuleMaker, allOf: JsonValue | undefined): Rule | undefined {
	const parts = listOf(allOf)
		.map(rule)
		.filter((part) => part !== undefined);
	if (parts.length === 0) return undefined;
	return (value, place, seen) => {
		for (const part of parts) {
			const problem = part(value, place, seen);
			if (problem !== undefined) return problem;
		}
		return undefined;
	};
}

function alternativesRule(
	{ rule, work }: RuleMaker,
	listed: JsonValue | undefined,
	mostFits: number,
): Rule | undefined {
	const alternatives = listOf(listed).map(rule);
	if (alternatives.length === 0) return undefined;
	return (value, place, seen) => {
		const problems: ValueProblem[] = [];
		let fits = 0;
		for (const alternative of alternatives) {
			const problem = alternative?.(value, place, seen);
			if (problem !== undefined) {
				spend(work, STEPS_PER_FAILED_ALTERNATIVE);
				problems.push(problem);
			} else if (++fits > mostFits) {
				return {
					place,
					say: () => 'fits more than one of the alternatives, of which just one may fit',
				};
			} else if (mostFits === Infinity && seen === undefined) return undefined;
		}
		if (fits > 0) return undefined;
		spend(work, problems.length * STEPS_PER_COMPARED_ALTERNATIVE);
		return closest(problems);
	};
}

function notRule({ rule }: RuleMaker, not: JsonValue | undefined): Rule | undefined {
	if (not === undefined) return undefined;
	const inner = rule(not);
	return (value, place) =>
		inner?.(value, place) === undefined
			? { place, say: () => 'fits the schema in "not", which it must not' }
			: undefined;
}

function conditionRule({ rule }: RuleMaker, schema: JsonObject): Rule | undefined {
	if (schema.if === undefined) return undefined;
	const [condition, then, otherwise] = [schema.if, schema.then, schema.else].map(rule);
	return (value, place, seen) => {
		const holds = condition?.(value, place, seen) === undefined;
		return (holds ? then : otherwise)?.(value, place, seen);
	};
}

/** `dependentSchemas`, and what `dependencies` was until 2019-09. */
export function dependentRule({ rule, work }: RuleMaker, schema: JsonObject): Rule | undefined {
	const dependents = [schema.dependentSchemas, schema.dependencies]
		.filter(isObject)
		.flatMap((rules) => Object.entries(rules))
		.filter(([, one]) => !isList(one))
		.map(([name, one]) => ({ name, rule: rule(one) }));
	if (dependents.length === 0) return undefined;
	return (value, place, seen) => {
		if (!isObject(value)) return undefined;
		spend(work, dependents.length);
		for (const dependent of dependents) {
			if (!Object.hasOwn(value, dependent.name)) continue;
			const problem = dependent.rule?.(value, place, seen);
			if (problem !== undefined) return problem;
		}
		return undefined;
	};
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
	return isList(value) ? value : [];
}
