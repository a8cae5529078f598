import { exampleProblem, schemaFromExample } from '../../../engine/policies/schemaFromExample';
import { jsonProblem, schemaProblem } from '../../../engine/policies/validateJson';
import type { JsonSchema, JsonValue } from '../../../engine/spec/json';

const object = (properties: Record<string, JsonSchema>): JsonSchema => ({
	type: 'object',
	properties,
	required: Object.keys(properties),
	additionalProperties: false,
});

test.each<[string, JsonValue, JsonSchema]>([
	[
		'every field is required and no other is allowed',
		{ answer: 'x', sure: true },
		object({ answer: { type: 'string' }, sure: { type: 'boolean' } }),
	],
	['a whole number stays open for fractions', { n: 3 }, object({ n: { type: 'number' } })],
	[
		'null may be any simple value',
		{ n: null },
		object({ n: { type: ['string', 'number', 'boolean', 'null'] } }),
	],
	[
		'the items of a list are taken together',
		{ rows: [{ a: 1 }, { a: 'x' }] },
		object({ rows: { type: 'array', items: object({ a: { type: ['number', 'string'] } }) } }),
	],
	[
		'a field that some items lack may be null',
		[{ a: 1, b: true }, { a: 2 }],
		{ type: 'array', items: object({ a: { type: 'number' }, b: { type: ['boolean', 'null'] } }) },
	],
	[
		'objects and null side by side',
		[{ a: 1 }, null],
		{ type: 'array', items: { anyOf: [object({ a: { type: 'number' } }), { type: 'null' }] } },
	],
	[
		'lists inside lists',
		[[1], [2, 3]],
		{ type: 'array', items: { type: 'array', items: { type: 'number' } } },
	],
	[
		'items that are objects are merged at every depth',
		[{ x: { y: 1 } }, { x: { y: 2, z: 'a' } }],
		{
			type: 'array',
			items: object({ x: object({ y: { type: 'number' }, z: { type: ['string', 'null'] } }) }),
		},
	],
])('%s', (_rule, example, schema) => {
	expect(schemaFromExample(example)).toEqual(schema);
	expect(schemaProblem(schemaFromExample(example))).toBeUndefined();
});

test('a complete example fits the schema made from it', () => {
	const example = {
		title: 'x',
		score: 0.5,
		tags: ['a'],
		people: [{ name: 'Ann', age: 3, boss: null }],
		nested: { deep: { flag: false } },
	};
	const schema = schemaFromExample(example);
	expect(exampleProblem(example)).toBeUndefined();
	expect(jsonProblem(example, schema)).toBeUndefined();
	expect(jsonProblem({ ...example, more: 1 }, schema)).toContain('the field "more" is not allowed');
	expect(jsonProblem({ title: 'x' }, schema)).toContain('"score" is missing');
});

test('a name that JavaScript gives a meaning is a field as any other', () => {
	const schema = schemaFromExample(JSON.parse('{"__proto__": 1}') as JsonValue);
	expect(schema.required).toEqual(['__proto__']);
	expect(Object.hasOwn(schema.properties as object, '__proto__')).toBe(true);
});

test.each<[JsonValue, string | undefined]>([
	[{ a: [1], b: { c: null } }, undefined],
	[{ a: { tags: [] } }, 'the list at a.tags is empty: show one item in the example'],
	[{ rows: [{ meta: {} }] }, 'the object at rows[0].meta is empty: show its fields in the example'],
	[{}, 'the object at the top level is empty: show its fields in the example'],
	['text', 'it is "text", where an object such as {"answer": "text"} is needed'],
])('says what the example %j leaves open', (example, problem) => {
	expect(exampleProblem(example)).toBe(problem);
});

test('an example nested 100,000 deep is refused and does no harm', () => {
	let example: JsonValue = 1;
	for (let level = 0; level < 100_000; level++) example = { a: example };
	expect(exampleProblem(example)).toBe('it is nested deeper than 50 levels: make it flatter');
	expect(schemaFromExample(example).type).toBe('object');
});
