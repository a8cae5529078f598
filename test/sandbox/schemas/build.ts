import type { Schema } from '@cfworker/json-schema';

/** Words for closed request schemas: every object refuses fields that it does not name. */
export const text: Schema = { type: 'string' };
export const flag: Schema = { type: 'boolean' };
export const anything: Schema = {};
export const anyObject: Schema = { type: 'object' };

export function number(minimum?: number, maximum?: number): Schema {
	return { type: 'number', ...bounds(minimum, maximum) };
}

export function integer(minimum?: number, maximum?: number): Schema {
	return { type: 'integer', ...bounds(minimum, maximum) };
}

export function oneOf(...values: readonly string[]): Schema {
	return { type: 'string', enum: [...values] };
}

export function list(items: Schema, minItems = 0, maxItems?: number): Schema {
	return { type: 'array', items, minItems, ...(maxItems === undefined ? {} : { maxItems }) };
}

/** A string, or parts: JSON Schema's keywords apply each to its own type. */
export function textOr(parts: Schema): Schema {
	return { ...parts, type: ['string', 'array'] };
}

export function nullable(schema: Schema): Schema {
	const types = [schema.type ?? []].flat();
	return {
		...schema,
		type: [...types, 'null'],
		...(schema.enum === undefined ? {} : { enum: [...(schema.enum as unknown[]), null] }),
	};
}

export function closed(
	properties: Readonly<Record<string, Schema>>,
	required: readonly string[] = [],
): Schema {
	return {
		type: 'object',
		properties: { ...properties },
		required: [...required],
		additionalProperties: false,
	};
}

/**
 * Objects told apart by a field. `if`/`then`/`else` instead of `oneOf`: an error names the one field
 * that is wrong and not every variant, and a chain ends at the first hit, so common variants come
 * first.
 */
export function tagged(
	tag: string,
	variants: Readonly<Record<string, Schema>>,
	withoutTag?: Schema,
): Schema {
	const chain = Object.entries(variants).reduceRight<Schema | undefined>(
		(otherwise, [name, variant]) => ({
			if: { type: 'object', properties: { [tag]: { enum: [name] } }, required: [tag] },
			then: withTag(variant, tag),
			...(otherwise === undefined ? {} : { else: otherwise }),
		}),
		withoutTag === undefined ? undefined : { if: { required: [tag] }, else: withoutTag },
	);
	return {
		type: 'object',
		properties: { [tag]: oneOf(...Object.keys(variants)) },
		...(withoutTag === undefined ? { required: [tag] } : {}),
		...chain,
	};
}

function withTag(variant: Schema, tag: string): Schema {
	return { ...variant, properties: { ...variant.properties, [tag]: text } };
}

function bounds(minimum?: number, maximum?: number): Schema {
	return {
		...(minimum === undefined ? {} : { minimum }),
		...(maximum === undefined ? {} : { maximum }),
	};
}
