import type { JsonObject, JsonValue } from '../spec/json';
import { isList, isObject } from './jsonKind';
import { count, nameList } from './jsonPreview';
import { matchesRegex, spend } from './regexMatch';
import type { Check, Evaluated } from './schemaEvaluate';
import { type Place, inside } from './schemaPlace';
import type { ValueProblem } from './schemaProblems';

const STEPS_PER_NAME = 3;
/** Objects with more names are kept in a form whose names are slow to list. */
const MANY_NAMES = 1_000;
const STEPS_PER_NAME_OF_MANY = 12;

/** The keywords about objects, `unevaluatedProperties` apart. */
export function objectProblem(
	check: Check,
	schema: JsonObject,
	value: JsonObject,
	place: Place | undefined,
	seen: Evaluated | undefined,
): ValueProblem | undefined {
	const names = Object.keys(value);
	const steps = names.length > MANY_NAMES ? STEPS_PER_NAME_OF_MANY : STEPS_PER_NAME;
	spend(check.budget, names.length * steps);
	const message =
		missingMessage(schema, value) ??
		sizeMessage(schema, names.length) ??
		requiredByOther(schema, value);
	if (message !== undefined) return { place, say: () => message };
	return (
		nameProblem(check, schema, names, place) ??
		memberProblem(check, schema, value, names, place, seen) ??
		dependentProblem(check, schema, value, place, seen)
	);
}

function missingMessage({ required }: JsonObject, value: JsonObject): string | undefined {
	if (!isList(required)) return undefined;
	const missing = (required as string[]).find((name) => !Object.hasOwn(value, name));
	if (missing === undefined) return undefined;
	const names = Object.keys(value);
	const found = names.length === 0 ? 'nothing' : nameList(names);
	return `${JSON.stringify(missing)} is missing, got ${found}`;
}

function sizeMessage(schema: JsonObject, size: number): string | undefined {
	const { minProperties, maxProperties } = schema;
	if (typeof minProperties === 'number' && size < minProperties) {
		return `expected at least ${count(minProperties, '# field')}, got ${size}`;
	}
	if (typeof maxProperties === 'number' && size > maxProperties) {
		return `expected at most ${count(maxProperties, '# field')}, got ${size}`;
	}
	return undefined;
}

function requiredByOther(schema: JsonObject, value: JsonObject): string | undefined {
	for (const rules of [schema.dependentRequired, schema.dependencies]) {
		if (!isObject(rules)) continue;
		for (const [name, needed] of Object.entries(rules)) {
			if (!Object.hasOwn(value, name) || !isList(needed)) continue;
			const missing = (needed as string[]).find((other) => !Object.hasOwn(value, other));
			if (missing === undefined) continue;
			return `${JSON.stringify(missing)} is missing, which ${JSON.stringify(name)} calls for`;
		}
	}
	return undefined;
}

function nameProblem(
	{ apply }: Check,
	{ propertyNames }: JsonObject,
	names: readonly string[],
	place: Place | undefined,
): ValueProblem | undefined {
	if (propertyNames === undefined) return undefined;
	for (const name of names) {
		const problem = apply(propertyNames, name, place);
		if (problem !== undefined) {
			return { place, say: () => `the name ${nameList([name])} does not fit: ${problem.say()}` };
		}
	}
	return undefined;
}

function memberProblem(
	{ apply, document, budget }: Check,
	schema: JsonObject,
	value: JsonObject,
	names: readonly string[],
	place: Place | undefined,
	seen: Evaluated | undefined,
): ValueProblem | undefined {
	const { additionalProperties } = schema;
	const properties = isObject(schema.properties) ? schema.properties : {};
	const patterns = isObject(schema.patternProperties)
		? Object.entries(schema.patternProperties)
		: [];
	for (const name of names) {
		const at = inside(place, name);
		const fitting = patterns
			.filter(([pattern]) => matchesRegex(document.pattern(pattern), name, budget))
			.map(([, patternSchema]) => patternSchema);
		const isListed = Object.hasOwn(properties, name);
		if (isListed) fitting.unshift(properties[name] as JsonValue);
		if (fitting.length === 0 && additionalProperties !== undefined) {
			if (additionalProperties === false) return unknownField(name, Object.keys(properties), place);
			fitting.push(additionalProperties);
		}
		for (const one of fitting) {
			const problem = apply(one, value[name] as JsonValue, at);
			if (problem !== undefined) return problem;
		}
		if (fitting.length > 0) seen?.add(name);
	}
	return undefined;
}

function unknownField(
	name: string,
	allowed: readonly string[],
	place: Place | undefined,
): ValueProblem {
	const hint = allowed.length === 0 ? 'no fields are' : `${nameList(allowed)} are`;
	return { place, say: () => `the field ${nameList([name])} is not allowed, ${hint}` };
}

function dependentProblem(
	{ apply }: Check,
	schema: JsonObject,
	value: JsonObject,
	place: Place | undefined,
	seen: Evaluated | undefined,
): ValueProblem | undefined {
	for (const rules of [schema.dependentSchemas, schema.dependencies]) {
		if (!isObject(rules)) continue;
		for (const [name, rule] of Object.entries(rules)) {
			if (!Object.hasOwn(value, name) || isList(rule)) continue;
			const problem = apply(rule, value, place, seen);
			if (problem !== undefined) return problem;
		}
	}
	return undefined;
}

export function unevaluatedPropertiesProblem(
	{ apply }: Check,
	{ unevaluatedProperties }: JsonObject,
	value: JsonObject,
	place: Place | undefined,
	seen: Evaluated | undefined,
): ValueProblem | undefined {
	if (unevaluatedProperties === undefined) return undefined;
	for (const [name, member] of Object.entries(value)) {
		if (seen?.has(name)) continue;
		if (unevaluatedProperties === false)
			return unknownField(name, [...(seen ?? [])].map(String), place);
		const problem = apply(unevaluatedProperties, member, inside(place, name));
		if (problem !== undefined) return problem;
		seen?.add(name);
	}
	return undefined;
}
