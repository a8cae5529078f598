import type { JsonObject, JsonValue } from '../spec/json';
import { isList, isObject } from './jsonKind';
import { count, nameList } from './jsonPreview';
import { type WorkBudget, matchesRegex, spend } from './regexMatch';
import { dependentRule } from './schemaCombinations';
import type { Rule, RuleMaker } from './schemaEvaluate';
import { type Place, inside } from './schemaPlace';
import type { ValueProblem } from './schemaProblems';

// Held on to: in a sandboxed context each look at a global costs more than the check.
const { hasOwn, keys: keysOf } = Object;

const STEPS_PER_NAME = 3;
/** Objects with more names are kept in a form whose names are slow to list. */
const MANY_NAMES = 1_000;
const STEPS_PER_NAME_OF_MANY = 18;

/** The keywords about objects, `unevaluatedProperties` apart. */
export function objectRules(maker: RuleMaker, schema: JsonObject): (Rule | undefined)[] {
	return [
		requiredRule(maker.work, schema),
		sizeRule(maker.work, schema),
		requiredByOtherRule(maker.work, schema),
		nameRule(maker, schema),
		memberRule(maker, schema),
		dependentRule(maker, schema),
	];
}

function namesOf(value: JsonObject, work: WorkBudget): readonly string[] {
	const names = keysOf(value);
	const steps = names.length > MANY_NAMES ? STEPS_PER_NAME_OF_MANY : STEPS_PER_NAME;
	spend(work, names.length * steps);
	return names;
}

function requiredRule(work: WorkBudget, { required }: JsonObject): Rule | undefined {
	if (!isList(required) || required.length === 0) return undefined;
	const needed = required as readonly string[];
	return (value, place) => {
		if (!isObject(value)) return undefined;
		spend(work, needed.length);
		for (const name of needed) {
			if (!hasOwn(value, name)) return missingField(name, value, place);
		}
		return undefined;
	};
}

function missingField(name: string, value: JsonObject, place: Place | undefined): ValueProblem {
	const names = keysOf(value);
	const found = names.length === 0 ? 'nothing' : nameList(names);
	return { place, say: () => `${JSON.stringify(name)} is missing, got ${found}` };
}

function sizeRule(
	work: WorkBudget,
	{ minProperties, maxProperties }: JsonObject,
): Rule | undefined {
	if (minProperties === undefined && maxProperties === undefined) return undefined;
	return (value, place) => {
		if (!isObject(value)) return undefined;
		const size = namesOf(value, work).length;
		if (typeof minProperties === 'number' && size < minProperties) {
			const say = () => `expected at least ${count(minProperties, '# field')}, got ${size}`;
			return { place, say };
		}
		if (typeof maxProperties === 'number' && size > maxProperties) {
			const say = () => `expected at most ${count(maxProperties, '# field')}, got ${size}`;
			return { place, say };
		}
		return undefined;
	};
}

function requiredByOtherRule(work: WorkBudget, schema: JsonObject): Rule | undefined {
	const rules = [schema.dependentRequired, schema.dependencies]
		.filter(isObject)
		.flatMap((one) => Object.entries(one))
		.filter((entry): entry is [string, readonly string[]] => isList(entry[1]));
	if (rules.length === 0) return undefined;
	return (value, place) => {
		if (!isObject(value)) return undefined;
		spend(work, rules.length);
		for (const [name, needed] of rules) {
			if (!hasOwn(value, name)) continue;
			spend(work, needed.length);
			const missing = needed.find((other) => !hasOwn(value, other));
			if (missing === undefined) continue;
			const [wanted, by] = [missing, name].map((one) => JSON.stringify(one));
			return { place, say: () => `${wanted} is missing, which ${by} calls for` };
		}
		return undefined;
	};
}

function nameRule({ rule, work }: RuleMaker, { propertyNames }: JsonObject): Rule | undefined {
	const wanted = rule(propertyNames);
	if (wanted === undefined) return undefined;
	return (value, place) => {
		if (!isObject(value)) return undefined;
		for (const name of namesOf(value, work)) {
			const problem = wanted(name, place);
			if (problem === undefined) continue;
			return { place, say: () => `the name ${nameList([name])} does not fit: ${problem.say()}` };
		}
		return undefined;
	};
}

/** `properties`, `patternProperties` and `additionalProperties`. */
function memberRule({ rule, work, document }: RuleMaker, schema: JsonObject): Rule | undefined {
	const { properties, patternProperties, additionalProperties } = schema;
	if ([properties, patternProperties, additionalProperties].every((one) => one === undefined)) {
		return undefined;
	}
	const members = isObject(properties) ? Object.entries(properties) : [];
	const listed = new Map(members.map(([name, member]) => [name, rule(member)]));
	const patterns = Object.entries(isObject(patternProperties) ? patternProperties : {}).map(
		([pattern, one]) => ({ program: document.pattern(pattern), rule: rule(one) }),
	);
	const others = additionalProperties === undefined ? undefined : rule(additionalProperties);
	return (value, place, seen) => {
		if (!isObject(value)) return undefined;
		for (const name of namesOf(value, work)) {
			let isNamed = listed.has(name);
			let problem = listed.get(name)?.(value[name] as JsonValue, inside(place, name));
			for (const pattern of patterns) {
				if (problem !== undefined) return problem;
				if (!matchesRegex(pattern.program, name, work)) continue;
				isNamed = true;
				problem = pattern.rule?.(value[name] as JsonValue, inside(place, name));
			}
			if (!isNamed && additionalProperties === false) {
				return unknownField(name, [...listed.keys()], place);
			}
			if (!isNamed) problem = others?.(value[name] as JsonValue, inside(place, name));
			if (problem !== undefined) return problem;
			if (isNamed || additionalProperties !== undefined) seen?.add(name);
		}
		return undefined;
	};
}

function unknownField(
	name: string,
	allowed: readonly string[],
	place: Place | undefined,
): ValueProblem {
	const hint = allowed.length === 0 ? 'no fields are' : `${nameList(allowed)} are`;
	return { place, say: () => `the field ${nameList([name])} is not allowed, ${hint}` };
}

export function unevaluatedPropertiesRule(
	{ rule, work }: RuleMaker,
	{ unevaluatedProperties }: JsonObject,
): Rule | undefined {
	if (unevaluatedProperties === undefined) return undefined;
	const rest = rule(unevaluatedProperties);
	return (value, place, seen) => {
		if (!isObject(value)) return undefined;
		for (const name of namesOf(value, work)) {
			if (seen?.has(name)) continue;
			if (unevaluatedProperties === false) {
				return unknownField(name, [...(seen ?? [])].map(String), place);
			}
			const problem = rest?.(value[name] as JsonValue, inside(place, name));
			if (problem !== undefined) return problem;
			seen?.add(name);
		}
		return undefined;
	};
}
