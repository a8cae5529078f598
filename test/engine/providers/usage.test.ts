import {
	anthropicUsage,
	chatCompletionsUsage,
	geminiUsage,
	responsesUsage,
} from '../../../engine/providers/usage';

test.each([
	[
		'Chat Completions',
		chatCompletionsUsage,
		{
			usage: {
				prompt_tokens: 1000,
				completion_tokens: 50,
				prompt_tokens_details: { cached_tokens: 800 },
				completion_tokens_details: { reasoning_tokens: 30 },
			},
		},
		{ inputTokens: 1000, outputTokens: 50, cachedInputTokens: 800, reasoningTokens: 30 },
	],
	[
		'Chat Completions of DeepSeek',
		chatCompletionsUsage,
		{ usage: { prompt_tokens: 100, completion_tokens: 5, prompt_cache_hit_tokens: 64 } },
		{ inputTokens: 100, outputTokens: 5, cachedInputTokens: 64 },
	],
	[
		'Responses',
		responsesUsage,
		{
			usage: {
				input_tokens: 1000,
				output_tokens: 50,
				input_tokens_details: { cached_tokens: 0 },
				output_tokens_details: { reasoning_tokens: 0 },
			},
		},
		{ inputTokens: 1000, outputTokens: 50, cachedInputTokens: 0, reasoningTokens: 0 },
	],
	[
		'Anthropic, whose input excludes the cache',
		anthropicUsage,
		{
			usage: {
				input_tokens: 100,
				output_tokens: 50,
				cache_read_input_tokens: 800,
				cache_creation_input_tokens: 100,
			},
		},
		{ inputTokens: 1000, outputTokens: 50, cachedInputTokens: 800, cacheWriteTokens: 100 },
	],
	[
		'Gemini, whose candidates exclude the thoughts',
		geminiUsage,
		{
			usageMetadata: {
				promptTokenCount: 1000,
				candidatesTokenCount: 20,
				thoughtsTokenCount: 30,
				cachedContentTokenCount: 800,
				totalTokenCount: 1050,
			},
		},
		{ inputTokens: 1000, outputTokens: 50, cachedInputTokens: 800, reasoningTokens: 30 },
	],
] as const)('%s: totals include cache and reasoning', (_vendor, read, body, expected) => {
	expect(read(body)).toEqual(expected);
});

test.each([
	['no usage at all', chatCompletionsUsage, {}],
	['no body', responsesUsage, undefined],
	[
		'negative counts',
		chatCompletionsUsage,
		{ usage: { prompt_tokens: -1, completion_tokens: -5 } },
	],
	[
		'counts that are no numbers',
		anthropicUsage,
		{ usage: { input_tokens: '12', output_tokens: null } },
	],
	['counts beyond reason', geminiUsage, { usageMetadata: { promptTokenCount: 1e300 } }],
	['fractions', chatCompletionsUsage, { usage: { prompt_tokens: 1.5 } }],
] as const)('%s stays unknown, never 0', (_what, read, body) => {
	expect(read(body)).toEqual({});
});
