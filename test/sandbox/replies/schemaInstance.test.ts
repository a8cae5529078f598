import type { Json } from '../json';
import { isValid, schemaInstance } from './schemaInstance';

const facts = {
	text: 'Ann Lee ordered 3 lamps for $120.50 on 2026-02-14 in Oslo. She is happy. Contact: ann@lee.org.',
	seed: 'model prompt',
};

const SCHEMAS: Readonly<Record<string, Json>> = {
	'nested objects and arrays': {
		type: 'object',
		properties: {
			title: { type: 'string' },
			items: {
				type: 'array',
				minItems: 3,
				items: {
					type: 'object',
					properties: { name: { type: 'string' }, price: { type: 'number', minimum: 1 } },
					required: ['name', 'price'],
					additionalProperties: false,
				},
			},
		},
		required: ['title', 'items'],
		additionalProperties: false,
	},
	'enums and constants': {
		type: 'object',
		properties: {
			sentiment: { type: 'string', enum: ['positive', 'negative'] },
			version: { const: 2 },
			level: { enum: [1, 2, 3] },
		},
		required: ['sentiment', 'version', 'level'],
	},
	'bounds of numbers': {
		type: 'object',
		properties: {
			a: { type: 'integer', minimum: 1000, maximum: 1003 },
			b: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
			c: { type: 'integer', multipleOf: 5, minimum: 7 },
			d: { type: 'number', maximum: -3 },
			e: { type: 'number', minimum: 0, maximum: 0.1 },
		},
		required: ['a', 'b', 'c', 'd', 'e'],
	},
	'lengths and patterns': {
		type: 'object',
		properties: {
			short: { type: 'string', maxLength: 5 },
			long: { type: 'string', minLength: 200 },
			code: { type: 'string', pattern: '^[A-Z]{3}-\\d{3}$' },
			day: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
		},
		required: ['short', 'long', 'code', 'day'],
	},
	formats: {
		type: 'object',
		properties: Object.fromEntries(
			['date', 'date-time', 'time', 'email', 'uri', 'uuid', 'ipv4', 'hostname'].map((format) => [
				format,
				{ type: 'string', format },
			]),
		),
	},
	'unions and null': {
		type: 'object',
		properties: {
			a: { type: ['string', 'null'] },
			b: { anyOf: [{ type: 'null' }, { type: 'integer', minimum: 4 }] },
			c: { oneOf: [{ type: 'object', properties: { x: { type: 'boolean' } }, required: ['x'] }] },
			d: { type: 'null' },
		},
		required: ['a', 'b', 'c', 'd'],
	},
	'references and allOf': {
		$defs: {
			person: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
		},
		type: 'object',
		properties: {
			author: { $ref: '#/$defs/person' },
			editor: {
				allOf: [
					{ $ref: '#/$defs/person' },
					{ properties: { since: { type: 'integer' } }, required: ['since'] },
				],
			},
		},
		required: ['author', 'editor'],
	},
	'a tree that refers to itself': {
		$defs: {
			node: {
				type: 'object',
				properties: {
					value: { type: 'integer' },
					children: { type: 'array', items: { $ref: '#/$defs/node' } },
				},
				required: ['value', 'children'],
			},
		},
		$ref: '#/$defs/node',
	},
	'tuples and unique items': {
		type: 'object',
		properties: {
			pair: {
				type: 'array',
				prefixItems: [{ type: 'string' }, { type: 'number' }],
				minItems: 2,
				maxItems: 2,
			},
			tags: { type: 'array', items: { type: 'string' }, uniqueItems: true, maxItems: 4 },
		},
		required: ['pair', 'tags'],
	},
	'an array at the top': { type: 'array', items: { type: 'integer' }, minItems: 2 },
	'no type at all': { properties: { a: {} }, required: ['a'] },
};

test.each(Object.entries(SCHEMAS))('fills a schema with %s', (_title, schema) => {
	const document = schemaInstance(schema, facts);
	expect([document, isValid(schema, document)]).toEqual([expect.anything(), true]);
});

test('takes values from the text where it has them', () => {
	const field = (type: string) => ({ type });
	const schema = {
		type: 'object',
		properties: {
			name: field('string'),
			email: field('string'),
			date: field('string'),
			city: field('string'),
			amount: field('number'),
			sentiment: { type: 'string', enum: ['negative', 'positive'] },
		},
	};
	expect(schemaInstance(schema, facts)).toEqual({
		name: 'Ann Lee',
		email: 'ann@lee.org',
		date: '2026-02-14',
		city: 'Oslo',
		amount: expect.any(Number),
		sentiment: 'positive',
	});
});

test('puts a recorded solution into the fields that are named for it', () => {
	const solution = { final: '64', reasoning: 'Eight pairs of 8 dollars.' };
	const schema = (type: string) => ({
		type: 'object',
		properties: { explanation: { type: 'string' }, answer: { type } },
	});
	const filled = (type: string) => schemaInstance(schema(type), { ...facts, solution });
	expect(filled('number')).toEqual({ explanation: solution.reasoning, answer: 64 });
	expect(filled('string')).toEqual({ explanation: solution.reasoning, answer: '64' });
	const options = { type: 'object', properties: { choice: { enum: ['1', '64'] } } };
	expect(schemaInstance(options, { ...facts, solution })).toEqual({ choice: '64' });
});

test("reads Gemini's upper-case types", () => {
	const schema = {
		type: 'OBJECT',
		properties: { ok: { type: 'BOOLEAN' }, n: { type: 'INTEGER' } },
	};
	expect(schemaInstance(schema, facts)).toEqual({ ok: expect.any(Boolean), n: expect.any(Number) });
});

test('a ranking holds every offered value once, another list none twice', () => {
	const letters = ['A', 'B', 'C'];
	const list = { type: 'array', items: { type: 'string', enum: letters } };
	const schema = { type: 'object', properties: { ranking: list, supports: list } };
	for (const seed of ['one', 'two', 'three', 'four']) {
		const { ranking, supports } = schemaInstance(schema, { ...facts, seed }) as {
			ranking: string[];
			supports: string[];
		};
		expect(ranking.toSorted()).toEqual(letters);
		expect(new Set(supports).size).toBe(2);
		expect(supports).toHaveLength(2);
	}
});
