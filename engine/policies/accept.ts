import type { ChatRequest, ChatResponse } from '../spec/chat';
import type { Outcome } from '../spec/failures';
import { findJsonSteps, MAX_ANSWER_CHARS } from './extractJson';

const CUT_SHORT =
	'The answer was cut at the output limit: raise Max Output Tokens to get all of it';

/**
 * Judges a complete reply before it counts as an answer or is stored: empty, refused, cut where a
 * whole document was asked for, and JSON that is not what was asked for are failures. Works in steps:
 * at each `yield` others may have their turn.
 */
export function* acceptAnswer(
	request: ChatRequest,
	response: ChatResponse,
): Generator<void, Outcome<ChatResponse>, void> {
	const { finishReason, text, usage } = response;
	if (finishReason.unified === 'content-filter') {
		const said = text.trim() === '' ? '' : `: ${text.trim().slice(0, 300)}`;
		return refuse('content-filter', `The model refused or its answer was filtered${said}`);
	}
	if (text.trim() === '') {
		return finishReason.unified === 'length'
			? refuse(
					'truncated',
					'The output limit was used up before any text was written, often by reasoning: raise Max Output Tokens',
				)
			: refuse('empty-answer', 'The reply holds no text');
	}
	const cut = finishReason.unified === 'length';
	if (request.outputFormat === 'text') {
		if (!cut) return { ok: true, value: response };
		return { ok: true, value: { ...response, warnings: [...response.warnings, CUT_SHORT] } };
	}
	if (cut)
		return refuse('truncated', 'The JSON was cut at the output limit: raise Max Output Tokens');
	const found = yield* findJsonSteps(text, request.jsonSchema);
	if ('value' in found) return { ok: true, value: { ...response, data: found.value } };
	// One that is too long to be read is too long to be handed back.
	const answer = text.length > MAX_ANSWER_CHARS ? {} : { answer: text };
	return refuse('schema-mismatch', found.problem, answer);

	function refuse(
		kind: 'content-filter' | 'truncated' | 'empty-answer' | 'schema-mismatch',
		message: string,
		more: { readonly answer?: string } = {},
	): Outcome<ChatResponse> {
		return { ok: false, failure: { kind, message, status: 200, usage, ...more } };
	}
}

/** Only whole answers are stored: one cut at the output limit is not. */
export function isStorable(response: ChatResponse): boolean {
	return response.finishReason.unified === 'stop' || response.finishReason.unified === 'tool-calls';
}
