import { Validator } from '@cfworker/json-schema';
import { jsonProblem, schemaProblem } from '../../../engine/policies/validateJson';
import type { JsonObject, JsonSchema, JsonValue } from '../../../engine/spec/json';
import { expectQuick } from '../../support/expectQuick';
import { seededRandom } from '../../support/seededRandom';

const ORDER: JsonSchema = {
	type: 'object',
	properties: {
		answer: { type: 'number', minimum: 0 },
		tags: { type: 'array', items: { enum: ['a', 'b'] }, maxItems: 2, uniqueItems: true },
		who: { anyOf: [{ type: 'string', minLength: 2 }, { type: 'null' }] },
		age: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
		shape: {
			oneOf: [
				{
					type: 'object',
					properties: { kind: { const: 'circle' }, r: { type: 'number' } },
					required: ['kind', 'r'],
				},
				{
					type: 'object',
					properties: { kind: { const: 'square' }, side: { type: 'number' } },
					required: ['kind', 'side'],
				},
			],
		},
		mail: { type: 'string', format: 'email' },
		code: { type: 'string', pattern: '^[A-Z]{3}$' },
	},
	required: ['answer'],
	additionalProperties: false,
};

test.each<[string, JsonValue, string]>([
	['a missing field', { note: 1 }, 'the top level: "answer" is missing, got "note"'],
	['a wrong type', { answer: '12 €' }, 'answer: expected a number, got "12 €"'],
	['a number too small', { answer: -1 }, 'answer: expected at least 0, got -1'],
	['another document', [1], 'the top level: expected an object, got a list of 1 item'],
	[
		'a value not listed',
		{ answer: 1, tags: ['a', 'c'] },
		'tags[1]: expected one of "a", "b", got "c"',
	],
	['too many items', { answer: 1, tags: ['a', 'b', 'a'] }, 'tags: expected at most 2 items, got 3'],
	[
		'equal items',
		{ answer: 1, tags: ['a', 'a'] },
		'tags: items 0 and 1 are the same, all must differ',
	],
	[
		'types of alternatives',
		{ answer: 1, age: 'x' },
		'age: expected a whole number or null, got "x"',
	],
	[
		'the closest alternative',
		{ answer: 1, who: 'x' },
		'who: expected at least 2 characters (it has 1), got "x" (in the closest of 2 alternatives)',
	],
	[
		'the alternative that was meant',
		{ answer: 1, shape: { kind: 'square', side: 'x' } },
		'shape.side: expected a number, got "x" (in the closest of 2 alternatives)',
	],
	[
		'a field not allowed',
		{ answer: 1, 'my note': 1 },
		'the top level: the field "my note" is not allowed, "answer", "tags", "who", "age", "shape", "mail", "code" are',
	],
	['a format', { answer: 1, mail: 'me' }, 'mail: expected the format "email", got "me"'],
	[
		'a pattern',
		{ answer: 1, code: 'ABCD' },
		'code: expected a text that matches ^[A-Z]{3}$, got "ABCD"',
	],
])('says where and what: %s', (_what, value, problem) => {
	expect(schemaProblem(ORDER)).toBeUndefined();
	expect(jsonProblem(value, ORDER)).toBe(problem);
});

test('has nothing to say about a valid value', () => {
	const value = { answer: 1, tags: ['b', 'a'], who: null, shape: { kind: 'circle', r: 2 } };
	expect(jsonProblem(value, ORDER)).toBeUndefined();
});

test('shows only the start of a long value', () => {
	const problem = jsonProblem({ answer: 'x'.repeat(10_000) }, ORDER);
	expect(problem).toBe(`answer: expected a number, got "${'x'.repeat(60)}…"`);
});

test('leaves the schema as it was given', () => {
	const schema = Object.freeze({ $defs: Object.freeze({ a: {} }), $ref: '#/$defs/a' });
	expect(schemaProblem(schema)).toBeUndefined();
	expect(jsonProblem(1, schema)).toBeUndefined();
	expect(Object.getOwnPropertyNames(schema)).toEqual(['$defs', '$ref']);
});

test('sees names that JavaScript gives a meaning as any other', () => {
	const value = JSON.parse('{"answer": 1, "__proto__": {"x": 1}}') as JsonValue;
	expect(jsonProblem(value, ORDER)).toContain('the field "__proto__" is not allowed');
	const schema = JSON.parse(
		'{"properties": {"__proto__": {"type": "string"}}, "required": ["constructor"]}',
	) as JsonSchema;
	expect(jsonProblem({}, schema)).toBe('the top level: "constructor" is missing, got nothing');
	expect(jsonProblem(JSON.parse('{"constructor": 1, "__proto__": 2}') as JsonValue, schema)).toBe(
		'__proto__: expected a string, got 2',
	);
});

