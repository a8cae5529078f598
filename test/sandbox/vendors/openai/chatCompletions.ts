import type { Answer, ChatAsk } from '../../ask';
import { eventStream, pieces, type ChatEndpoint, type ReplyContext } from '../../dialect';
import { digest } from '../../hash';
import { objectAt, type Json, type JsonObject } from '../../json';
import { chatCompletionsSchema } from '../../schemas/chatCompletions';
import { violationFinder } from '../../validation/violation';
import { promptText } from '../../ask';
import { readChat } from './chatReading';
import {
	effortRule,
	jsonWordRule,
	limitRule,
	samplingRule,
	strictSchemaRule,
	unsupported,
} from './rules';

const findViolation = violationFinder(chatCompletionsSchema);
const findGrossViolation = violationFinder(chatCompletionsSchema, true);

/** OpenAI's own: closed to unknown fields, and particular about its models. */
export const chatCompletions: ChatEndpoint = {
	check: (body, model) => {
		const violation = findViolation(body);
		if (violation !== undefined) return { kind: 'violation', violation };
		if (model === undefined) return undefined;
		const format = objectAt(body, 'response_format');
		const jsonSchema = objectAt(format, 'json_schema');
		if (jsonSchema !== undefined && !model.nativeSchema) {
			return {
				kind: 'refused',
				message:
					"Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
				param: 'response_format',
			};
		}
		if (model.reasoning !== 'none' && typeof body.max_tokens === 'number') {
			return unsupported('max_tokens', 'max_completion_tokens');
		}
		if (body.stream !== true && objectAt(body, 'stream_options') !== undefined) {
			return {
				kind: 'refused',
				message: "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
				param: 'stream_options',
			};
		}
		return (
			effortRule('reasoning_effort', body.reasoning_effort, model) ??
			samplingRule(body, model, body.reasoning_effort) ??
			limitRule('max_tokens', body.max_tokens, model) ??
			limitRule('max_completion_tokens', body.max_completion_tokens, model) ??
			jsonWordRule(format, promptText(readChat(body)), 'response_format') ??
			(jsonSchema?.strict === true
				? strictSchemaRule(jsonSchema.schema, jsonSchema.name, 'response_format')
				: undefined)
		);
	},
	read: readChat,
	whole: completion,
	stream: completionStream,
};

/** Other servers ignore fields that they do not know. */
export const compatibleChatCompletions: ChatEndpoint = {
	...chatCompletions,
	check: (body, model) => {
		const violation = findGrossViolation(body);
		if (violation !== undefined) return { kind: 'violation', violation };
		return model === undefined ? undefined : limitRule('max_tokens', body.max_tokens, model);
	},
};

function completion(answer: Answer, ask: ChatAsk, context: ReplyContext): Json {
	return {
		...frame(answer, context, 'chat.completion'),
		choices: Array.from({ length: ask.choices }, (_, index) => ({
			index,
			message: { role: 'assistant', ...messageOf(answer, context), annotations: [] },
			logprobs: null,
			finish_reason: finishReason(answer),
		})),
		usage: usageOf(answer),
	};
}

function completionStream(answer: Answer, ask: ChatAsk, context: ReplyContext): string {
	const { content, refusal, tool_calls: toolCalls } = messageOf(answer, context);
	const calls = Array.isArray(toolCalls) ? (toolCalls as readonly JsonObject[]) : [];
	const said = typeof content === 'string' ? content : '';
	const deltas: JsonObject[] = [
		{ role: 'assistant', content: typeof content === 'string' ? '' : null, refusal: null },
		...pieces(said).map((piece) => ({ content: piece })),
		...(typeof refusal === 'string' ? [{ refusal }] : []),
		...calls.map((call, index) => ({ tool_calls: [{ index, ...call }] })),
	];
	const base = frame(answer, context, 'chat.completion.chunk');
	// With usage asked for, every chunk names it and only the last, which has no choice, fills it.
	const empty = ask.streamUsage ? { usage: null } : {};
	const chunk = (delta: JsonObject, finish: string | null): Json => ({
		...base,
		choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
		...empty,
	});
	return eventStream([
		...deltas.map((delta) => [undefined, chunk(delta, null)] as const),
		[undefined, chunk({}, finishReason(answer))],
		...(ask.streamUsage
			? [[undefined, { ...base, choices: [], usage: usageOf(answer) }] as const]
			: []),
		[undefined, '[DONE]'],
	]);
}

function frame(answer: Answer, { callNumber, nowMs }: ReplyContext, object: string): JsonObject {
	return {
		id: `chatcmpl-${digest(`chat ${callNumber}`, 29)}`,
		object,
		created: Math.floor(nowMs / 1000),
		model: answer.model,
		service_tier: 'default',
		system_fingerprint: `fp_${digest(answer.model, 10)}`,
	};
}

function messageOf({ finish, text, toolCall }: Answer, { callNumber }: ReplyContext): JsonObject {
	if (finish === 'refusal') return { content: null, refusal: text };
	if (toolCall === undefined) return { content: text, refusal: null };
	const call = {
		id: `call_${digest(`call ${callNumber}`, 24)}`,
		type: 'function',
		function: { name: toolCall.name, arguments: JSON.stringify(toolCall.input) },
	};
	return { content: null, refusal: null, tool_calls: [call] };
}

function finishReason({ finish }: Answer): string {
	return finish === 'length' ? 'length' : finish === 'tool' ? 'tool_calls' : 'stop';
}

/** Totals include cached input and reasoning. */
function usageOf({ usage }: Answer): Json {
	const completionTokens = usage.textTokens + usage.reasoningTokens;
	return {
		prompt_tokens: usage.inputTokens,
		completion_tokens: completionTokens,
		total_tokens: usage.inputTokens + completionTokens,
		prompt_tokens_details: { cached_tokens: usage.cachedTokens, audio_tokens: 0 },
		completion_tokens_details: {
			reasoning_tokens: usage.reasoningTokens,
			audio_tokens: 0,
			accepted_prediction_tokens: 0,
			rejected_prediction_tokens: 0,
		},
	};
}
