import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractJson, findJson } from '../../../engine/policies/extractJson';
import { expectQuick } from '../../support/expectQuick';

const FENCE = '```';

test.each([
	['plain', '{"a": 1}', { a: 1 }],
	['with prose around it', 'Here it is:\n{"a": 1}\nAnything else?', { a: 1 }],
	['inside a sentence', 'The answer is {"a": 1}, I think.', { a: 1 }],
	['after a byte order mark', '\uFEFF{"a": 1}', { a: 1 }],
	['in a fence', `Sure!\n${FENCE}json\n{"a": 1}\n${FENCE}\nDone.`, { a: 1 }],
	['in a fence without a language', `${FENCE}\n[1, 2]\n${FENCE}`, [1, 2]],
	['in a fence on one line', `${FENCE}json {"a": 1}${FENCE}`, { a: 1 }],
	['in a fence that was never closed', `${FENCE}json\n{"a": 1}`, { a: 1 }],
	[
		'in a fence, with a fence in a string',
		`${FENCE}json\n{"a": "${FENCE}js\nb${FENCE}"}\n${FENCE}`,
		{ a: `${FENCE}js\nb${FENCE}` },
	],
	[
		'in the last of two fences',
		`${FENCE}json\n{"draft": 1}\n${FENCE}\nBetter:\n${FENCE}json\n{"a": 1}\n${FENCE}`,
		{ a: 1 },
	],
	[
		'in a fence rather than in prose',
		`Of {"a": 1, "b": 2, "c": 3}:\n${FENCE}\n{"a": 1}\n${FENCE}`,
		{ a: 1 },
	],
	['after reasoning', '<think>{"not": "this"}</think>{"a": 1}', { a: 1 }],
	['after reasoning whose start is missing', '{"not": "this"}</think>{"a": 1}', { a: 1 }],
	[
		'that talks about reasoning tags',
		'{"a": "between <think> and </think>"}',
		{ a: 'between <think> and </think>' },
	],
	['with braces inside strings', 'x {"a": "}{"} y', { a: '}{' }],
	['the longest of several', '{"a": 1} and {"a": 1, "b": [2, 3]}', { a: 1, b: [2, 3] }],
	['as a list of its own', 'The numbers:\n[1, 2, 3]\n', [1, 2, 3]],
	['an empty object', '{}', {}],
	['a bare number', '42', 42],
	['a bare string', '"yes"', 'yes'],
	['a bare word', 'true', true],
	['as one string', '"{\\"a\\": 1}"', { a: 1 }],
] as const)('finds JSON %s', (_where, text, expected) => {
	expect(extractJson(text)).toEqual(expected);
});

test.each([
	['a trailing comma', '{"a": [1,], "b": 2,}', { a: [1], b: 2 }],
	['a missing comma', '{"a": 1 "b": "x" "c": true}', { a: 1, b: 'x', c: true }],
	[
		'missing commas between lines',
		'{"a": "x"\n"b": {"c": 1}\n"d": 2}',
		{ a: 'x', b: { c: 1 }, d: 2 },
	],
	['a comma too many', '[1,,2]', [1, 2]],
	['comments of JavaScript', '{"a": 1, // one\n/* two */ "b": 2, // last\n}', { a: 1, b: 2 }],
	['single quotes', "{'a': 'it''s', 'b': 'x'}", { a: "it''s", b: 'x' }],
	['typographic quotes', '{“a”: “b”}', { a: 'b' }],
	['names without quotes', '{a: 1, b_c: "x"}', { a: 1, b_c: 'x' }],
	[
		'values without quotes',
		'{"a": yes, "b": 1/2, "c": http://x.y/z}',
		{ a: 'yes', b: '1/2', c: 'http://x.y/z' },
	],
	['the words of Python', '{"a": True, "b": None, "c": False}', { a: true, b: null, c: false }],
	['the words of JavaScript', '{"a": undefined, "b": NaN}', { a: null, b: null }],
	['numbers that JSON does not know', '{"a": .5, "b": +3, "c": 5.}', { a: 0.5, b: 3, c: 5 }],
	['a missing brace', '{"a": {"b": 1}', { a: { b: 1 } }],
	['a missing bracket', '{"a": [1, 2}', { a: [1, 2] }],
	['a brace too many', '{"a": 1}}', { a: 1 }],
	['raw line breaks and tabs', '{"a": "one\ntwo\tthree"}', { a: 'one\ntwo\tthree' }],
	['a line that goes on after a backslash', '{"a": "one\\\ntwo"}', { a: 'one\ntwo' }],
	[
		'quotes inside a string',
		'{"a": "he said "yes", then left", "b": 1}',
		{ a: 'he said "yes", then left', b: 1 },
	],
	[
		'an object inside a string',
		'{"a": "{"x": "y", "z": 1}", "b": 2}',
		{ a: '{"x": "y", "z": 1}', b: 2 },
	],
	['a list inside a string', '{"a": "["x", "y"]"\n}', { a: '["x", "y"]' }],
	['escaped single quotes', '{"a": "it\\\'s"}', { a: "it's" }],
	['a path of Windows', '{"a": "C:\\Users\\me"}', { a: 'C:\\Users\\me' }],
	['half an escape', '{"a": "\\u00e9 \\uZZ"}', { a: 'é \\uZZ' }],
])('reads over %s', (_what, text, expected) => {
	expect(extractJson(text)).toEqual(expected);
});

