import type { Answer, ChatAsk } from '../../ask';
import type { Model } from '../../catalogue/model';
import { eventStream, pieces, type ChatEndpoint, type ReplyContext } from '../../dialect';
import { digest } from '../../hash';
import { arrayAt, numberAt, objectAt, type Json, type JsonObject } from '../../json';
import { generateContentSchema } from '../../schemas/generateContent';
import { violationFinder } from '../../validation/violation';
import { readGenerateContent } from './reading';

const findViolation = violationFinder(generateContentSchema);

export const generateContent: ChatEndpoint = {
	check: (body, model) => {
		const violation = findViolation(body);
		if (violation !== undefined) return { kind: 'violation', violation };
		const message = flaw(body, model);
		return message === undefined ? undefined : { kind: 'refused', message };
	},
	read: (body) => readGenerateContent(body, false),
	whole: (answer, ask, context) => reply(answer, context, candidates(answer, ask)),
	stream: (answer, ask, context) =>
		eventStream(chunks(answer, ask, context).map((chunk) => [undefined, chunk] as const)),
};

export const streamGenerateContent: ChatEndpoint = {
	...generateContent,
	read: (body) => readGenerateContent(body, true),
};

/** The same stream without `alt=sse`: one JSON array. */
export function streamAsArray(events: string): string {
	const chunks = events.split('\n\n').filter((frame) => frame !== '');
	return `[${chunks.map((frame) => frame.replace(/^data: /, '')).join(',\r\n')}\n]`;
}

/** Ranges that the proto types do not hold. */
function flaw(body: JsonObject, model: Model | undefined): string | undefined {
	const contents = arrayAt(body, 'contents');
	const at = '* GenerateContentRequest.';
	if (contents.length === 0) return `${at}contents: contents is not specified`;
	const empty = contents.findIndex((content) => arrayAt(content, 'parts').length === 0);
	if (empty !== -1) return `${at}contents[${empty}].parts: contents.parts must not be empty.`;
	const config = objectAt(body, 'generationConfig');
	const temperature = numberAt(config, 'temperature') ?? 1;
	if (temperature < 0 || temperature > 2) {
		return `${at}generation_config.temperature: temperature must be in the range [0.0, 2.0].`;
	}
	const topP = numberAt(config, 'topP') ?? 1;
	if (topP < 0 || topP > 1)
		return `${at}generation_config.top_p: top_p must be in the range [0.0, 1.0].`;
	const limit = numberAt(config, 'maxOutputTokens') ?? 1;
	if (limit < 1)
		return `${at}generation_config.max_output_tokens: max_output_tokens must be positive.`;
	if (model === undefined) return undefined;
	if (limit > model.maxOutputTokens) {
		return `Unable to submit request because it has a maxOutputTokens value of ${limit} but the supported range is from 1 (inclusive) to ${model.maxOutputTokens + 1} (exclusive). Update the value and try again.`;
	}
	const thinking = objectAt(config, 'thinkingConfig');
	return thinking !== undefined && model.reasoning === 'none'
		? 'Thinking is not enabled for this model.'
		: undefined;
}

function candidates(answer: Answer, ask: ChatAsk): readonly Json[] {
	return Array.from({ length: ask.choices }, (_, index) => ({
		content: contentOf(partsOf(answer)),
		finishReason: finishReason(answer),
		index,
		...(answer.finish === 'refusal' ? { safetyRatings: [rating] } : {}),
	}));
}

const rating = { category: 'HARM_CATEGORY_DANGEROUS_CONTENT', probability: 'HIGH', blocked: true };

function chunks(answer: Answer, ask: ChatAsk, context: ReplyContext): readonly Json[] {
	const texts = answer.finish === 'refusal' ? [] : pieces(answer.text);
	const started = texts.slice(0, -1).map((text) => reply(answer, context, [part(text)]));
	const last = {
		content: contentOf(answer.toolCall === undefined ? textParts(texts.at(-1)) : partsOf(answer)),
		finishReason: finishReason(answer),
		index: 0,
		...(answer.finish === 'refusal' ? { safetyRatings: [rating] } : {}),
	};
	return [...started, reply(answer, context, ask.choices === 0 ? [] : [last])];
}

function part(text: string): Json {
	return { content: contentOf([{ text }]), index: 0 };
}

/** An answer without text has a content without parts. */
function contentOf(parts: readonly Json[]): Json {
	return parts.length === 0 ? { role: 'model' } : { parts, role: 'model' };
}

function partsOf({ finish, text, toolCall }: Answer): readonly Json[] {
	if (toolCall !== undefined) {
		return [{ functionCall: { name: toolCall.name, args: toolCall.input } }];
	}
	return finish === 'refusal' ? [] : textParts(text);
}

function textParts(text: string | undefined): readonly Json[] {
	return text === undefined || text === '' ? [] : [{ text }];
}

function finishReason({ finish }: Answer): string {
	return finish === 'length' ? 'MAX_TOKENS' : finish === 'refusal' ? 'SAFETY' : 'STOP';
}

function reply(answer: Answer, { callNumber }: ReplyContext, list: readonly Json[]): Json {
	return {
		candidates: list,
		usageMetadata: usageOf(answer),
		modelVersion: answer.model,
		responseId: digest(`response ${callNumber}`, 22),
	};
}

/** The prompt's count includes the cached part; the candidates' count excludes the thoughts. */
function usageOf({ usage }: Answer): JsonObject {
	const { inputTokens, cachedTokens, textTokens, reasoningTokens } = usage;
	const text = (tokenCount: number): Json => [{ modality: 'TEXT', tokenCount }];
	return {
		promptTokenCount: inputTokens,
		...(textTokens === 0 ? {} : { candidatesTokenCount: textTokens }),
		totalTokenCount: inputTokens + textTokens + reasoningTokens,
		...(cachedTokens === 0
			? {}
			: { cachedContentTokenCount: cachedTokens, cacheTokensDetails: text(cachedTokens) }),
		promptTokensDetails: text(inputTokens),
		...(reasoningTokens === 0 ? {} : { thoughtsTokenCount: reasoningTokens }),
	};
}