test.each<[string, JsonSchema, JsonValue, boolean]>([
	[
		'draft 4: exclusive limits are flags',
		{ $schema: 'http://json-schema.org/draft-04/schema#', minimum: 3, exclusiveMinimum: true },
		3,
		false,
	],
	[
		'draft 7: $ref hides its neighbours',
		{
			$schema: 'http://json-schema.org/draft-07/schema#',
			definitions: { a: {} },
			$ref: '#/definitions/a',
			type: 'string',
		},
		1,
		true,
	],
	['2020-12: $ref does not', { $defs: { a: {} }, $ref: '#/$defs/a', type: 'string' }, 1, false],
	[
		'a list of items, as before 2020-12',
		{ items: [{ type: 'string' }], additionalItems: false },
		['a', 1],
		false,
	],
	['prefixItems', { prefixItems: [{ type: 'string' }], items: { type: 'number' } }, ['a', 1], true],
	['an anchor', { $defs: { a: { $anchor: 'here', type: 'string' } }, $ref: '#here' }, 1, false],
	[
		'an embedded document',
		{ $id: 'https://e.com/a', $defs: { b: { $id: 'b', type: 'string' } }, $ref: 'b' },
		1,
		false,
	],
	[
		'a reference with escapes',
		{ $defs: { 'a b/c': { type: 'string' } }, $ref: '#/$defs/a%20b~1c' },
		1,
		false,
	],
	[
		'a reference to a place of its own',
		{ components: { schemas: { A: { type: 'string' } } }, $ref: '#/components/schemas/A' },
		1,
		false,
	],
	[
		'recursion over the value',
		{ properties: { next: { $ref: '#' } }, required: ['v'] },
		{ v: 1, next: { v: 2, next: {} } },
		false,
	],
	[
		'$dynamicRef',
		{ $dynamicAnchor: 'node', properties: { next: { $dynamicRef: '#node' } }, type: 'object' },
		{ next: 1 },
		false,
	],
	[
		'unevaluatedProperties',
		{ allOf: [{ properties: { a: {} } }], unevaluatedProperties: false },
		{ a: 1, b: 1 },
		false,
	],
	[
		'unevaluatedItems',
		{ prefixItems: [{}], contains: { type: 'string' }, unevaluatedItems: false },
		[1, 'a'],
		true,
	],
	['dependencies', { dependencies: { a: ['b'], c: { required: ['d'] } } }, { c: 1 }, false],
	['multiples of fractions', { multipleOf: 0.1 }, 0.3, true],
	['characters outside the basic plane', { maxLength: 2 }, '😀😀', true],
	['a whole number written as a fraction', { type: 'integer' }, 1.0, true],
	['equal objects, whatever the order', { const: { a: 1, b: [2] } }, { b: [2], a: 1 }, true],
	['a format nobody knows', { format: 'favourite-colour' }, 'x', true],
	['a date', { format: 'date' }, '2026-02-30', false],
])('knows %s', (_what, schema, value, isValid) => {
	expect(schemaProblem(schema)).toBeUndefined();
	expect(jsonProblem(value, schema) === undefined).toBe(isValid);
});

test.each<[JsonValue, string]>([
	[[], 'it is a list of 0 items, where an object is needed'],
	[{ $schema: 'http://x/y' }, '"$schema" is "http://x/y": write draft 4, 6, 7, 2019-09 or 2020-12'],
	[{ name: 'Ann', age: 3 }, 'it holds no word of JSON Schema and looks like an example'],
	[{ type: 'int' }, '"type" at the top level is "int": write string, number, integer, boolean'],
	[{ properties: { a: { type: ['string', 'nil'] } } }, '"type" at properties.a is "nil"'],
	[{ properties: ['a'] }, '"properties" at the top level is a list of 1 item'],
	[{ properties: { a: 'string' } }, 'has "string" for "a": write a schema such as'],
	[{ properties: { a: { required: true } } }, '"required" at properties.a is true: list the names'],
	[
		{ $ref: '#/$defs/X' },
		'points to "#/$defs/X", which is not in the schema: define it in "$defs"',
	],
	[
		{ $ref: 'https://example.com/x.json' },
		'points to "https://example.com/x.json": nothing is fetched',
	],
	[{ $ref: '#' }, 'the schema at the top level refers back to itself for the same value'],
	[
		{ $defs: { a: { allOf: [{ $ref: '#/$defs/b' }] }, b: { not: { $ref: '#/$defs/a' } } } },
		'refers back to itself',
	],
	[{ pattern: '([' }, '"pattern" at the top level is no regular expression: "(["'],
	[
		{ patternProperties: { '(a)\\1': {} } },
		'"patternProperties" at the top level holds a back-reference',
	],
	[
		{ minLength: -1 },
		'"minLength" at the top level is -1, where a whole number of 0 or more is needed',
	],
	[{ minimum: '3' }, '"minimum" at the top level is "3", where a number is needed'],
	[
		{ minimum: 3, exclusiveMinimum: true },
		'"exclusiveMinimum" at the top level is true, where a number',
	],
	[{ multipleOf: 0 }, '"multipleOf" at the top level is 0: it must be more than 0'],
	[{ enum: 'a' }, '"enum" at the top level is "a", where a list of values is needed'],
	[{ anyOf: [] }, '"anyOf" at the top level must list one or more schemas'],
	[{ items: 'string' }, '"items" at the top level is "string", where a schema is needed'],
])('refuses the schema %j', (schema, problem) => {
	expect(schemaProblem(schema as JsonSchema)).toContain(problem);
});

