import { startSandbox, type Sandbox } from './index';
import { CALLS, callOf, chat, wire } from './support/clients';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

type Case = readonly [
	title: string,
	model: string | undefined,
	more: object,
	says: RegExp | string,
];

function refuses(name: string, cases: readonly Case[]): void {
	const call = callOf(name);
	test.each(cases)(`${name} refuses %s`, async (_title, model, more, says) => {
		const reply = await chat(sandbox.url, call, 'Hello', {
			more,
			...(model === undefined ? {} : { model }),
		});
		expect(reply.status).toBe(400);
		const { error } = reply.json as { error: { message: string } };
		if (typeof says === 'string') expect(error.message).toBe(says);
		else expect(error.message).toMatch(says);
	});
}

function accepts(
	name: string,
	cases: readonly (readonly [string, string | undefined, object])[],
): void {
	const call = callOf(name);
	test.each(cases)(`${name} accepts %s`, async (_title, model, more) => {
		const reply = await chat(sandbox.url, call, 'Reply in JSON: Hello', {
			more,
			...(model === undefined ? {} : { model }),
		});
		expect([reply.status, reply.text]).toEqual([200, expect.any(String)]);
	});
}

const openObject = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
const strictObject = { ...openObject, additionalProperties: false };
const user = (content: unknown) => ({ messages: [{ role: 'user', content }] });
const chatFormat = (schema: object) => ({
	response_format: { type: 'json_schema', json_schema: { name: 'r', strict: true, schema } },
});

refuses('Chat Completions', [
	['an unknown field', undefined, { max_token: 5 }, "Unknown parameter: 'max_token'."],
	[
		'an unknown field inside a message',
		undefined,
		user([{ type: 'text', text: 'Hi', colour: 'red' }]),
		"Unknown parameter: 'messages[0].content[0].colour'.",
	],
	['no messages', undefined, { messages: undefined }, "Missing required parameter: 'messages'."],
	['an empty list of messages', undefined, { messages: [] }, /^Invalid 'messages': empty array\./],
	[
		'a wrong type',
		undefined,
		{ temperature: 'hot' },
		"Invalid type for 'temperature': expected a decimal, but got a string instead.",
	],
	[
		'a temperature above 2',
		undefined,
		{ temperature: 2.5 },
		/above maximum value.* <= 2, but got 2\.5/,
	],
	[
		'a temperature below 0',
		undefined,
		{ temperature: -1 },
		/below minimum value.* >= 0, but got -1/,
	],
	[
		'a role that does not exist',
		undefined,
		{ messages: [{ role: 'bot', content: 'x' }] },
		/'bot'.*'user'/,
	],
	['five stop sequences', undefined, { stop: ['a', 'b', 'c', 'd', 'e'] }, /maximum length 4/],
	['a limit above the model', undefined, { max_tokens: 99_999 }, /at most 16384 completion tokens/],
	[
		'JSON mode without the word',
		undefined,
		{ response_format: { type: 'json_object' } },
		/the word 'json'/,
	],
	[
		'an open strict schema',
		undefined,
		chatFormat(openObject),
		/'additionalProperties' is required/,
	],
	[
		'a strict schema with an optional field',
		undefined,
		chatFormat({ ...strictObject, required: [] }),
		/every key in properties\. Missing 'a'/,
	],
	[
		'a schema that is no object',
		undefined,
		chatFormat({ type: 'array', items: {} }),
		/type: "object"/,
	],
	[
		'a schema on an old model',
		'gpt-3.5-turbo',
		chatFormat(strictObject),
		/not supported with this model/,
	],
	[
		'stream_options without a stream',
		undefined,
		{ stream_options: { include_usage: true } },
		/stream/,
	],
	[
		'a temperature on a reasoning model',
		'gpt-5-mini',
		{ temperature: 0.2 },
		/'temperature' does not support 0\.2/,
	],
	[
		'max_tokens on a reasoning model',
		'o4-mini',
		{ max_tokens: 50 },
		/Use 'max_completion_tokens' instead/,
	],
	['stop on a reasoning model', 'o3', { stop: 'x' }, /Unsupported parameter: 'stop'/],
	[
		'an effort on a model without reasoning',
		undefined,
		{ reasoning_effort: 'low' },
		/'reasoning_effort'/,
	],
	[
		'the effort none on a model that always reasons',
		'gpt-5',
		{ reasoning_effort: 'none' },
		/'minimal', 'low'/,
	],
	[
		'a temperature on gpt-5.1 while it reasons',
		'gpt-5.1',
		{ reasoning_effort: 'low', temperature: 0 },
		/only the default/i,
	],
]);
accepts('Chat Completions', [
	[
		'every ordinary setting',
		undefined,
		{
			temperature: 1.2,
			top_p: 0.9,
			n: 1,
			stop: ['x'],
			seed: 7,
			max_tokens: 50,
			presence_penalty: 0.5,
			user: 'u',
		},
	],
	['JSON mode with the word', undefined, { response_format: { type: 'json_object' } }],
	['a strict schema', undefined, chatFormat(strictObject)],
	['a temperature of 1 on a reasoning model', 'gpt-5-mini', { temperature: 1 }],
	[
		'a temperature on gpt-5.1 without reasoning',
		'gpt-5.1',
		{ reasoning_effort: 'none', temperature: 0.2 },
	],
	['null where the API allows it', undefined, { stop: null, max_tokens: null, temperature: null }],
]);

