import type { JsonValue } from '../spec/json';

/** The drafts of JSON Schema that differ for us: up to 7, `$ref` hides what stands beside it. */
export type Draft = 4 | 6 | 7 | 2019 | 2020;

const DRAFTS: Readonly<Record<string, Draft>> = {
	'json-schema.org/schema': 2020,
	'json-schema.org/draft-04/schema': 4,
	'json-schema.org/draft-06/schema': 6,
	'json-schema.org/draft-07/schema': 7,
	'json-schema.org/draft/2019-09/schema': 2019,
	'json-schema.org/draft/2020-12/schema': 2020,
};

/** What `$schema` names; 2020-12 where it is absent, `undefined` where we do not know it. */
export function draftOf($schema: JsonValue | undefined): Draft | undefined {
	if ($schema === undefined) return 2020;
	if (typeof $schema !== 'string') return undefined;
	return DRAFTS[$schema.replace(/^https?:\/\//, '').replace(/#$/, '')];
}

export const TYPE_NAMES = [
	'string',
	'number',
	'integer',
	'boolean',
	'object',
	'array',
	'null',
] as const;

/** Keywords whose value is a schema that is applied to the same value. */
export const IN_PLACE = ['not', 'if', 'then', 'else'] as const;
/** Keywords whose value is a list of schemas that are applied to the same value. */
export const IN_PLACE_LISTS = ['allOf', 'anyOf', 'oneOf'] as const;
/** Keywords whose value maps names to schemas that are applied to the same value. */
export const IN_PLACE_MAPS = ['dependentSchemas', 'dependencies'] as const;

/** Keywords whose value is a schema. */
const SINGLE = [
	...IN_PLACE,
	'items',
	'additionalItems',
	'unevaluatedItems',
	'contains',
	'additionalProperties',
	'unevaluatedProperties',
	'propertyNames',
] as const;
/** Keywords whose value is a list of schemas; `items` was one until 2019-09. */
const LISTS = [...IN_PLACE_LISTS, 'prefixItems', 'items'] as const;
/** Keywords whose value maps names to schemas. */
const MAPS = [...IN_PLACE_MAPS, '$defs', 'definitions', 'properties', 'patternProperties'] as const;

export const HOLDS_SCHEMA: ReadonlySet<string> = new Set(SINGLE);
export const HOLDS_LIST: ReadonlySet<string> = new Set(LISTS);
export const HOLDS_MAP: ReadonlySet<string> = new Set(MAPS);

/** What the value of each other keyword must be. */
export const SHAPES: Readonly<
	Record<string, 'number' | 'count' | 'text' | 'flag' | 'names' | 'list'>
> = {
	minimum: 'number',
	maximum: 'number',
	multipleOf: 'number',
	minLength: 'count',
	maxLength: 'count',
	minItems: 'count',
	maxItems: 'count',
	minContains: 'count',
	maxContains: 'count',
	minProperties: 'count',
	maxProperties: 'count',
	pattern: 'text',
	format: 'text',
	$ref: 'text',
	$dynamicRef: 'text',
	uniqueItems: 'flag',
	required: 'names',
	enum: 'list',
};

const OTHERS = [
	'$schema',
	'$id',
	'id',
	'$anchor',
	'$dynamicAnchor',
	'$recursiveRef',
	'$recursiveAnchor',
	'type',
	'const',
	'exclusiveMinimum',
	'exclusiveMaximum',
	'dependentRequired',
	'title',
	'description',
];

/** Every keyword that makes an object look like a schema and not like an example. */
export const KNOWN: ReadonlySet<string> = new Set([
	...SINGLE,
	...LISTS,
	...MAPS,
	...Object.keys(SHAPES),
	...OTHERS,
]);
