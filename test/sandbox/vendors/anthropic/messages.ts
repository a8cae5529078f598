import type { Answer } from '../../ask';
import {
	eventStream,
	headerText,
	pieces,
	type ChatEndpoint,
	type ReplyContext,
} from '../../dialect';
import { digest } from '../../hash';
import type { Json, JsonObject } from '../../json';
import { messagesSchema, messagesSchema20261021 } from '../../schemas/messages';
import { violationFinder, type FindViolation } from '../../validation/violation';
import { readMessages } from './reading';
import { anthropicRules } from './rules';

/** Each API version with what it lets through. */
export const VERSIONS: Readonly<Record<string, FindViolation>> = {
	'2023-06-01': violationFinder(messagesSchema),
	'2026-10-21': violationFinder(messagesSchema20261021),
};

export const messages: ChatEndpoint = {
	check: (body, model, headers) => {
		const version = headerText(headers, 'anthropic-version') ?? '';
		const findViolation = Object.hasOwn(VERSIONS, version) ? VERSIONS[version] : undefined;
		const violation = findViolation?.(body);
		return violation === undefined ? anthropicRules(body, model) : { kind: 'violation', violation };
	},
	read: readMessages,
	whole: (answer, _ask, context) => ({
		...frame(answer, context),
		content: blocks(answer, context),
		stop_reason: stopReason(answer),
		stop_sequence: answer.stopSequence ?? null,
		stop_details: refusalDetails(answer),
		usage: usageOf(answer),
	}),
	stream: (answer, _ask, context) => messageStream(answer, context),
};

function messageStream(answer: Answer, context: ReplyContext): string {
	const usage = usageOf(answer);
	const start = {
		...frame(answer, context),
		content: [],
		stop_reason: null,
		stop_sequence: null,
		stop_details: null,
		usage: { ...usage, output_tokens: 1, output_tokens_details: null },
	};
	const events: readonly JsonObject[] = [
		{ type: 'message_start', message: start },
		{ type: 'ping' },
		...blocks(answer, context).flatMap(blockEvents),
		{
			type: 'message_delta',
			delta: {
				stop_reason: stopReason(answer),
				stop_sequence: answer.stopSequence ?? null,
				stop_details: refusalDetails(answer),
				container: null,
			},
			usage: deltaUsage(usage),
		},
		{ type: 'message_stop' },
	];
	return eventStream(events.map((event) => [String(event.type), event] as const));
}

function blockEvents(block: JsonObject, index: number): readonly JsonObject[] {
	const { empty, deltas } = piecesOf(block);
	return [
		{ type: 'content_block_start', index, content_block: empty },
		...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
		{ type: 'content_block_stop', index },
	];
}

function piecesOf(block: JsonObject): {
	readonly empty: JsonObject;
	readonly deltas: readonly JsonObject[];
} {
	switch (block.type) {
		case 'thinking':
			return {
				empty: { ...block, thinking: '', signature: '' },
				deltas: [
					{ type: 'thinking_delta', thinking: String(block.thinking) },
					{ type: 'signature_delta', signature: String(block.signature) },
				],
			};
		case 'tool_use':
			return {
				empty: { ...block, input: {} },
				deltas: pieces(JSON.stringify(block.input)).map((piece) => ({
					type: 'input_json_delta',
					partial_json: piece,
				})),
			};
		default:
			return {
				empty: { ...block, text: '' },
				deltas: pieces(String(block.text)).map((text) => ({ type: 'text_delta', text })),
			};
	}
}

function frame(answer: Answer, { callNumber }: ReplyContext): JsonObject {
	const id = `msg_01${digest(`message ${callNumber}`, 22)}`;
	return {
		id,
		type: 'message',
		role: 'assistant',
		model: answer.model,
		container: null,
		diagnostics: null,
	};
}

/** A refusal has no content at all. */
function blocks(answer: Answer, { callNumber }: ReplyContext): readonly JsonObject[] {
	const thinking: readonly JsonObject[] =
		answer.usage.reasoningTokens === 0
			? []
			: [
					{
						type: 'thinking',
						thinking: 'Reading the request and working out the answer.',
						signature: digest(`thinking ${callNumber}`, 64),
					},
				];
	if (answer.finish === 'refusal') return [];
	if (answer.toolCall !== undefined) {
		const id = `toolu_01${digest(`tool ${callNumber}`, 22)}`;
		return [...thinking, { type: 'tool_use', id, ...answer.toolCall }];
	}
	return answer.text === ''
		? thinking
		: [...thinking, { type: 'text', text: answer.text, citations: null }];
}

function stopReason({ finish }: Answer): string {
	switch (finish) {
		case 'length':
			return 'max_tokens';
		case 'stop-sequence':
			return 'stop_sequence';
		case 'tool':
			return 'tool_use';
		case 'refusal':
			return 'refusal';
		case 'stop':
			return 'end_turn';
	}
}

function refusalDetails({ finish }: Answer): Json {
	return finish === 'refusal' ? { type: 'refusal', category: null, explanation: null } : null;
}

/** The last event repeats the counts and leaves out how the call was served. */
function deltaUsage(usage: JsonObject): JsonObject {
	const {
		service_tier: _tier,
		inference_geo: _geo,
		speed: _speed,
		cache_creation: _cache,
		...counts
	} = usage;
	return counts;
}

/** `input_tokens` excludes what the cache read or wrote; `output_tokens` includes the thinking. */
function usageOf({ usage }: Answer): JsonObject {
	const details: Json =
		usage.reasoningTokens === 0 ? null : { thinking_tokens: usage.reasoningTokens };
	return {
		input_tokens: usage.inputTokens - usage.cachedTokens - usage.cacheWriteTokens,
		cache_creation_input_tokens: usage.cacheWriteTokens,
		cache_read_input_tokens: usage.cachedTokens,
		cache_creation: {
			ephemeral_5m_input_tokens: usage.cacheWriteTokens,
			ephemeral_1h_input_tokens: 0,
		},
		output_tokens: usage.textTokens + usage.reasoningTokens,
		output_tokens_details: details,
		server_tool_use: null,
		service_tier: 'standard',
		inference_geo: null,
		speed: null,
	};
}