refuses('Responses', [
	['an unknown field', undefined, { stop: ['x'] }, "Unknown parameter: 'stop'."],
	['a seed, which it does not know', undefined, { seed: 1 }, "Unknown parameter: 'seed'."],
	[
		'a nested unknown field',
		undefined,
		{ reasoning: { depth: 3 } },
		"Unknown parameter: 'reasoning.depth'.",
	],
	['no input', undefined, { input: undefined }, "Missing required parameter: 'input'."],
	['an empty input list', undefined, { input: [] }, "Missing required parameter: 'input'."],
	['a limit below 16', undefined, { max_output_tokens: 8 }, /integer below minimum value.* >= 16/],
	[
		'an open strict schema',
		undefined,
		{ text: { format: { type: 'json_schema', name: 'r', strict: true, schema: openObject } } },
		/'additionalProperties'/,
	],
	['a temperature on a reasoning model', 'gpt-5-mini', { temperature: 0 }, /does not support 0/],
	[
		'an effort on a model without reasoning',
		undefined,
		{ reasoning: { effort: 'low' } },
		/'reasoning\.effort'/,
	],
]);

refuses('Anthropic', [
	['a call without max_tokens', undefined, { max_tokens: undefined }, 'max_tokens: Field required'],
	['an unknown field', undefined, { seed: 1 }, 'seed: Extra inputs are not permitted'],
	[
		'a nested unknown field',
		undefined,
		user([{ type: 'text', text: 'Hi', colour: 'red' }]),
		'messages.0.content.0.colour: Extra inputs are not permitted',
	],
	[
		'a temperature above 1',
		undefined,
		{ temperature: 1.5 },
		'temperature: Input should be less than or equal to 1',
	],
	[
		'a wrong type',
		undefined,
		{ max_tokens: 'many' },
		'max_tokens: Input should be a valid integer',
	],
	['no messages', undefined, { messages: [] }, 'messages: at least one message is required'],
	[
		'an empty message',
		undefined,
		user(''),
		/^messages\.0: all messages must have non-empty content/,
	],
	[
		'an empty text block',
		undefined,
		user([{ type: 'text', text: '' }]),
		'messages: text content blocks must be non-empty',
	],
	[
		'a limit above the model',
		undefined,
		{ max_tokens: 9000 },
		/^max_tokens: 9000 > 8192, which is the maximum/,
	],
	[
		'a temperature on the newest models',
		'claude-sonnet-5-5',
		{ temperature: 0.5 },
		'`temperature` is deprecated for this model.',
	],
	[
		'temperature with top_p on Claude 4.5',
		'claude-haiku-4-5',
		{ temperature: 0.5, top_p: 0.9 },
		/cannot both be specified/,
	],
	[
		'thinking on a model without it',
		undefined,
		{ thinking: { type: 'enabled', budget_tokens: 1024 } },
		/not supported for this model/,
	],
	[
		'a thinking budget above the limit',
		'claude-haiku-4-5',
		{ max_tokens: 1024, thinking: { type: 'enabled', budget_tokens: 2048 } },
		/must be greater than `thinking\.budget_tokens`/,
	],
	[
		'a schema on a model without native schemas',
		undefined,
		{ output_config: { format: { type: 'json_schema', schema: strictObject } } },
		/not supported by this model/,
	],
	[
		'an open schema',
		'claude-haiku-4-5',
		{ output_config: { format: { type: 'json_schema', schema: openObject } } },
		/'additionalProperties' must be explicitly set to false/,
	],
]);
accepts('Anthropic', [
	[
		'system, settings and stop sequences',
		undefined,
		{
			system: 'Be brief.',
			temperature: 0.3,
			top_k: 5,
			stop_sequences: ['x'],
			metadata: { user_id: 'u' },
		},
	],
	[
		'thinking on Claude 4.5',
		'claude-haiku-4-5',
		{ thinking: { type: 'enabled', budget_tokens: 1024 } },
	],
	[
		'a closed schema',
		'claude-haiku-4-5',
		{ output_config: { format: { type: 'json_schema', schema: strictObject } } },
	],
]);

