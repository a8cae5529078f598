import { Validator, type Schema } from '@cfworker/json-schema';
import { isObject, type Json, type JsonObject } from '../json';
import { chooseLabel } from './labels';
import { plausibleFlag, plausibleNumber, plausibleTexts, type Facts } from './plausibleValue';
import { schemaString } from './schemaString';

/** Deep enough for any answer; recursive schemas end here with their smallest value. */
const MOST_LEVELS = 8;
/** A list of this name holds all that is offered. */
const RANKING = /^rank(?:ing|ed|s)?$/i;

/** A JSON document that is valid under the schema, filled from the facts where they fit. */
export function schemaInstance(schema: Json, facts: Facts): Json {
	return valueFor(schema, 'answer', facts, schema, 0);
}

export function isValid(schema: Json, document: Json): boolean {
	return new Validator(schema as Schema, '2020-12').validate(document).valid;
}

function valueFor(schema: Json, name: string, facts: Facts, root: Json, level: number): Json {
	if (!isObject(schema)) return plausibleNumber(name, facts);
	const open = resolve(schema, root);
	if (open.const !== undefined) return open.const;
	if (Array.isArray(open.enum)) return oneOfThese(open.enum as readonly Json[], name, facts);
	const variants = open.anyOf ?? open.oneOf;
	if (Array.isArray(variants)) {
		const options = variants as readonly Json[];
		const isNull = (option: Json) => isObject(option) && option.type === 'null';
		const chosen = options.find((option) => !isNull(option)) ?? options[0] ?? {};
		const own = Object.entries(open).filter(([key]) => key !== 'anyOf' && key !== 'oneOf');
		return valueFor(merged(Object.fromEntries(own), chosen), name, facts, root, level);
	}
	switch (typeOf(open)) {
		case 'object':
			return objectFor(open, facts, root, level);
		case 'array':
			return arrayFor(open, name, facts, root, level);
		case 'integer':
		case 'number':
			return numberFor(open, name, facts);
		case 'boolean':
			return plausibleFlag(name, facts);
		case 'null':
			return null;
		default:
			return schemaString(open, name, facts);
	}
}

function objectFor(schema: JsonObject, facts: Facts, root: Json, level: number): JsonObject {
	const properties = isObject(schema.properties) ? schema.properties : {};
	const required = Array.isArray(schema.required) ? (schema.required as readonly Json[]) : [];
	const names = [
		...Object.keys(properties),
		...required.map(String).filter((name) => !Object.hasOwn(properties, name)),
	].filter((name) => level < MOST_LEVELS || required.includes(name));
	return Object.fromEntries(
		names.map((name) => [name, valueFor(properties[name] ?? {}, name, facts, root, level + 1)]),
	);
}

function arrayFor(schema: JsonObject, name: string, facts: Facts, root: Json, level: number): Json {
	const least = countOf(schema.minItems) ?? 0;
	const most = countOf(schema.maxItems) ?? Infinity;
	const prefix = Array.isArray(schema.prefixItems) ? (schema.prefixItems as readonly Json[]) : [];
	const single = Array.isArray(schema.items) ? undefined : schema.items;
	const isPlainText = isObject(single) && single.type === 'string' && single.enum === undefined;
	const texts = isPlainText && prefix.length === 0 ? plausibleTexts(name, facts) : undefined;
	const offered = isObject(single) && Array.isArray(single.enum) ? single.enum : undefined;
	const ranked = offered !== undefined && RANKING.test(name) ? offered.length : undefined;
	const usual = level < MOST_LEVELS - 2 ? (ranked ?? texts?.length ?? 2) : 0;
	const wanted = Math.max(least, Math.min(most, usual));
	if (offered !== undefined && prefix.length === 0 && wanted <= offered.length) {
		return distinctOf(offered as readonly Json[], wanted, name, facts);
	}
	const items = Array.from({ length: wanted }, (_, index): Json => {
		const item = prefix[index] ?? single ?? { type: 'string' };
		const ready = texts?.[index];
		if (ready !== undefined && isValid(item, ready)) return ready;
		const seed = `${facts.seed} ${index}`;
		return valueFor(item, name, { ...facts, seed }, root, level + 1);
	});
	if (schema.uniqueItems !== true) return items;
	const distinct = new Map(items.map((item) => [JSON.stringify(item), item]));
	return [...distinct.values()];
}

