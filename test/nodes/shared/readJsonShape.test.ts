import { InvalidPlanError, type JsonValue } from '../../../engine/index';
import { readJsonShape } from '../../../nodes/shared/readJsonShape';

const read = (fields: Readonly<Record<string, unknown>>) => readJsonShape((name) => fields[name]);
const ring: Record<string, unknown> = {};
ring.self = ring;
const deep = `${'{"a":'.repeat(200)}1${'}'.repeat(200)}`;

test('a schema is taken from its text or as an object; none takes any JSON', () => {
	const schema = { type: 'object', required: ['a'] };
	expect(read({ jsonSchema: JSON.stringify(schema) })).toEqual(schema);
	expect(read({ jsonSchema: schema })).toEqual(schema);
	for (const jsonSchema of [undefined, '', ' \n']) expect(read({ jsonSchema })).toBeUndefined();
	expect(read({ jsonSchema: '{}' })).toBeUndefined();
	expect(read({ jsonSchema: '{\n}' })).toBeUndefined();
	expect(read({ schemaType: 'schema', jsonSchema: '', jsonExample: '{"a": 1}' })).toBeUndefined();
});

test('an example becomes a schema that itself fits', () => {
	const example = { city: 'Paris', tags: ['old'], mayor: { name: 'A', since: 2014 } };
	const schema = {
		type: 'object',
		properties: {
			city: { type: 'string' },
			tags: { type: 'array', items: { type: 'string' } },
			mayor: {
				type: 'object',
				properties: { name: { type: 'string' }, since: { type: 'number' } },
				required: ['name', 'since'],
				additionalProperties: false,
			},
		},
		required: ['city', 'tags', 'mayor'],
		additionalProperties: false,
	};
	expect(read({ schemaType: 'example', jsonExample: JSON.stringify(example) })).toEqual(schema);
	expect(read({ schemaType: 'example', jsonExample: example, jsonSchema: '{' })).toEqual(schema);
});

test('the same text is read once, another anew', () => {
	const jsonSchema = '{"type": "object"}';
	expect(read({ jsonSchema })).toBe(read({ jsonSchema }));
	expect(read({ jsonSchema: '{"type": "array"}' })).toEqual({ type: 'array' });
	const both = '{"type": "object"}';
	expect(read({ jsonSchema: both })).toEqual({ type: 'object' });
	expect(read({ schemaType: 'example', jsonExample: both })).toMatchObject({
		properties: { type: { type: 'string' } },
	});
});

interface Refused {
	readonly schemaType?: string;
	readonly value: unknown;
	readonly message: string;
}

test.each<Refused>([
	{ value: '{', message: 'JSON Schema cannot be used: it is not JSON, got "{"' },
	{
		value: '[]',
		message:
			'JSON Schema cannot be used: it is a list of 0 items, where an object is needed, got "[]"',
	},
	{
		value: '{"city": "Paris"}',
		message:
			'JSON Schema cannot be used: it holds no word of JSON Schema and looks like an example: write "type" and "properties", or give it as an example, got "{\\"city\\": \\"Paris\\"}"',
	},
	{
		value: { properties: { a: { type: 'text' } } },
		message:
			'JSON Schema cannot be used: "type" at properties.a is "text": write string, number, integer, boolean, object, array, null, or a list of them, got {"properties":{"a":{"type":"text"}}}',
	},
	{
		value: ring,
		message: 'JSON Schema cannot be used: it is not JSON, got an object that JSON cannot hold',
	},
	{
		value: `{"a": ${deep}, "pattern": "("}`,
		message: 'JSON Schema cannot be used: "pattern" at the top level is no regular expression: "("',
	},
	{
		schemaType: 'example',
		value: '',
		message: 'JSON Example cannot be used: it is empty, got ""',
	},
	{
		schemaType: 'example',
		value: '{"tags": []}',
		message:
			'JSON Example cannot be used: the list at tags is empty: show one item in the example, got "{\\"tags\\": []}"',
	},
	{
		schemaType: 'example',
		value: 'Paris',
		message: 'JSON Example cannot be used: it is not JSON, got "Paris"',
	},
	{
		schemaType: 'example',
		value: 7,
		message:
			'JSON Example cannot be used: it is 7, where an object such as {"answer": "text"} is needed, got 7',
	},
	{
		schemaType: 'example',
		value: deep,
		message: 'JSON Example cannot be used: it is nested deeper than 50 levels: make it flatter',
	},
	{
		schemaType: 'example',
		value: Object.fromEntries(Array.from({ length: 4_000 }, (_, index) => [`k${index}`, 1])),
		message: 'JSON Example cannot be used: it holds more than 3,000 schemas',
	},
])('refuses $schemaType $message', ({ schemaType = 'schema', value, message }) => {
	const fields = { schemaType, jsonSchema: value, jsonExample: value };
	expect(() => read(fields)).toThrow(InvalidPlanError);
	expect(() => read(fields)).toThrow(message);
});

test('says where the way out is', () => {
	const adviceOf = (fields: Record<string, JsonValue>) => {
		try {
			read(fields);
		} catch (error) {
			return (error as InvalidPlanError).advice;
		}
		throw new Error('It was taken');
	};
	expect(adviceOf({ jsonSchema: '{' })).toContain('leave the field empty to take any JSON');
	expect(adviceOf({ schemaType: 'example' })).toContain('{"city": "Paris"');
	expect(() => read({ schemaType: 'guess' })).toThrow(
		'Schema From must be one of schema, example, got "guess"',
	);
});
