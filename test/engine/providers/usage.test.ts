import {
	anthropicUsage,
	chatCompletionsUsage,
	geminiUsage,
	responsesUsage,
	withReadableCounts,
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
		{ usage: { input_tokens: 'twelve', output_tokens: null, cache_read_input_tokens: '-1' } },
	],
	['counts beyond reason', geminiUsage, { usageMetadata: { promptTokenCount: 1e300 } }],
	['fractions', chatCompletionsUsage, { usage: { prompt_tokens: 1.5 } }],
] as const)('%s stays unknown, never 0', (_what, read, body) => {
	expect(read(body)).toEqual({});
});

test('numbers written as text are numbers', () => {
	expect(
		chatCompletionsUsage({
			usage: {
				prompt_tokens: '10',
				completion_tokens: '007',
				prompt_tokens_details: { cached_tokens: '1e3' },
			},
		}),
	).toEqual({ inputTokens: 10, outputTokens: 7 });
	expect(
		geminiUsage({
			usageMetadata: { promptTokenCount: '4', candidatesTokenCount: 3, thoughtsTokenCount: '2' },
		}),
	).toEqual({ inputTokens: 4, outputTokens: 5, reasoningTokens: 2 });
});

describe('a body that the vendor code is to read', () => {
	const readable = (body: object) => JSON.parse(withReadableCounts(JSON.stringify(body))) as object;

	test('has its counts as numbers and none that is no number', () => {
		expect(
			readable({
				id: 'kept',
				usage: {
					prompt_tokens: '10',
					completion_tokens: 'many',
					total_tokens: 12,
					service_tier: 'standard',
					prompt_tokens_details: { cached_tokens: '-3', audio_tokens: '1' },
				},
			}),
		).toEqual({
			id: 'kept',
			usage: {
				prompt_tokens: 10,
				total_tokens: 12,
				service_tier: 'standard',
				prompt_tokens_details: { audio_tokens: 1 },
			},
		});
		const details = [{ modality: 'TEXT', tokenCount: '5' }];
		expect(readable({ usageMetadata: { promptTokensDetails: details } })).toEqual({
			usageMetadata: { promptTokensDetails: [{ modality: 'TEXT', tokenCount: 5 }] },
		});
	});

	test.each([
		'{"usage": {"prompt_tokens": 10}}',
		'{"choices": [{"message": {"content": "\\"tokens\\": \\"10\\""}}]}',
		'{"tokens": "10"}',
		'not "tokens": "10" JSON',
		'',
	])('stays as it came where nothing is wrong: %s', (text) => {
		expect(withReadableCounts(text)).toBe(text);
	});
});
