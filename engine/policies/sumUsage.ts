import type { TokenUsage } from '../spec/chat';

const COUNTS = [
	'inputTokens',
	'outputTokens',
	'cachedInputTokens',
	'cacheWriteTokens',
	'reasoningTokens',
] as const;

/** The sum of several usages; a count that one of them does not have stays absent. */
export function sumUsage(usages: readonly TokenUsage[]): TokenUsage {
	const [first, ...others] = usages;
	if (first === undefined) return {};
	return others.reduce(
		(sum, usage) =>
			Object.fromEntries(
				COUNTS.flatMap((count) => {
					const [one, other] = [sum[count], usage[count]];
					return one === undefined || other === undefined ? [] : [[count, one + other]];
				}),
			),
		first,
	);
}
