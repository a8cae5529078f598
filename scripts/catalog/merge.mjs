import { GENAI_PRICES, MODELS_DEV } from './sources.mjs';

/**
 * The merge rule. Rows: every chat model of models.dev, and of genai-prices those of the vendors
 * themselves (not of OpenRouter, Azure and Bedrock, whose names it does not give).
 *
 * - Price: models.dev (the newer data); genai-prices where that has none, and for the cached
 *   prices where both agree on input and output and only genai-prices states them.
 * - OpenRouter's prices float: where the two differ by more than a factor of 3, neither is kept.
 * - Window: models.dev, unless it does not reach above that row's own highest price tier: then it
 *   is a client's cap. Instead the same model's window at Azure, else genai-prices', else unknown.
 * - Everything else: models.dev.
 * - Names: an alias stands for the whole row if it differs by a date or `-latest` only; any other
 *   name that genai-prices puts under one price gets a row with that price and nothing more.
 */
const FLOATING_PRICE_FACTOR = 3;
const DATE_OR_LATEST = /^-(\d{4}-\d{2}-\d{2}|\d{8}|\d{4}|latest)$/;

const isSnapshot = (name, base) =>
	(name.startsWith(base) && DATE_OR_LATEST.test(name.slice(base.length))) ||
	`${name}-latest` === base;

const highestTier = (row) => Math.max(0, ...row.pricing.tiers.map((t) => t.aboveInputTokens));

function mergeWindow(id, modelsDevRows, newer, older) {
	const { contextWindowTokens, pricing } = newer;
	if (!pricing || contextWindowTokens > highestTier(newer)) {
		return { contextWindowTokens, source: MODELS_DEV };
	}
	const atAzure = modelsDevRows.get(`azure/${newer.model}`);
	if (newer.provider === 'openai' && atAzure?.contextWindowTokens > highestTier(newer)) {
		return { contextWindowTokens: atAzure.contextWindowTokens, source: MODELS_DEV };
	}
	return { contextWindowTokens: older?.contextWindowTokens, source: GENAI_PRICES };
}

const samePrice = (a, b) => a.inputUsd === b.inputUsd && a.outputUsd === b.outputUsd;

const factorBetween = (a, b) => {
	const factors = [a.inputUsd / b.inputUsd, a.outputUsd / b.outputUsd];
	return Math.max(...factors, ...factors.map((factor) => 1 / factor));
};

function mergePricing(provider, newer, older) {
	if (!newer.pricing) return { pricing: older?.pricing, source: GENAI_PRICES };
	if (!older?.pricing) return { pricing: newer.pricing, source: MODELS_DEV };
	if (provider === 'openrouter') {
		const factor = factorBetween(newer.pricing, older.pricing);
		if (factor > FLOATING_PRICE_FACTOR) return { pricing: undefined, source: MODELS_DEV };
	}
	const fillsCache =
		newer.pricing.cachedInputUsd === undefined &&
		older.pricing.cachedInputUsd !== undefined &&
		newer.pricing.tiers.length === 0 &&
		samePrice(newer.pricing, older.pricing);
	if (!fillsCache) return { pricing: newer.pricing, source: MODELS_DEV };
	const { cachedInputUsd, cacheWriteUsd } = older.pricing;
	return {
		pricing: { ...newer.pricing, cachedInputUsd, cacheWriteUsd },
		source: GENAI_PRICES,
	};
}

function differences(id, newer, older) {
	if (!older) return [];
	const found = [];
	const show = (pricing) => (pricing ? `${pricing.inputUsd}/${pricing.outputUsd}` : 'none');
	if (newer.pricing && older.pricing && !samePrice(newer.pricing, older.pricing)) {
		found.push(`${id}: price ${show(newer.pricing)} against ${show(older.pricing)}`);
	}
	const windows = [newer.contextWindowTokens, older.contextWindowTokens];
	// 1,000,000 for 1,048,576 is a rounding, not a disagreement.
	if (windows.every(Boolean) && Math.max(...windows) / Math.min(...windows) > 1.06) {
		found.push(`${id}: window ${windows[0]} against ${windows[1]}`);
	}
	return found;
}

const fromModelsDev = (id, modelsDevRows, older) => {
	const newer = modelsDevRows.get(id);
	const price = mergePricing(newer.provider, newer, older);
	const window = mergeWindow(id, modelsDevRows, newer, older);
	return {
		...newer,
		pricing: price.pricing,
		// An announced price follows only from the price that both sources give today.
		nextPricing:
			older?.pricing && samePrice(price.pricing ?? {}, older.pricing)
				? older.nextPricing
				: undefined,
		contextWindowTokens: window.contextWindowTokens,
		// More than the window cannot be written.
		maxOutputTokens:
			newer.maxOutputTokens > window.contextWindowTokens ? undefined : newer.maxOutputTokens,
		deprecated: older?.deprecated ?? false,
		sources: [
			MODELS_DEV,
			...(price.pricing ? [price.source] : []),
			...(window.contextWindowTokens ? [window.source] : []),
		],
	};
};

const fromGenaiPrices = (row, name) => ({
	provider: row.provider,
	model: name,
	pricing: row.pricing,
	nextPricing: row.nextPricing,
	contextWindowTokens: name === row.model ? row.contextWindowTokens : undefined,
	inputs: ['text'],
	deprecated: row.deprecated,
	sources: [GENAI_PRICES],
});

/** `rows` and `aliases` by ID, and the report: what the two sources disagree on. */
export function merge(modelsDevRows, genaiPricesRows) {
	const rows = new Map();
	const aliases = new Map();
	const report = [];
	const olderByName = new Map();
	for (const row of genaiPricesRows.values()) {
		for (const name of row.names) olderByName.set(`${row.provider}/${name}`, row);
	}
	for (const id of modelsDevRows.keys()) {
		const older = olderByName.get(id);
		rows.set(id, fromModelsDev(id, modelsDevRows, older));
		report.push(...differences(id, modelsDevRows.get(id), older));
	}
	for (const row of genaiPricesRows.values()) {
		if (row.resold || !(row.pricing || row.contextWindowTokens)) continue;
		const newNames = row.names.filter((name) => !rows.has(`${row.provider}/${name}`));
		for (const name of newNames.sort((a, b) => a.length - b.length)) {
			const bases = row.names.filter((base) => rows.has(`${row.provider}/${base}`));
			const base = bases.find((candidate) => isSnapshot(name, candidate));
			const id = `${row.provider}/${name}`;
			if (base) aliases.set(id, `${row.provider}/${base}`);
			else rows.set(id, fromGenaiPrices(row, name));
		}
	}
	return { rows, aliases, report };
}
