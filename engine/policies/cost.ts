import type { ModelFacts, Pricing, TokenPrices } from '../spec/catalog';
import type { TokenUsage } from '../spec/chat';
import type { PriceOverride } from '../spec/provider';

const TOKENS_PER_PRICE = 1_000_000;

/** Without the noise of binary fractions, which would stand in every item. */
const rounded = (usd: number): number => Number(usd.toPrecision(12));

/** The prices that hold for a request of this length: the vendors bill the whole of it by its tier. */
const pricesFor = (pricing: Pricing, inputTokens: number): TokenPrices =>
	pricing.tiers?.findLast((tier) => inputTokens > tier.aboveInputTokens) ?? pricing;

/**
 * US$ for one call, from the counts that the vendor reported. `undefined` when the price or one of
 * the two totals is not known. Cached and written tokens are parts of `inputTokens` and reasoning
 * is part of `outputTokens`, so nothing is counted twice; a part that was not reported is billed
 * as plain input. `factor` scales all prices, e.g. a batch factor.
 */
export function costUsd(
	usage: TokenUsage,
	pricing: Pricing | undefined,
	factor = 1,
): number | undefined {
	const { inputTokens, outputTokens, cachedInputTokens = 0, cacheWriteTokens = 0 } = usage;
	if (!pricing || inputTokens === undefined || outputTokens === undefined) return undefined;
	const prices = pricesFor(pricing, inputTokens);
	const plainTokens = Math.max(0, inputTokens - cachedInputTokens - cacheWriteTokens);
	const weighted =
		plainTokens * prices.inputUsd +
		cachedInputTokens * (prices.cachedInputUsd ?? prices.inputUsd) +
		cacheWriteTokens * (prices.cacheWriteUsd ?? prices.inputUsd) +
		outputTokens * prices.outputUsd;
	return rounded((weighted / TOKENS_PER_PRICE) * factor);
}

/** The sum of several costs; `undefined` as soon as one of them is not known. */
export function sumCostUsd(costsUsd: readonly (number | undefined)[]): number | undefined {
	return costsUsd.reduce<number | undefined>(
		(totalUsd, costOfOneUsd) =>
			totalUsd === undefined || costOfOneUsd === undefined
				? undefined
				: rounded(totalUsd + costOfOneUsd),
		0,
	);
}

const scaled = (priceUsd: number | undefined, ratio: number | undefined): number | undefined =>
	priceUsd === undefined || ratio === undefined ? undefined : priceUsd * ratio;

/**
 * The catalogue's prices with the builder's in their place. What the builder cannot type (cached
 * input, tiers) follows the typed price in proportion, as a discount on the vendor's list would.
 * `undefined` when input or output has no price from either.
 */
export function effectivePricing(
	facts: ModelFacts | undefined,
	override: PriceOverride,
): Pricing | undefined {
	const listed = facts?.pricing;
	const { inputPriceUsd, outputPriceUsd } = override;
	if (inputPriceUsd === undefined && outputPriceUsd === undefined) return listed;
	const inputUsd = inputPriceUsd ?? listed?.inputUsd;
	const outputUsd = outputPriceUsd ?? listed?.outputUsd;
	if (inputUsd === undefined || outputUsd === undefined) return undefined;
	if (!listed) return { inputUsd, outputUsd };

	// A listed price of 0 gives no proportion; then only the typed price counts.
	const inputRatio = listed.inputUsd > 0 ? inputUsd / listed.inputUsd : undefined;
	const outputRatio = listed.outputUsd > 0 ? outputUsd / listed.outputUsd : undefined;
	const withOverride = (prices: TokenPrices): TokenPrices => {
		const cachedInputUsd = scaled(prices.cachedInputUsd, inputRatio);
		const cacheWriteUsd = scaled(prices.cacheWriteUsd, inputRatio);
		return {
			inputUsd: scaled(prices.inputUsd, inputRatio) ?? inputUsd,
			outputUsd: scaled(prices.outputUsd, outputRatio) ?? outputUsd,
			...(cachedInputUsd !== undefined && { cachedInputUsd }),
			...(cacheWriteUsd !== undefined && { cacheWriteUsd }),
		};
	};
	return {
		...withOverride(listed),
		...(listed.tiers && {
			tiers: listed.tiers.map((tier) => ({
				...withOverride(tier),
				aboveInputTokens: tier.aboveInputTokens,
			})),
		}),
		...(listed.batchFactor !== undefined && { batchFactor: listed.batchFactor }),
	};
}