test.each<JsonSchema>([
	{},
	{ description: 'anything' },
	{ type: 'object' },
	{ $ref: '#/$defs/a', $defs: { a: true } },
])('takes the schema %j', (schema) => {
	expect(schemaProblem(schema)).toBeUndefined();
});

describe('what would hold up the event loop', () => {
	const nested = (levels: number, leaf: JsonValue, wrap: (inner: JsonValue) => JsonValue) => {
		let value = leaf;
		for (let level = 0; level < levels; level++) value = wrap(value);
		return value;
	};
	const list = (length: number, item: (index: number) => JsonValue) =>
		Array.from({ length }, (_, index) => item(index));
	const doubled: JsonSchema = {
		$ref: '#/$defs/d0',
		$defs: {
			d40: { type: 'string' },
			...Object.fromEntries(
				list(40, (index) => {
					const next = { $ref: `#/$defs/d${index + 1}` };
					return { allOf: [next, next] };
				}).map((schema, index) => [`d${index}`, schema]),
			),
		},
	};
	const branching: JsonSchema = {
		type: 'object',
		properties: { next: { anyOf: [{ $ref: '#' }, { $ref: '#' }] } },
	};

	test.each<[string, JsonSchema, JsonValue]>([
		['a pattern that backtracks', { pattern: '^(a+)+$' }, `${'a'.repeat(50_000)}!`],
		['a pattern over half a megabyte', { pattern: '^(a|a)*$' }, 'a'.repeat(500_000)],
		[
			'100,000 objects that must differ',
			{ uniqueItems: true },
			list(100_000, (index) => ({ index })),
		],
		[
			'5,000 names needed, alternative after alternative',
			{
				$defs: { all: { required: list(5_000, (index) => `k${String(index)}`) } },
				allOf: list(2_000, () => ({ $ref: '#/$defs/all' })),
			},
			Object.fromEntries(list(5_000, (index) => index).map((index) => [`k${String(index)}`, 1])),
		],
		[
			'250 texts against a slow format',
			{ items: { format: 'uri-reference' } },
			list(250, () => `${'1:'.repeat(990)}!`),
		],
		['schemas that double 40 times', doubled, 'x'],
		['alternatives that double 60 times', branching, nested(60, 5, (next) => ({ next }))],
		[
			'60,000 fields',
			{ additionalProperties: { type: 'number' } },
			Object.fromEntries(
				list(60_000, (index) => index).map((index) => [`k${String(index)}`, index]),
			),
		],
		[
			'a value nested 10,000 deep',
			{ properties: { next: { $ref: '#' } } },
			nested(10_000, 1, (next) => ({ next })),
		],
		['20,000 objects to choose from', { enum: list(20_000, (a) => ({ a })) }, { a: 'x' }],
		['an address that backtracks', { format: 'url' }, `http://${'a'.repeat(1_900)}!`],
	])('is stopped: %s', (_what, schema, value) => {
		expect(schemaProblem(schema)).toBeUndefined();
		expectQuick(() => jsonProblem(value, schema));
	});

	test.each<[string, JsonSchema, JsonValue]>([
		[
			'50,000 rows',
			{
				type: 'array',
				items: {
					type: 'object',
					properties: {
						id: { type: 'integer', minimum: 0 },
						name: { type: 'string', minLength: 1 },
						ok: { type: 'boolean' },
					},
					required: ['id', 'name', 'ok'],
					additionalProperties: false,
				},
			},
			list(50_000, (id) => ({ id, name: 'x', ok: true })),
		],
		[
			'50,000 of 20,000 choices',
			{ items: { enum: list(20_000, (index) => `choice ${String(index)}`) } },
			list(50_000, (index) => `choice ${String(index % 20_000)}`),
		],
		[
			'50,000 alternatives, mostly the second',
			{ items: { anyOf: [{ type: 'null' }, { type: 'integer' }] } },
			list(50_000, (index) => index),
		],
		['100,000 numbers that all differ', { uniqueItems: true }, list(100_000, (index) => index)],
	])('is an honest check no part of: %s', (_what, schema, value) => {
		expect(schemaProblem(schema)).toBeUndefined();
		expectQuick(() => expect(jsonProblem(value, schema)).toBeUndefined());
	});

	test('is named in the sentence', () => {
		expect(jsonProblem('x', doubled)).toBe(
			'the top level: there is more to check than can be done in time, make the schema simpler',
		);
	});

	test.each<[string, JsonSchema, string]>([
		[
			'deep',
			nested(100_000, {}, (a) => ({ properties: { a } })) as JsonSchema,
			'nests them deeper',
		],
		[
			'wide',
			{
				properties: Object.fromEntries(
					list(20_000, (index) => index).map((index) => [`p${String(index)}`, {}]),
				),
			},
			'more than 3,000 schemas',
		],
		[
			'full of names',
			{ anyOf: list(20, () => ({ required: list(5_000, (index) => `k${String(index)}`) })) },
			'lists more than 50,000 names and values',
		],
		[
			'full of large patterns',
			{ anyOf: list(2_000, (index) => ({ pattern: `a{4000}${String(index)}` })) },
			'patterns are too large',
		],
	])('is refused: a schema that is %s', (_what, schema, problem) => {
		expect(schemaProblem(schema)).toContain(problem);
		expectQuick(() => schemaProblem(schema));
	});
});

