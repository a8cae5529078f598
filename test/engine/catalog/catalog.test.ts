import { statSync } from 'node:fs';
import path from 'node:path';
import catalog from '../../../engine/catalog/catalog.json';
import { catalogModels, findModel } from '../../../engine/catalog/index';
import { costUsd } from '../../../engine/policies/cost';
import type { ModelFacts, TokenPrices } from '../../../engine/spec/catalog';

const pricesOf = ({ pricing }: ModelFacts): readonly TokenPrices[] =>
	pricing ? [pricing, ...(pricing.tiers ?? [])] : [];

const everyModel = catalog.models.map((line) => {
	const id = line.slice(0, line.indexOf(' '));
	const facts = findModel(id);
	if (!facts) throw new Error(`${id} is listed but not found`);
	return facts;
});

describe('findModel', () => {
	it('gives all facts of an exact ID', () => {
		expect(findModel('openai/gpt-5.6-sol')).toEqual({
			id: 'openai/gpt-5.6-sol',
			contextWindowTokens: 1_050_000,
			maxOutputTokens: 128_000,
			pricing: {
				inputUsd: 4,
				outputUsd: 20,
				cachedInputUsd: 0.4,
				cacheWriteUsd: 5,
				tiers: [
					{
						aboveInputTokens: 272_000,
						inputUsd: 8,
						outputUsd: 30,
						cachedInputUsd: 0.8,
						cacheWriteUsd: 10,
					},
				],
				batchFactor: 0.5,
			},
			inputs: ['text', 'image', 'pdf'],
			supportsTools: true,
			supportsJsonSchema: true,
			supportsReasoning: true,
			status: 'current',
			source: expect.stringContaining('models.dev'),
			checkedOn: '2026-11-10',
		});
	});

	it('gives the facts of the model behind a stated alias, under the name asked for', () => {
		const facts = findModel('openai/gpt-4o-mini-2024-07-18');
		expect(facts).toEqual({
			...findModel('openai/gpt-4o-mini'),
			id: 'openai/gpt-4o-mini-2024-07-18',
		});
		expect(facts?.estimated).toBeUndefined();
	});

	it.each(['openai/gpt-5.6-luna-2027-02-14', 'anthropic/claude-haiku-5-5-20270214'])(
		'marks the facts of an unknown snapshot as estimated: %s',
		(id) => {
			const facts = findModel(id);
			expect(facts).toMatchObject({ id, estimated: true });
			expect(facts?.pricing).toEqual(findModel(id.replace(/-2027.*/, ''))?.pricing);
		},
	);

	it.each([
		'openai/gpt-4o-mini-turbo',
		'openai/gpt-4o-2024-13-40',
		'openai/gpt-4o-20241',
		'openai/gpt-99',
		'gpt-4o',
		'local/gpt-4o',
		'openaiCompatible/gpt-4o',
		'openai/',
		'constructor',
		'',
	])('does not take a prefix, another provider or a broken date for a model: "%s"', (id) => {
		expect(findModel(id)).toBeUndefined();
	});

	it('does not give claude-sonnet-5 its price to claude-sonnet-5-5', () => {
		expect(findModel('anthropic/claude-sonnet-5')?.pricing?.cachedInputUsd).toBe(0.2);
		expect(findModel('anthropic/claude-sonnet-5-5')?.pricing?.cachedInputUsd).toBe(0.1);
		expect(findModel('anthropic/claude-sonnet-5-6')).toBeUndefined();
	});

	it('takes announced prices from their day on', () => {
		const inputUsdOn = (day: string) =>
			findModel('google/gemini-3.8-flash', Date.parse(`${day}T12:00:00Z`))?.pricing?.inputUsd;
		expect([inputUsdOn('2026-12-31'), inputUsdOn('2027-01-01')]).toEqual([0.75, 1.5]);
		expect(findModel('google/gemini-3.8-flash')?.pricing?.inputUsd).toBe(0.75);
	});

	// US$ per million tokens, input and output, as the vendors charged for the recorded answers.
	it.each([
		['openai/gpt-3.5-turbo-0125', 0.5, 1.5],
		['openai/gpt-4o-mini-2024-07-18', 0.15, 0.6],
		['openai/gpt-4o-2024-08-06', 2.5, 10],
		['openai/gpt-4o-2024-05-13', 5, 15],
		['openai/gpt-4-turbo-2024-04-09', 10, 30],
		['anthropic/claude-3-haiku-20240307', 0.25, 1.25],
		['anthropic/claude-3-5-haiku-20241022', 0.8, 4],
		['anthropic/claude-3-5-sonnet-20240620', 3, 15],
		['anthropic/claude-3-5-sonnet-20241022', 3, 15],
		['anthropic/claude-3-opus-20240229', 15, 75],
		['google/gemini-1.5-flash', 0.075, 0.3],
		['google/gemini-1.5-pro', 1.25, 5],
	])('knows the older model %s', (id, inputUsd, outputUsd) => {
		expect(findModel(id)).toMatchObject({
			pricing: { inputUsd, outputUsd },
			contextWindowTokens: expect.any(Number),
			maxOutputTokens: expect.any(Number),
			status: 'deprecated',
		});
		expect(findModel(id)?.estimated).toBeUndefined();
	});

	it('bills a long Gemini prompt with a cached part at the long tier', () => {
		const usage = { inputTokens: 262_960, cachedInputTokens: 257_955, outputTokens: 1_744 };
		expect(costUsd(usage, findModel('google/gemini-2.5-pro')?.pricing)).toBeCloseTo(0.10316125, 9);
	});
});

