import type { Schema } from '@cfworker/json-schema';
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

/**
 * Requests to Anthropic's Messages API, without the server-side tools and their blocks.
 * Source: request types of the npm package @anthropic-ai/sdk 0.137.0 (MIT), version 2023-06-01.
 */
const cached = {
	cache_control: nullable(
		closed({ type: { const: 'ephemeral', type: 'string' }, ttl: oneOf('5m', '1h') }, ['type']),
	),
};
const textBlock = closed({ text, citations: nullable(list(anyObject)), ...cached }, ['text']);
const source = tagged('type', {
	base64: closed({ data: text, media_type: text }, ['data', 'media_type']),
	url: closed({ url: text }, ['url']),
	file: closed({ file_id: text }, ['file_id']),
	text: closed({ data: text, media_type: { const: 'text/plain', type: 'string' } }, [
		'data',
		'media_type',
	]),
	content: closed({ content: textOr(list(anyObject)) }, ['content']),
});
const image = closed({ source, transformations: nullable(anyObject), ...cached }, ['source']);
const document = closed(
	{
		source,
		citations: nullable(closed({ enabled: flag })),
		context: nullable(text),
		title: nullable(text),
		...cached,
	},
	['source'],
);

const block = tagged('type', {
	text: textBlock,
	image,
	document,
	thinking: closed({ signature: text, thinking: text }, ['signature', 'thinking']),
	redacted_thinking: closed({ data: text }, ['data']),
	tool_use: closed({ id: text, input: anything, name: text, caller: anyObject, ...cached }, [
		'id',
		'input',
		'name',
	]),
	tool_result: closed(
		{
			tool_use_id: text,
			content: textOr(list(tagged('type', { text: textBlock, image, document }))),
			is_error: flag,
			...cached,
		},
		['tool_use_id'],
	),
});

const tool = closed(
	{
		name: { type: 'string', pattern: '^[a-zA-Z0-9_-]{1,128}$' },
		description: text,
		input_schema: { type: 'object', required: ['type'], properties: { type: { const: 'object' } } },
		type: nullable(oneOf('custom')),
		strict: flag,
		defer_loading: flag,
		eager_input_streaming: nullable(flag),
		input_examples: list(anyObject),
		...cached,
	},
	['name', 'input_schema'],
);

const parallel = { disable_parallel_tool_use: flag };
const fields: Readonly<Record<string, Schema>> = {
	model: text,
	messages: list(
		closed({ role: oneOf('user', 'assistant', 'system'), content: textOr(list(block)) }, [
			'role',
			'content',
		]),
	),
	max_tokens: integer(1),
	system: textOr(list(tagged('type', { text: textBlock }))),
	metadata: closed({ user_id: nullable(text) }),
	stop_sequences: list(text),
	stream: flag,
	temperature: number(0, 1),
	top_p: number(0, 1),
	top_k: integer(0),
	thinking: tagged('type', {
		enabled: closed(
			{ budget_tokens: integer(1024), display: nullable(oneOf('summarized', 'omitted')) },
			['budget_tokens'],
		),
		disabled: closed({}),
		adaptive: closed({ display: nullable(oneOf('summarized', 'omitted')) }),
		between_tools: closed({}),
	}),
	output_config: closed({
		effort: nullable(oneOf('low', 'medium', 'high', 'xhigh', 'max')),
		format: nullable(tagged('type', { json_schema: closed({ schema: anyObject }, ['schema']) })),
	}),
	tools: list(tool),
	tool_choice: tagged('type', {
		auto: closed(parallel),
		any: closed(parallel),
		none: closed({}),
		tool: closed({ name: text, ...parallel }, ['name']),
	}),
	service_tier: oneOf('auto', 'standard_only'),
	inference_geo: nullable(text),
	speed: nullable(oneOf('standard', 'fast')),
	...cached,
};

export const messagesSchema = closed(fields, ['model', 'messages', 'max_tokens']);

/** Version 2026-10-21 has no sampling settings. Source: @anthropic-ai/sdk 1.12.0 (MIT). */
export const messagesSchema20261021 = closed(
	Object.fromEntries(
		Object.entries(fields).filter(([name]) => !/^(temperature|top_p|top_k)$/.test(name)),
	),
	['model', 'messages', 'max_tokens'],
);
