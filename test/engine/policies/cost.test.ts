import { costUsd, effectivePricing, sumCostUsd } from '../../../engine/policies/cost';
import type { ModelFacts, Pricing } from '../../../engine/spec/catalog';
import type { TokenUsage } from '../../../engine/spec/chat';

const gpt4o: Pricing = { inputUsd: 2.5, outputUsd: 10, cachedInputUsd: 1.25 };
const haiku45: Pricing = { inputUsd: 1, outputUsd: 5, cachedInputUsd: 0.1, cacheWriteUsd: 1.25 };
const haiku35: Pricing = { inputUsd: 0.8, outputUsd: 4, cachedInputUsd: 0.08, cacheWriteUsd: 1 };
const sonnet37: Pricing = { inputUsd: 3, outputUsd: 15, cachedInputUsd: 0.3, cacheWriteUsd: 3.75 };
const gemini25Pro: Pricing = {
	inputUsd: 1.25,
	outputUsd: 10,
	cachedInputUsd: 0.125,
	tiers: [{ aboveInputTokens: 200_000, inputUsd: 2.5, outputUsd: 15, cachedInputUsd: 0.25 }],
};

const facts = (pricing?: Pricing): ModelFacts => ({
	id: 'openai/gpt-4o',
	inputs: ['text'],
	status: 'current',
	source: 'test',
	checkedOn: '2026-11-10',
	...(pricing && { pricing }),
});

// Bills that other gateways got wrong, with the usage that their users reported. Each expected
// value is what the vendor charges; the wrong ones counted the cached part a second time.
describe('five bills that were miscounted elsewhere', () => {
	const bills: readonly {
		name: string;
		usage: TokenUsage;
		pricing: Pricing;
		expectedUsd: number;
		wrongUsd: number;
	}[] = [
		{
			// https://github.com/BerriAI/litellm/issues/14849, with the flat prices of that report
			name: 'Gemini: cachedContentTokenCount is part of promptTokenCount',
			usage: { inputTokens: 262_960, cachedInputTokens: 257_955, outputTokens: 1_744 },
			pricing: { inputUsd: 1.25, outputUsd: 10, cachedInputUsd: 0.625 },
			expectedUsd: 0.184918125,
			wrongUsd: 0.7642,
		},
		{
			// https://github.com/BerriAI/litellm/issues/9812: 3 plain, 12,304 written
			name: 'Anthropic: tokens written to the cache are not billed as plain input too',
			usage: {
				inputTokens: 12_307,
				cachedInputTokens: 0,
				cacheWriteTokens: 12_304,
				outputTokens: 550,
			},
			pricing: sonnet37,
			expectedUsd: 0.054399,
			wrongUsd: 0.091311,
		},
		{
			// https://github.com/BerriAI/litellm/issues/6215
			name: 'OpenAI: cached_tokens is part of prompt_tokens',
			usage: {
				inputTokens: 2_006,
				cachedInputTokens: 1_920,
				outputTokens: 300,
				reasoningTokens: 0,
			},
			pricing: gpt4o,
			expectedUsd: 0.005615,
			wrongUsd: 0.010415,
		},
		{
			// https://github.com/BerriAI/litellm/issues/11789: the same read, once streamed
			name: 'Anthropic: a cache read costs the same whether streamed or not',
			usage: {
				inputTokens: 2_459,
				cachedInputTokens: 2_455,
				cacheWriteTokens: 0,
				outputTokens: 23,
			},
			pricing: haiku35,
			expectedUsd: 0.0002916,
			wrongUsd: 0.0020592,
		},
		{
			// https://github.com/Aider-AI/aider/issues/5516: 10.9 times too much
			name: 'Anthropic: the total does not shrink on a cache hit, the plain rest does',
			usage: { inputTokens: 17_111, cachedInputTokens: 17_102, outputTokens: 0 },
			pricing: haiku45,
			expectedUsd: 0.0017192,
			wrongUsd: 0.0188212,
		},
	];

	it.each(bills)('$name', ({ usage, pricing, expectedUsd, wrongUsd }) => {
		const actualUsd = costUsd(usage, pricing);
		expect(actualUsd).toBeCloseTo(expectedUsd, 9);
		expect(actualUsd).toBeLessThan(wrongUsd);
	});
});