test.each([
	[
		'valid JSON',
		'{"a": "\\frac{1}{2} \\times \\boxed{3} \\neq \\rho\\nnext"}',
		'\\frac{1}{2} \\times \\boxed{3} \\neq \\rho\nnext',
	],
	[
		'raw backslashes',
		'{"a": "\\(x\\) \\sqrt{2}\\nu = \\text{b}"}',
		'\\(x\\) \\sqrt{2}\\nu = \\text{b}',
	],
	['doubled backslashes', '{"a": "\\\\frac{1}{2}\\nu = 5"}', '\\frac{1}{2}\nu = 5'],
	['no LaTeX at all', '{"a": "one\\ntwo\\tthree \\bold"}', 'one\ntwo\tthree \\bold'],
	['a word that only starts like LaTeX', '{"a": "\\nulls\\ntotal\\there"}', '\nulls\ntotal\there'],
])('keeps LaTeX and line breaks apart in %s', (_what, text, expected) => {
	expect(extractJson(text)).toEqual({ a: expected });
});

test.each([
	['prose', 'There is no document here.'],
	['nothing', ''],
	['a sentence with a brace', 'Use } to close a block.'],
	['a set in a sentence', 'The set {1, 2} and the source [1] say so.'],
	['an empty object in a sentence', 'It returns an empty {} then.'],
	['a list in a sentence', "It returns ['a', 'b'] then."],
	['code', `${FENCE}python\nd = {"a": 1}\n${FENCE}`],
	['a thought that never ends', '<think>{"a": 1}'],
	['a string that never ends', '{"a": "five'],
	['a document that stops after a comma', '{"a": 1,\n'],
	['a fence that stops inside the document', `${FENCE}json\n{"a": {"b": 1}`],
	['a list that leaves something out', '{"a": [1, 2, ...]}'],
	['a tuple', '{"a": (1, 2)}'],
	['an expression', '{"a": "<" * 10}'],
	['the inside of a document that breaks off', '{"rows": [{"a": 1}, {"a": "tw'],
	['the end of a document', 'so {"x": 1} is right.",\n  "answer": "5"\n}'],
	['the end of a document in a fence', `gives {"x": 1}",\n  "answer": "5"\n}\n${FENCE}`],
])('finds no JSON in %s', (_what, text) => {
	expect(extractJson(text)).toBeUndefined();
});

test('takes the candidate that fits the schema', () => {
	const text = `The shape {"type": "object", "of": "answer"} gives {"a": 1}; or [1, 2].`;
	expect(extractJson(text, { type: 'object', required: ['a'] })).toEqual({ a: 1 });
	expect(extractJson(text, { type: 'array' })).toEqual([1, 2]);
	expect(extractJson('[1] and {"b": "', { type: 'array' })).toEqual([1]);
	expect(extractJson('"[1, 2]"', { type: 'string' })).toBe('[1, 2]');
});