test('agrees with another validator on 15,000 random schemas and values', () => {
	const random = seededRandom(3);
	const below = (limit: number) => Math.floor(random() * limit);
	const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
	const types = ['string', 'number', 'integer', 'boolean', 'null', 'array', 'object'];

	function anyValue(depth: number): JsonValue {
		const makers: (() => JsonValue)[] = [
			() => below(6) - 1,
			() => pick(['a', 'ab', '', 'abc', '2020-01-01']),
			() => below(2) === 0,
			() => null,
			() => below(40) / 10,
			() => Array.from({ length: below(4) }, () => anyValue(depth - 1)),
			() => Array.from({ length: below(4) }, () => anyValue(depth - 1)),
			() =>
				Object.fromEntries(
					Array.from({ length: below(4) }, () => [pick(['a', 'b', 'c', 'd']), anyValue(depth - 1)]),
				),
		];
		return pick(depth <= 0 ? makers.slice(0, 5) : makers)();
	}

	function anySchema(depth: number): JsonValue {
		if (depth <= 0)
			return pick<JsonValue>([
				true,
				false,
				{},
				{ type: pick(types) },
				{ const: anyValue(1) },
				{ enum: [anyValue(1), anyValue(1)] },
				{ type: ['string', 'null'] },
			]);
		const part = () => anySchema(depth - 1);
		const makers: (() => JsonObject)[] = [
			() => ({ type: pick(types) }),
			() => ({ properties: { a: part(), b: part() } }),
			() => ({ required: [pick(['a', 'b', 'c'])] }),
			() => ({ additionalProperties: part() }),
			() => ({ items: part() }),
			() => ({ prefixItems: [part(), part()] }),
			() => ({ allOf: [part(), part()] }),
			() => ({ anyOf: [part(), part()] }),
			() => ({ oneOf: [part(), part()] }),
			() => ({ not: part() }),
			() => ({ if: part(), then: part(), else: part() }),
			() => ({ contains: part() }),
			() => ({ minItems: below(3) }),
			() => ({ maxItems: below(3) }),
			() => ({ uniqueItems: true }),
			() => ({ minimum: below(4) }),
			() => ({ exclusiveMaximum: below(4) }),
			() => ({ minLength: below(3) }),
			() => ({ pattern: pick(['^a', 'b$', 'a+b?']) }),
			() => ({ patternProperties: { '^[ab]$': part() } }),
			() => ({ propertyNames: { maxLength: below(2) } }),
			() => ({ dependentRequired: { a: ['b'] } }),
			() => ({ dependentSchemas: { a: part() } }),
			() => ({ multipleOf: pick([2, 0.1, 0.5]) }),
		];
		return Object.assign(
			{},
			...Array.from({ length: 1 + below(3) }, () => pick(makers)()),
		) as JsonObject;
	}

	for (let round = 0; round < 5_000; round++) {
		const schema = anySchema(3) as JsonSchema;
		expect([schema, schemaProblem(schema)]).toEqual([schema, undefined]);
		const other = new Validator(structuredClone(schema), '2020-12', false);
		for (let count = 0; count < 3; count++) {
			const value = anyValue(3);
			const isValid = jsonProblem(value, schema) === undefined;
			if (isValid !== other.validate(value).valid)
				throw new Error(JSON.stringify({ schema, value, isValid }));
		}
	}
});
