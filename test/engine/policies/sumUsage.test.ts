import { sumUsage } from '../../../engine/policies/sumUsage';

test.each([
	{ usages: [], sum: {} },
	{ usages: [{ inputTokens: 1, outputTokens: 2 }], sum: { inputTokens: 1, outputTokens: 2 } },
	{
		usages: [
			{ inputTokens: 1, outputTokens: 2, reasoningTokens: 1 },
			{ inputTokens: 10, outputTokens: 20, reasoningTokens: 0 },
		],
		sum: { inputTokens: 11, outputTokens: 22, reasoningTokens: 1 },
	},
	{
		usages: [{ inputTokens: 1, outputTokens: 2, cachedInputTokens: 1 }, { inputTokens: 10 }],
		sum: { inputTokens: 11 },
	},
])('$usages come to $sum', ({ usages, sum }) => {
	expect(sumUsage(usages)).toEqual(sum);
});