/** A model that lists some of the offered values names none of them twice. */
function distinctOf(
	offered: readonly Json[],
	count: number,
	name: string,
	facts: Facts,
): readonly Json[] {
	return Array.from({ length: count }).reduce<readonly Json[]>((chosen, _, index) => {
		const left = offered.filter((value) => !chosen.includes(value));
		const seed = `${facts.seed} ${index}`;
		return [...chosen, oneOfThese(left, name, { ...facts, seed })];
	}, []);
}

function numberFor(schema: JsonObject, name: string, facts: Facts): number {
	const step =
		typeof schema.multipleOf === 'number' ? schema.multipleOf : schema.type === 'integer' ? 1 : 0;
	const nudge = step > 0 ? step : 0.01;
	const low = Math.max(
		boundOf(schema.minimum) ?? -Infinity,
		(boundOf(schema.exclusiveMinimum) ?? -Infinity) + nudge,
	);
	const high = Math.min(
		boundOf(schema.maximum) ?? Infinity,
		(boundOf(schema.exclusiveMaximum) ?? Infinity) - nudge,
	);
	const wished = plausibleNumber(name, facts);
	const isUsable = wished >= low && wished <= high;
	const middle = Number.isFinite(low) && Number.isFinite(high) ? (low + high) / 2 : undefined;
	const value = isUsable ? wished : (middle ?? Math.min(Math.max(wished, low), high));
	if (step === 0) return value;
	const rounded = Math.round(value / step) * step;
	return rounded < low ? rounded + step : rounded > high ? rounded - step : rounded;
}

function oneOfThese(values: readonly Json[], name: string, facts: Facts): Json {
	const { solution } = facts;
	const exact = values.find((value) => solution !== undefined && String(value) === solution.final);
	if (exact !== undefined) return exact;
	const label = chooseLabel(values.map(String), facts.text, `${facts.seed} ${name}`);
	return values.find((value) => String(value) === label) ?? values[0] ?? null;
}

function resolve(schema: JsonObject, root: Json): JsonObject {
	const target =
		typeof schema.$ref === 'string'
			? schema.$ref
					.split('/')
					.slice(1)
					.reduce<Json | undefined>((at, step) => (isObject(at) ? at[step] : undefined), root)
			: undefined;
	const base = isObject(target) ? merged(schema, resolve(target, root)) : schema;
	const parts = Array.isArray(base.allOf) ? (base.allOf as readonly Json[]) : [];
	return parts.reduce<JsonObject>(
		(whole, part) => (isObject(part) ? merged(whole, resolve(part, root)) : whole),
		base,
	);
}

/** Both sets of rules; properties and required fields add up. */
function merged(one: JsonObject, other: Json): JsonObject {
	if (!isObject(other)) return one;
	const list = (value: Json | undefined) =>
		Array.isArray(value) ? (value as readonly Json[]) : [];
	const fields = (value: Json | undefined) => (isObject(value) ? value : {});
	return {
		...one,
		...other,
		...(one.properties === undefined && other.properties === undefined
			? {}
			: { properties: { ...fields(one.properties), ...fields(other.properties) } }),
		...(one.required === undefined && other.required === undefined
			? {}
			: { required: [...list(one.required), ...list(other.required)] }),
	};
}

/** In lower case, as Gemini's `responseSchema` writes types in upper case. */
function typeOf(schema: JsonObject): string {
	const types = [schema.type].flat().map((type) => String(type ?? '').toLowerCase());
	const named = types.find((type) => type !== 'null' && type !== '') ?? types[0] ?? '';
	if (named !== '') return named;
	if (schema.properties !== undefined || schema.required !== undefined) return 'object';
	if (schema.items !== undefined) return 'array';
	return schema.minimum !== undefined || schema.maximum !== undefined ? 'number' : 'string';
}

function countOf(value: Json | undefined): number | undefined {
	const count = Number(value ?? NaN);
	return Number.isInteger(count) ? count : undefined;
}

function boundOf(value: Json | undefined): number | undefined {
	return typeof value === 'number' ? value : undefined;
}
