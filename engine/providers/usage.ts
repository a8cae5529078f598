import type { TokenUsage } from '../spec/chat';
import { member, type JsonObject, type JsonValue } from '../spec/json';

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
	const start = countOf(whole);
	if (start === undefined) return undefined;
	return parts.reduce<number>((total, part) => total + (countOf(part) ?? 0), start);
}

function counts(raw: Partial<Record<keyof TokenUsage, JsonValue | undefined>>): TokenUsage {
	return Object.fromEntries(
		Object.entries(raw).flatMap(([name, value]) => {
			const count = countOf(value);
			return count === undefined ? [] : [[name, count]];
		}),
	);
}

/** No call has more: such a number is a fault, and would use up any budget. */
const MOST_TOKENS = 1_000_000_000;

/** What is not a whole number of tokens is not a count, whatever field it stands in. */
function countOf(value: JsonValue | undefined): number | undefined {
	// Some gateways write numbers as text.
	const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
	return typeof number === 'number' &&
		Number.isInteger(number) &&
		number >= 0 &&
		number <= MOST_TOKENS
		? number
		: undefined;
}

/** Where vendors put their counts, and the counts in there. */
const USAGE_MEMBERS = ['usage', 'usageMetadata'] as const;
const IS_COUNT = /tokens?$|count$/i;

/**
 * A body in which no count is text: the vendors' code would take a good answer for none at all
 * because of `"prompt_tokens": "10"`. A text that is no number is taken out.
 */
export function withReadableCounts(text: string): string {
	// Most bodies have none: they are not parsed for it.
	if (!/(?:tokens?|count)"\s*:\s*"/i.test(text)) return text;
	try {
		const body = JSON.parse(text) as JsonValue;
		const usages = USAGE_MEMBERS.flatMap((name) => {
			const usage = member(body, name);
			return usage === undefined ? [] : [[name, readable(usage)]];
		});
		if (usages.length === 0) return text;
		return JSON.stringify({ ...(body as JsonObject), ...Object.fromEntries(usages) });
	} catch {
		return text;
	}
}

function readable(usage: JsonValue): JsonValue {
	if (Array.isArray(usage)) return (usage as readonly JsonValue[]).map(readable);
	if (typeof usage !== 'object' || usage === null) return usage;
	return Object.fromEntries(
		Object.entries(usage).flatMap(([name, value]) => {
			if (typeof value !== 'string' || !IS_COUNT.test(name)) return [[name, readable(value)]];
			const count = countOf(value);
			return count === undefined ? [] : [[name, count]];
		}),
	);
}
