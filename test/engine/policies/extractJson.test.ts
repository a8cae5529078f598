import { extractJson } from '../../../engine/policies/extractJson';

test.each([
	['plain', '{"a": 1}', { a: 1 }],
	['with prose around it', 'Here it is:\n{"a": 1}\nAnything else?', { a: 1 }],
	['in a fence', 'Sure!\n```json\n{"a": 1}\n```\nDone.', { a: 1 }],
	['in a fence without a language', '```\n[1, 2]\n```', [1, 2]],
	[
		'in the last of two fences',
		'```json\n{"draft": 1}\n```\nBetter:\n```json\n{"a": 1}\n```',
		{ a: 1 },
	],
	['after reasoning', '<think>{"not": "this"}</think>{"a": 1}', { a: 1 }],
	['with braces inside strings', 'x {"a": "}{"} y', { a: '}{' }],
	['the longest of several', '{"a": 1} and {"a": 1, "b": [2, 3]}', { a: 1, b: [2, 3] }],
	['with a trailing comma', '{"a": 1,}', { a: 1 }],
	['with single quotes', "{'a': 'b'}", { a: 'b' }],
	['with raw line breaks in a string', '{"a": "one\ntwo"}', { a: 'one\ntwo' }],
	['with a LaTeX backslash', '{"a": "\\(x\\)"}', { a: '(x)' }],
	['a bare number', '42', 42],
] as const)('finds JSON %s', (_where, text, expected) => {
	expect(extractJson(text)).toEqual(expected);
});

test.each([
	['prose', 'There is no document here.'],
	['nothing', ''],
	['a sentence with a brace', 'Use } to close a block.'],
])('finds no JSON in %s', (_what, text) => {
	expect(extractJson(text)).toBeUndefined();
});

test.each([
	['many open braces', '{'.repeat(300_000)],
	['many fences', '```'.repeat(300_000)],
	['quotes without end', '{"'.repeat(200_000)],
	['five million characters of prose', 'lorem ipsum '.repeat(420_000)],
])('is done with %s in less than a second', (_what, text) => {
	const startedAtMs = performance.now();
	extractJson(text);
	expect(performance.now() - startedAtMs).toBeLessThan(1_000);
});