describe('costUsd', () => {
	it('bills reasoning once, as part of the output', () => {
		const usage = { inputTokens: 1_000, outputTokens: 900, reasoningTokens: 800 };
		expect(costUsd(usage, gpt4o)).toBeCloseTo(0.0025 + 0.009, 9);
	});

	it.each([
		[200_000, 0.25],
		[200_001, 0.5000025],
	])('bills the whole request at the tier of its length: %i tokens', (inputTokens, expectedUsd) => {
		expect(costUsd({ inputTokens, outputTokens: 0 }, gemini25Pro)).toBeCloseTo(expectedUsd, 9);
	});

	it('bills cached input and output at the tier of the whole input', () => {
		const usage = { inputTokens: 262_960, cachedInputTokens: 257_955, outputTokens: 1_744 };
		expect(costUsd(usage, gemini25Pro)).toBeCloseTo(0.10316125, 9);
	});

	it('takes the highest of several tiers that the input exceeds', () => {
		const pricing: Pricing = {
			inputUsd: 1,
			outputUsd: 1,
			tiers: [
				{ aboveInputTokens: 100, inputUsd: 2, outputUsd: 2 },
				{ aboveInputTokens: 200, inputUsd: 3, outputUsd: 3 },
			],
		};
		const inputUsdAt = (inputTokens: number) =>
			(costUsd({ inputTokens, outputTokens: 0 }, pricing) ?? NaN) / (inputTokens / 1e6);
		expect([100, 150, 201].map(inputUsdAt).map(Math.round)).toEqual([1, 2, 3]);
	});

	it('bills cached tokens as input where the vendor has no price of its own for them', () => {
		const usage = { inputTokens: 1_000_000, cachedInputTokens: 600_000, outputTokens: 0 };
		expect(costUsd(usage, { inputUsd: 2, outputUsd: 8 })).toBeCloseTo(2, 9);
	});

	it('scales every part by the factor', () => {
		const usage = { inputTokens: 1_000_000, cachedInputTokens: 400_000, outputTokens: 100_000 };
		const fullUsd = costUsd(usage, gpt4o);
		expect(fullUsd).toBeCloseTo(3, 9);
		expect(costUsd(usage, gpt4o, 0.5)).toBeCloseTo(1.5, 9);
	});

	it.each([
		['no price', { inputTokens: 1, outputTokens: 1 }, undefined],
		['no input count', { outputTokens: 1 }, gpt4o],
		['no output count', { inputTokens: 1 }, gpt4o],
		['no counts', {}, gpt4o],
	])('is unknown, not 0, with %s', (_case, usage, pricing) => {
		expect(costUsd(usage, pricing)).toBeUndefined();
	});

	it('is 0 for a model that is free', () => {
		expect(costUsd({ inputTokens: 10, outputTokens: 10 }, { inputUsd: 0, outputUsd: 0 })).toBe(0);
	});
});

describe('sumCostUsd', () => {
	it('adds known costs and is 0 for none', () => {
		expect(sumCostUsd([0.25, 0.5])).toBe(0.75);
		expect(sumCostUsd([])).toBe(0);
	});

	it('is unknown as soon as one cost is', () => {
		expect(sumCostUsd([0.25, undefined, 0.5])).toBeUndefined();
	});
});

describe('effectivePricing', () => {
	it('is the catalogue where the builder typed nothing', () => {
		expect(effectivePricing(facts(gpt4o), {})).toBe(gpt4o);
		expect(effectivePricing(facts(), {})).toBeUndefined();
		expect(effectivePricing(undefined, {})).toBeUndefined();
	});

	it('is what the builder typed where the catalogue knows nothing', () => {
		const override = { inputPriceUsd: 0, outputPriceUsd: 4 };
		expect(effectivePricing(undefined, override)).toEqual({ inputUsd: 0, outputUsd: 4 });
		expect(effectivePricing(facts(), { inputPriceUsd: 1 })).toBeUndefined();
	});

	it('fills the price that the builder left open from the catalogue', () => {
		expect(effectivePricing(facts({ inputUsd: 2, outputUsd: 8 }), { outputPriceUsd: 6 })).toEqual({
			inputUsd: 2,
			outputUsd: 6,
		});
	});

	it('lets cached input and tiers follow a typed price in proportion', () => {
		const override = { inputPriceUsd: 1, outputPriceUsd: 5 };
		expect(effectivePricing(facts({ ...gemini25Pro, batchFactor: 0.5 }), override)).toEqual({
			inputUsd: 1,
			outputUsd: 5,
			cachedInputUsd: 0.1,
			tiers: [{ aboveInputTokens: 200_000, inputUsd: 2, outputUsd: 7.5, cachedInputUsd: 0.2 }],
			batchFactor: 0.5,
		});
	});

	it('takes a typed price over a listed 0', () => {
		const free: Pricing = { inputUsd: 0, outputUsd: 0, cachedInputUsd: 0 };
		expect(effectivePricing(facts(free), { inputPriceUsd: 3, outputPriceUsd: 9 })).toEqual({
			inputUsd: 3,
			outputUsd: 9,
		});
	});
});
