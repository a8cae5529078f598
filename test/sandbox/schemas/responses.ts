import {
	anyObject,
	closed,
	flag,
	integer,
	list,
	nullable,
	oneOf,
	tagged,
	text,
	textOr,
} from './build';
import { effort, modelFields, plainFormats, verbosity } from './openaiShared';

/**
 * Requests to the Responses API, without the server-side tools and their items.
 * Source: OpenAI's published API description of 2026-08-21 (openai/openai-openapi, MIT),
 * CreateResponse.
 */
const breakpoint = { prompt_cache_breakpoint: nullable(anyObject) };

const messagePart = tagged('type', {
	input_text: closed({ text, ...breakpoint }, ['text']),
	input_image: closed({
		image_url: nullable(text),
		file_id: nullable(text),
		detail: nullable(oneOf('low', 'high', 'auto', 'original')),
		...breakpoint,
	}),
	input_file: closed({
		file_id: nullable(text),
		filename: text,
		file_data: text,
		file_url: text,
		detail: text,
		...breakpoint,
	}),
	output_text: closed({ text, annotations: list(anyObject), logprobs: list(anyObject) }, ['text']),
	refusal: closed({ refusal: text }, ['refusal']),
});

const message = closed(
	{
		id: text,
		type: text,
		role: oneOf('user', 'assistant', 'system', 'developer'),
		content: textOr(list(messagePart)),
		phase: nullable(oneOf('commentary', 'final_answer')),
		status: oneOf('in_progress', 'completed', 'incomplete'),
	},
	['role', 'content'],
);

const status = nullable(oneOf('in_progress', 'completed', 'incomplete'));

const item = tagged(
	'type',
	{
		message,
		function_call: closed({ id: text, call_id: text, name: text, arguments: text, status }, [
			'call_id',
			'name',
			'arguments',
		]),
		function_call_output: closed(
			{ id: nullable(text), call_id: nullable(text), output: textOr(list(messagePart)), status },
			['output'],
		),
		reasoning: closed(
			{
				id: text,
				encrypted_content: nullable(text),
				summary: list(anyObject),
				content: list(anyObject),
				status,
			},
			['id', 'summary'],
		),
		item_reference: closed({ id: text }, ['id']),
	},
	message,
);

const tool = tagged('type', {
	function: closed(
		{
			name: { type: 'string', pattern: '^[a-zA-Z0-9_-]+$' },
			description: nullable(text),
			parameters: nullable(anyObject),
			strict: nullable(flag),
		},
		['name'],
	),
});

export const responsesSchema = closed(
	{
		...modelFields,
		input: textOr(list(item)),
		instructions: nullable(text),
		previous_response_id: nullable(text),
		background: nullable(flag),
		max_tool_calls: nullable(integer()),
		text: closed({
			format: tagged('type', {
				...plainFormats,
				json_schema: closed(
					{ name: text, description: text, schema: anyObject, strict: nullable(flag) },
					['schema', 'name'],
				),
			}),
			verbosity,
		}),
		tools: list(tool),
		tool_choice: {
			type: ['string', 'object'],
			if: { type: 'string' },
			then: oneOf('none', 'auto', 'required'),
			else: tagged('type', { function: closed({ name: text }, ['name']) }),
		},
		service_tier: nullable(
			oneOf('auto', 'default', 'flex', 'scale', 'priority', 'fast', 'ultrafast'),
		),
		truncation: nullable(oneOf('auto', 'disabled')),
		reasoning: nullable(
			closed({
				mode: text,
				effort,
				summary: nullable(oneOf('auto', 'concise', 'detailed')),
				context: nullable(oneOf('auto', 'current_turn', 'all_turns')),
				generate_summary: nullable(oneOf('auto', 'concise', 'detailed')),
			}),
		),
		include: nullable(list(text)),
		parallel_tool_calls: nullable(flag),
		store: nullable(flag),
		stream: nullable(flag),
		stream_options: nullable(closed({ include_obfuscation: flag })),
		max_output_tokens: nullable(integer(16)),
	},
	['model'],
);
