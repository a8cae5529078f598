import type { Answer } from '../../ask';
import type { ReplyContext } from '../../dialect';
import { digest } from '../../hash';
import type { Json, JsonObject } from '../../json';

/** The Responses API's reply object, whole or as it stands at the start of a stream. */
export function responseObject(
	answer: Answer,
	context: ReplyContext,
	stage: 'in_progress' | 'done' = 'done',
): JsonObject {
	const isDone = stage === 'done';
	const isCut = answer.finish === 'length';
	const createdAt = Math.floor(context.nowMs / 1000);
	return {
		id: `resp_${digest(`response ${context.callNumber}`, 48)}`,
		object: 'response',
		created_at: createdAt,
		...(isDone && !isCut ? { completed_at: createdAt } : {}),
		status: isDone ? (isCut ? 'incomplete' : 'completed') : 'in_progress',
		background: false,
		error: null,
		incomplete_details: isDone && isCut ? { reason: 'max_output_tokens' } : null,
		instructions: null,
		max_output_tokens: null,
		model: answer.model,
		output: isDone ? outputItems(answer, context) : [],
		parallel_tool_calls: true,
		previous_response_id: null,
		reasoning: { effort: null, summary: null },
		service_tier: 'default',
		store: true,
		temperature: 1,
		text: { format: { type: 'text' } },
		tool_choice: 'auto',
		tools: [],
		top_p: 1,
		truncation: 'disabled',
		usage: isDone ? usageOf(answer) : null,
		metadata: {},
	};
}

/** Reasoning first, where there was any, then the message or the tool call. */
export function outputItems(answer: Answer, { callNumber }: ReplyContext): readonly JsonObject[] {
	const reasoning: readonly JsonObject[] =
		answer.usage.reasoningTokens === 0
			? []
			: [{ id: `rs_${digest(`reasoning ${callNumber}`, 48)}`, type: 'reasoning', summary: [] }];
	const isCut = answer.finish === 'length';
	const status = isCut ? 'incomplete' : 'completed';
	if (answer.toolCall !== undefined) {
		const call: JsonObject = {
			id: `fc_${digest(`tool ${callNumber}`, 48)}`,
			type: 'function_call',
			status,
			call_id: `call_${digest(`call ${callNumber}`, 24)}`,
			name: answer.toolCall.name,
			arguments: JSON.stringify(answer.toolCall.input),
		};
		return [...reasoning, call];
	}
	// A limit that is used up by reasoning leaves no message at all.
	if (answer.text === '') return reasoning;
	const part: Json =
		answer.finish === 'refusal'
			? { type: 'refusal', refusal: answer.text }
			: { type: 'output_text', text: answer.text, annotations: [], logprobs: [] };
	const message: JsonObject = {
		id: `msg_${digest(`message ${callNumber}`, 48)}`,
		type: 'message',
		status,
		role: 'assistant',
		content: [part],
	};
	return [...reasoning, message];
}

/** Totals include cached input and reasoning. */
function usageOf({ usage }: Answer): Json {
	const outputTokens = usage.textTokens + usage.reasoningTokens;
	return {
		input_tokens: usage.inputTokens,
		input_tokens_details: { cached_tokens: usage.cachedTokens, cache_write_tokens: 0 },
		output_tokens: outputTokens,
		output_tokens_details: { reasoning_tokens: usage.reasoningTokens },
		total_tokens: usage.inputTokens + outputTokens,
	};
}
