import { openObject, refusalTests, strictObject, userMessage } from '../../support/refusals';

const chatFormat = (schema: object) => ({
	response_format: { type: 'json_schema', json_schema: { name: 'r', strict: true, schema } },
});

describe('Chat Completions', () => {
	const { refuses, accepts } = refusalTests('Chat Completions');
	refuses([
		['an unknown field', undefined, { max_token: 5 }, "Unknown parameter: 'max_token'."],
		[
			'an unknown field inside a message',
			undefined,
			userMessage([{ type: 'text', text: 'Hi', colour: 'red' }]),
			"Unknown parameter: 'messages[0].content[0].colour'.",
		],
		['no messages', undefined, { messages: undefined }, "Missing required parameter: 'messages'."],
		[
			'an empty list of messages',
			undefined,
			{ messages: [] },
			/^Invalid 'messages': empty array\./,
		],
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
		[
			'a limit above the model',
			undefined,
			{ max_tokens: 99_999 },
			/at most 16384 completion tokens/,
		],
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
	accepts([
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
		[
			'null where the API allows it',
			undefined,
			{ stop: null, max_tokens: null, temperature: null },
		],
	]);
});

describe('Responses', () => {
	const { refuses } = refusalTests('Responses');
	refuses([
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
		[
			'a limit below 16',
			undefined,
			{ max_output_tokens: 8 },
			/integer below minimum value.* >= 16/,
		],
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
});

describe('an OpenAI-compatible server', () => {
	const { refuses, accepts } = refusalTests('OpenAI-compatible');
	refuses([
		['no messages', undefined, { messages: [] }, /empty array/],
		['a wrong type', undefined, { temperature: 'hot' }, /Invalid type for 'temperature'/],
	]);
	accepts([
		[
			'fields that it does not know, as such servers do',
			undefined,
			{ top_k: 40, chat_template_kwargs: {} },
		],
	]);
});