test('Anthropic takes no sampling settings from the version 2026-10-21 on', async () => {
	const call = callOf('Anthropic');
	const headers = { ...call.headers, 'anthropic-version': '2026-10-21' };
	const options = { headers, model: 'claude-haiku-4-5' };
	const plain = await chat(sandbox.url, call, 'Hello', options);
	expect(plain.status).toBe(200);
	const warm = await chat(sandbox.url, call, 'Hello', { ...options, more: { temperature: 0.5 } });
	expect([warm.status, warm.text]).toEqual([400, expect.stringContaining('Extra inputs')]);
});

const contents = (parts: unknown) => ({ contents: [{ role: 'user', parts }] });
refuses('Gemini', [
	[
		'an unknown field',
		undefined,
		{ prompt: 'x' },
		'Invalid JSON payload received. Unknown name "prompt": Cannot find field.',
	],
	[
		'a nested unknown field',
		undefined,
		{ generationConfig: { maxTokens: 5 } },
		'Invalid JSON payload received. Unknown name "maxTokens" at \'generation_config\': Cannot find field.',
	],
	[
		'no contents',
		undefined,
		{ contents: undefined },
		'* GenerateContentRequest.contents: contents is not specified',
	],
	['an empty list of parts', undefined, contents([]), /parts must not be empty/],
	[
		'a wrong type',
		undefined,
		{ generationConfig: { temperature: 'hot' } },
		'Invalid value at \'generation_config.temperature\' (TYPE_FLOAT), "hot"',
	],
	[
		'a temperature above 2',
		undefined,
		{ generationConfig: { temperature: 2.1 } },
		/range \[0\.0, 2\.0\]/,
	],
	['a topP above 1', undefined, { generationConfig: { topP: 1.5 } }, /range \[0\.0, 1\.0\]/],
	[
		'a limit above the model',
		undefined,
		{ generationConfig: { maxOutputTokens: 9000 } },
		/supported range is from 1/,
	],
	[
		'thinking on a model without it',
		undefined,
		{ generationConfig: { thinkingConfig: { thinkingBudget: 100 } } },
		'Thinking is not enabled for this model.',
	],
	[
		'JSON Schema words in its own schema',
		undefined,
		{ generationConfig: { responseSchema: { type: 'OBJECT', additionalProperties: false } } },
		/Unknown name "additionalProperties" at 'generation_config.response_schema'/,
	],
]);
accepts('Gemini', [
	[
		'settings and safety',
		undefined,
		{
			generationConfig: { temperature: 2, topK: 40, seed: 3, stopSequences: ['x'] },
			safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'OFF' }],
		},
	],
	[
		'a JSON Schema',
		undefined,
		{ generationConfig: { responseMimeType: 'application/json', responseJsonSchema: openObject } },
	],
	[
		'a thinking budget where it thinks',
		'gemini-2.5-flash',
		{ generationConfig: { thinkingConfig: { thinkingBudget: 0 } } },
	],
]);