test('says what the best document has wrong when none fits the schema', () => {
	const schema = { type: 'object', required: ['b'] };
	expect(findJson('{"a": 1} or {"a": 1, "c": 2}', schema)).toEqual({
		problem: 'The JSON does not fit the schema at the top level: "b" is missing, got "a", "c"',
	});
	expect(findJson('7', schema)).toEqual({
		problem: 'The JSON does not fit the schema at the top level: expected an object, got 7',
	});
	expect(findJson('It gives [1, 2] then.', schema)).toEqual({
		problem: 'The answer is prose, with no JSON document of its own',
	});
});

test.each([
	[
		'too long',
		'a'.repeat(600_000),
		'The answer has 600,000 characters, too many to look for JSON in',
	],
	[
		'nested too deep',
		'['.repeat(100_000) + ']'.repeat(100_000),
		'The JSON is nested deeper than 100 levels',
	],
	['cut off', '{"a": "b', 'The JSON in the answer is cut off or too damaged to be read'],
	['an aside', 'It gives [1, 2] then.', 'The answer is prose, with no JSON document of its own'],
	['prose', 'No.', 'The answer holds no JSON document'],
])('says why an answer that is %s gives nothing', (_what, text, problem) => {
	expect(findJson(text)).toEqual({ problem });
});

test('keeps names that JavaScript gives a meaning', () => {
	const value = extractJson(
		'{"__proto__": {"polluted": 1}, "constructor": {"prototype": 2}, "a": 1,}',
	);
	expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor', 'a']);
	expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
	expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

describe('100 recorded answers, read by hand', () => {
	interface SampleRow {
		readonly id: string;
		readonly model: string;
		readonly text: string;
		/** What stands in the text; `null` where there is no whole object. */
		readonly object: { readonly reasoning: string; readonly answer: string | number } | null;
	}
	const rows = readFileSync(join(__dirname, '../../fixtures/structured/sample.jsonl'), 'utf8')
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as SampleRow);

	test('are 100 different ones', () => {
		expect(new Set(rows.map(({ text }) => text)).size).toBe(100);
	});

	test.each(rows)('$id by $model', ({ text, object }) => {
		expect(extractJson(text) ?? null).toEqual(object);
	});
});

const HALF_A_MEGABYTE = 510_000;
const many = (part: string, length = HALF_A_MEGABYTE) =>
	part.repeat(Math.ceil(length / part.length)).slice(0, length);

test.each([
	['open braces', many('{')],
	['open brackets', many('[')],
	['fences', many(FENCE)],
	['fences with half a document', many(`${FENCE}{"`)],
	['quotes without end', many('{"')],
	['backslashes', many('{"\\')],
	['objects', many('{"a":1} ')],
	['damaged objects', many('{"a":x} ')],
	['a list that never ends', many('[1,')],
	['names', many('"a":}')],
	['thoughts', many('<think>')],
	['comments that never end', `{"a": 1 ${many('/*')}`],
	['five million characters of prose', many('lorem ipsum ', 5_000_000)],
	['a list of numbers', `[${many('1,')}1]`],
	['trailing commas', `{"a": [${many('[1,],', 99_000)}]}`],
	['missing commas', `[${many('"a"\n"b" ', 99_000)}]`],
	['names without quotes', `{${many('a:1,', 99_000)}}`],
	['quotes inside a string', `{"a": "${many('x"y ', 99_000)}"}`],
	['objects inside a string', `{"a": "${many('{"b":"c"},', 99_000)}"}`],
	['control characters', `{"a": "${many('\u0000', 99_000)}"}`],
	['LaTeX', `{"a": "${many('\\frac{1}{2} ', 99_000)}"}`],
	['single quotes', `{'a': [${many("'b',", 99_000)}]}`],
	['100,000 objects inside each other', `${many('{"a":')}1${many('}')}`],
])('never holds the event loop up with %s', (_what, text) => {
	expectQuick(() => extractJson(text));
});