describe('catalogModels', () => {
	it('lists the current models of one provider by ID', () => {
		const ids = catalogModels('anthropic').map(({ id }) => id);
		expect(ids).toContain('anthropic/claude-opus-5-5');
		expect(ids).not.toContain('anthropic/claude-3-haiku-20240307');
		expect(ids.every((id) => id.startsWith('anthropic/'))).toBe(true);
		expect(ids).toEqual([...ids].sort());
	});

	it('lists all providers without a name, and nothing for an unknown one', () => {
		const providers = new Set(catalogModels().map(({ id }) => id.split('/')[0]));
		const expected =
			'anthropic azure bedrock cohere deepseek google groq mistral openai openrouter xai';
		expect([...providers].sort()).toEqual(expected.split(' '));
		expect(catalogModels('local')).toEqual([]);
	});
});

describe('catalog.json', () => {
	it('stays small', () => {
		const file = path.resolve(__dirname, '../../../engine/catalog/catalog.json');
		expect(statSync(file).size).toBeLessThan(150_000);
		expect(everyModel.length).toBeGreaterThan(600);
	});

	it('is sorted and holds each ID once, as a row or as an alias of a row', () => {
		const ids = everyModel.map(({ id }) => id);
		const aliases = catalog.aliases.map((pair) => pair.split(' '));
		expect(ids).toEqual([...new Set(ids)].sort());
		for (const [alias, id] of aliases) {
			expect(ids).not.toContain(alias);
			expect(ids).toContain(id);
		}
	});

	it('says of each row where it is from and when that was read', () => {
		for (const { id, source, checkedOn } of everyModel) {
			expect([id, source]).toEqual([id, expect.stringMatching(/^(models\.dev|@pydantic|https:)/)]);
			expect([id, checkedOn]).toEqual([id, expect.stringMatching(/^2026-\d\d-\d\d$/)]);
		}
	});

	it('holds no price of 0 but for models that are given away', () => {
		const free = everyModel.filter(({ pricing }) => pricing?.inputUsd === 0);
		for (const { id } of free) expect(id).toMatch(/:free$|\/gemma-4/);
	});

	it('holds plausible numbers only', () => {
		const implausible = everyModel.filter(
			(facts) =>
				(facts.maxOutputTokens ?? 0) > (facts.contextWindowTokens ?? Infinity) ||
				pricesOf(facts).some(
					({ inputUsd, outputUsd, cachedInputUsd = 0, cacheWriteUsd = 0 }) =>
						!(inputUsd >= 0 && inputUsd <= 200 && outputUsd >= inputUsd * 0.9) ||
						outputUsd > 1_000 ||
						cachedInputUsd > inputUsd ||
						cacheWriteUsd > inputUsd * 2,
				),
		);
		expect(implausible.map(({ id }) => id)).toEqual([]);
	});

	it('has tiers that ascend, lie below the window and cost more than what is below them', () => {
		for (const { id, pricing, contextWindowTokens = Infinity } of everyModel) {
			const tiers = pricing?.tiers ?? [];
			const bounds = tiers.map(({ aboveInputTokens }) => aboveInputTokens);
			expect([id, bounds]).toEqual([id, [...bounds].sort((a, b) => a - b)]);
			expect([id, bounds.every((bound) => bound < contextWindowTokens)]).toEqual([id, true]);
			for (const tier of tiers) {
				expect([id, tier.inputUsd >= (pricing?.inputUsd ?? 0)]).toEqual([id, true]);
			}
		}
	});
});
