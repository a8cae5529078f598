import type { TokenUsage } from '../spec/chat';
import { member, type JsonValue } from '../spec/json';

/**
 * Reads each vendor's own usage object. The AI SDK's converted usage is not used: it puts 0 where
 * the vendor said nothing. Here an unreported count is an absent key.
 */
export type ReadUsage = (body: JsonValue | undefined) => TokenUsage;

/** Chat Completions: totals include cached input and reasoning. */
export const chatCompletionsUsage: ReadUsage = (body) => {
	const usage = member(body, 'usage');
	return counts({
		inputTokens: member(usage, 'prompt_tokens'),
		outputTokens: member(usage, 'completion_tokens'),
		// DeepSeek reports `prompt_cache_hit_tokens` beside the total.
		cachedInputTokens:
			member(member(usage, 'prompt_tokens_details'), 'cached_tokens') ??
			member(usage, 'prompt_cache_hit_tokens'),
		cacheWriteTokens: member(member(usage, 'prompt_tokens_details'), 'cache_write_tokens'),
		reasoningTokens: member(member(usage, 'completion_tokens_details'), 'reasoning_tokens'),
	});
};

/** OpenAI Responses: totals include cached input and reasoning. */
export const responsesUsage: ReadUsage = (body) => {
	const usage = member(body, 'usage');
	return counts({
		inputTokens: member(usage, 'input_tokens'),
		outputTokens: member(usage, 'output_tokens'),
		cachedInputTokens: member(member(usage, 'input_tokens_details'), 'cached_tokens'),
		cacheWriteTokens: member(member(usage, 'input_tokens_details'), 'cache_write_tokens'),
		reasoningTokens: member(member(usage, 'output_tokens_details'), 'reasoning_tokens'),
	});
};

/** Anthropic: `input_tokens` excludes what was read from or written to the cache. */
export const anthropicUsage: ReadUsage = (body) => {
	const usage = member(body, 'usage');
	const read = member(usage, 'cache_read_input_tokens');
	const write = member(usage, 'cache_creation_input_tokens');
	return counts({
		inputTokens: sum(member(usage, 'input_tokens'), read, write),
		outputTokens: member(usage, 'output_tokens'),
		cachedInputTokens: read,
		cacheWriteTokens: write,
		reasoningTokens: member(member(usage, 'output_tokens_details'), 'thinking_tokens'),
	});
};

/** Gemini: `promptTokenCount` includes the cache; `candidatesTokenCount` excludes the thoughts. */
export const geminiUsage: ReadUsage = (body) => {
	const usage = member(body, 'usageMetadata');
	const thoughts = member(usage, 'thoughtsTokenCount');
	return counts({
		inputTokens: sum(member(usage, 'promptTokenCount'), member(usage, 'toolUsePromptTokenCount')),
		outputTokens: sum(member(usage, 'candidatesTokenCount'), thoughts),
		cachedInputTokens: member(usage, 'cachedContentTokenCount'),
		reasoningTokens: thoughts,
	});
};

/** Adds the optional parts to a reported whole; without a whole the sum is not known. */
function sum(
	whole: JsonValue | undefined,
	...parts: readonly (JsonValue | undefined)[]
): JsonValue | undefined {
	if (!isCount(whole)) return undefined;
	return parts.filter(isCount).reduce((total, part) => total + part, whole);
}

function counts(raw: Partial<Record<keyof TokenUsage, JsonValue | undefined>>): TokenUsage {
	return Object.fromEntries(Object.entries(raw).filter(([, value]) => isCount(value)));
}

/** What is not a whole number of tokens is not a count, whatever field it stands in. */
function isCount(value: JsonValue | undefined): value is number {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
