import type { ChatRequest, ChatResponse } from '../../../engine/index';
import { acceptAnswer, isStorable } from '../../../engine/policies/accept';
import { atOnce } from '../../../engine/prompt/steps';
import { expectQuickSteps } from '../../support/expectQuickSteps';

const TEXT: ChatRequest = { messages: [{ role: 'user', content: 'x' }], outputFormat: 'text' };
const JSON_ASKED: ChatRequest = { ...TEXT, outputFormat: 'json' };
const SCHEMA: ChatRequest = {
	...JSON_ASKED,
	jsonSchema: { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] },
};

const reply = (text: string, unified: ChatResponse['finishReason']['unified'] = 'stop') =>
	({
		text,
		finishReason: { unified },
		usage: { inputTokens: 3, outputTokens: 2 },
		modelId: 'm',
		warnings: [],
	}) satisfies ChatResponse;

const judge = (request: ChatRequest, response: ChatResponse) =>
	atOnce(acceptAnswer(request, response));

test.each([
	{ request: TEXT, response: reply('', 'stop'), kind: 'empty-answer' },
	{ request: TEXT, response: reply(' ', 'length'), kind: 'truncated' },
	{ request: TEXT, response: reply('Sorry', 'content-filter'), kind: 'content-filter' },
	{ request: JSON_ASKED, response: reply('{"a": 1}', 'length'), kind: 'truncated' },
	{ request: JSON_ASKED, response: reply('None.'), kind: 'schema-mismatch' },
	{ request: SCHEMA, response: reply('{"a": "1"}'), kind: 'schema-mismatch' },
])('$response.text ($response.finishReason.unified) is $kind', ({ request, response, kind }) => {
	expect(judge(request, response)).toMatchObject({
		ok: false,
		failure: { kind, status: 200, usage: response.usage },
	});
});

test('an answer with the wrong JSON goes along with what is wrong with it', () => {
	const text = 'Here: {"a": "1"}';
	expect(judge(SCHEMA, reply(text))).toEqual({
		ok: false,
		failure: {
			kind: 'schema-mismatch',
			message: 'The JSON does not fit the schema at a: expected a whole number, got "1"',
			answer: text,
			status: 200,
			usage: { inputTokens: 3, outputTokens: 2 },
		},
	});
});

test('the document that fits the schema is taken, and the text stays as it came', () => {
	const text = 'A shape such as {"a": "number", "of": "all"} gives:\n\n{"a": 7}';
	expect(judge(SCHEMA, reply(text))).toMatchObject({ ok: true, value: { text, data: { a: 7 } } });
});

test('a text cut at the output limit is an answer with a warning, but it is not stored', () => {
	const outcome = judge(TEXT, reply('The first half', 'length'));
	expect(outcome).toMatchObject({
		ok: true,
		value: { warnings: [expect.stringContaining('raise Max Output Tokens')] },
	});
	expect(isStorable(reply('The first half', 'length'))).toBe(false);
	expect(isStorable(reply('All of it'))).toBe(true);
});

const many = (part: string, length: number) =>
	part.repeat(Math.ceil(length / part.length)).slice(0, length);
const rows = (count: number, row: (index: number) => object) =>
	JSON.stringify(Array.from({ length: count }, (_, index) => row(index)));
const listOf = (items: object): ChatRequest => ({
	...JSON_ASKED,
	jsonSchema: { type: 'array', items: items as { type: string } },
});

interface LongCase {
	readonly what: string;
	readonly request: ChatRequest;
	readonly text: string;
	readonly ok: boolean;
}

test.each<LongCase>([
	{
		what: '50,000 rows against their schema',
		request: listOf(SCHEMA.jsonSchema ?? {}),
		text: rows(50_000, (index) => ({ a: index % 10 })),
		ok: true,
	},
	{
		what: '15,000 rows of three fields',
		request: listOf({
			type: 'object',
			properties: { id: { type: 'integer' }, name: { type: 'string' }, on: { type: 'boolean' } },
			required: ['id', 'name', 'on'],
			additionalProperties: false,
		}),
		text: rows(15_000, (id) => ({ id, name: 'x', on: true })),
		ok: true,
	},
	{ what: '5 MB of prose', request: SCHEMA, text: many('lorem ipsum ', 5_000_000), ok: false },
	{
		what: '5 MB of JSON',
		request: SCHEMA,
		text: rows(200_000, (id) => ({ id, name: 'some text' })),
		ok: false,
	},
	{
		what: '100,000 objects inside each other',
		request: SCHEMA,
		text: `${many('{"a":', 500_000)}1`,
		ok: false,
	},
	{
		what: 'a damaged document against a pattern that backtracks',
		request: { ...JSON_ASKED, jsonSchema: { items: { pattern: '^(a+)+$' } } },
		text: `['${many('a', 90_000)}!',]`,
		ok: false,
	},
	{
		what: 'eight documents against alternatives that double',
		request: {
			...JSON_ASKED,
			jsonSchema: {
				properties: { a: { anyOf: [{ $ref: '#' }, { $ref: '#' }] } },
				required: ['b'],
			},
		},
		text: `${many('{"a":', 5 * 60)}1${many('}', 60)}\n`.repeat(8),
		ok: false,
	},
])('never holds up the event loop: $what', ({ request, text, ok }) => {
	const outcome = expectQuickSteps(() => acceptAnswer(request, reply(text)));
	expect(outcome.ok).toBe(ok);
});
