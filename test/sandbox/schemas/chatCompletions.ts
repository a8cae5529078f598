import {
	anyObject,
	anything,
	closed,
	flag,
	integer,
	list,
	nullable,
	number,
	oneOf,
	tagged,
	text,
	textOr,
} from './build';
import { effort, modelFields, plainFormats, verbosity } from './openaiShared';

/**
 * Requests to Chat Completions, without the server-side tools.
 * Source: OpenAI's published API description of 2026-08-21 (openai/openai-openapi, MIT),
 * CreateChatCompletionRequest.
 */
const breakpoint = { prompt_cache_breakpoint: anyObject };
const textPart = closed({ text, ...breakpoint }, ['text']);

const userPart = tagged('type', {
	text: textPart,
	image_url: closed(
		{
			image_url: closed({ url: text, detail: oneOf('auto', 'low', 'high') }, ['url']),
			...breakpoint,
		},
		['image_url'],
	),
	input_audio: closed(
		{
			input_audio: closed({ data: text, format: oneOf('wav', 'mp3') }, ['data', 'format']),
			...breakpoint,
		},
		['input_audio'],
	),
	file: closed(
		{ file: closed({ filename: text, file_data: text, file_id: text }), ...breakpoint },
		['file'],
	),
});
const assistantPart = tagged('type', {
	text: textPart,
	refusal: closed({ refusal: text }, ['refusal']),
});
const toolCall = tagged('type', {
	function: closed(
		{ id: text, function: closed({ name: text, arguments: text }, ['name', 'arguments']) },
		['id', 'function'],
	),
});

const spoken = (part: ReturnType<typeof tagged>, ...required: readonly string[]) =>
	closed({ content: textOr(list(part, 1)), name: text }, ['content', ...required]);
const textOnly = tagged('type', { text: textPart });

const message = tagged('role', {
	user: spoken(userPart),
	system: spoken(textOnly),
	developer: spoken(textOnly),
	assistant: closed({
		content: nullable(textOr(list(assistantPart, 1))),
		refusal: nullable(text),
		name: text,
		audio: nullable(closed({ id: text }, ['id'])),
		tool_calls: list(toolCall),
		function_call: nullable(closed({ arguments: text, name: text }, ['arguments', 'name'])),
	}),
	tool: closed({ content: textOr(list(textOnly, 1)), tool_call_id: text }, [
		'content',
		'tool_call_id',
	]),
});

const jsonSchemaFormat = closed(
	{
		json_schema: closed(
			{ name: text, description: text, schema: anyObject, strict: nullable(flag) },
			['name'],
		),
	},
	['json_schema'],
);

const tool = tagged('type', {
	function: closed(
		{
			function: closed(
				{ name: text, description: text, parameters: anyObject, strict: nullable(flag) },
				['name'],
			),
		},
		['function'],
	),
});

export const chatCompletionsSchema = closed(
	{
		...modelFields,
		messages: list(message, 1),
		service_tier: nullable(oneOf('auto', 'default', 'flex', 'scale', 'priority', 'fast')),
		modalities: nullable(list(oneOf('text', 'audio'))),
		verbosity,
		reasoning_effort: effort,
		max_completion_tokens: nullable(integer(1)),
		max_tokens: nullable(integer(1)),
		frequency_penalty: nullable(number(-2, 2)),
		presence_penalty: nullable(number(-2, 2)),
		response_format: tagged('type', { ...plainFormats, json_schema: jsonSchemaFormat }),
		audio: nullable(closed({ voice: anything, format: text }, ['voice', 'format'])),
		store: nullable(flag),
		stream: nullable(flag),
		stream_options: nullable(closed({ include_usage: flag, include_obfuscation: flag })),
		stop: nullable(textOr(list(text, 1, 4))),
		logit_bias: nullable(anyObject),
		logprobs: nullable(flag),
		n: nullable(integer(1, 128)),
		prediction: nullable(anyObject),
		seed: nullable(integer()),
		tools: list(tool),
		tool_choice: {
			type: ['string', 'object'],
			if: { type: 'string' },
			then: oneOf('none', 'auto', 'required'),
			else: tagged('type', {
				function: closed({ function: closed({ name: text }, ['name']) }, ['function']),
			}),
		},
		parallel_tool_calls: flag,
	},
	['model', 'messages'],
);