refuses('OpenAI-compatible', [
	['no messages', undefined, { messages: [] }, /empty array/],
	['a wrong type', undefined, { temperature: 'hot' }, /Invalid type for 'temperature'/],
]);
accepts('OpenAI-compatible', [
	[
		'fields that it does not know, as such servers do',
		undefined,
		{ top_k: 40, chat_template_kwargs: {} },
	],
]);

describe.each(CALLS)('$name', (call) => {
	const statusOf = (json: unknown) => (json as { error: { message: string } }).error.message;

	test('does not know a model that is not in its list', async () => {
		const reply = await chat(sandbox.url, call, 'Hello', { model: 'gpt-none' });
		expect(reply.status).toBe(404);
		expect(statusOf(reply.json)).toContain('gpt-none');
	});

	test('does not chat with a model that is for something else', async () => {
		const others: Readonly<Record<string, string>> = {
			openai: 'text-embedding-3-small',
			google: 'gemini-embedding-001',
			compatible: 'bge-m3',
			local: 'nomic-embed-text:latest',
		};
		const model = others[call.vendor];
		if (model === undefined) return;
		expect((await chat(sandbox.url, call, 'Hello', { model })).status).toBe(404);
	});

	test('refuses a body that is not JSON', async () => {
		const reply = await wire(`${sandbox.url}${call.path(call.model)}`, {
			headers: call.headers,
			body: '{"model": ',
		});
		expect(reply.status).toBe(400);
		expect(reply.json).toHaveProperty('error');
	});

	test('has no other paths', async () => {
		const reply = await wire(`${sandbox.url}/${call.vendor}/v1/nowhere`, {
			headers: call.headers,
			body: {},
		});
		expect(reply.status).toBe(404);
		expect(reply.json).toHaveProperty('error');
	});

	test('says when the prompt does not fit the context window', async () => {
		const small: Readonly<Record<string, string>> = { openai: 'gpt-3.5-turbo' };
		const model = small[call.vendor] ?? call.model;
		const windowTokens = { 'gpt-3.5-turbo': 16_385, 'claude-3-5-haiku-20241022': 200_000 }[model];
		const long = 'word '.repeat(Math.ceil(((windowTokens ?? 1_000_000) * 4) / 5) + 100);
		const reply = await chat(sandbox.url, call, long, { model });
		expect(reply.status).toBe(400);
		expect(statusOf(reply.json)).toMatch(
			/maximum context length is \d+ tokens|prompt is too long: \d+ tokens > 200000|token count \(\d+\) exceeds/,
		);
	});
});

test('a body above the limit is refused with 413', async () => {
	const call = callOf('Anthropic');
	const reply = await chat(sandbox.url, call, 'x'.repeat(33 * 1024 * 1024));
	expect(reply.status).toBe(413);
	expect(reply.json).toMatchObject({ error: { type: 'request_too_large' } });
});

test('a path of no vendor is not a call', async () => {
	sandbox.clearCalls();
	expect((await wire(`${sandbox.url}/elsewhere/v1/models`)).status).toBe(404);
	expect(sandbox.calls()).toEqual([]);
});
