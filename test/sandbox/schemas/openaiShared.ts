import type { Schema } from '@cfworker/json-schema';
import { closed, integer, nullable, number, oneOf, text } from './build';

/**
 * Fields that Chat Completions and Responses share.
 * Source: OpenAI's published API description of 2026-08-21 (openai/openai-openapi, MIT).
 */
const stringMap: Schema = { type: 'object', additionalProperties: { type: 'string' } };

export const effort = nullable(oneOf('none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'));
export const verbosity = nullable(oneOf('low', 'medium', 'high'));

export const modelFields: Readonly<Record<string, Schema>> = {
	model: text,
	metadata: nullable(stringMap),
	temperature: nullable(number(0, 2)),
	top_p: nullable(number(0, 1)),
	top_logprobs: nullable(integer(0, 20)),
	user: text,
	safety_identifier: nullable({ type: 'string', maxLength: 64 }),
	prompt_cache_key: nullable(text),
	prompt_cache_retention: nullable(oneOf('in_memory', '24h')),
	prompt_cache_options: closed({ ttl: text, mode: text }),
};

export const plainFormats: Readonly<Record<string, Schema>> = {
	text: closed({}),
	json_object: closed({}),
};
