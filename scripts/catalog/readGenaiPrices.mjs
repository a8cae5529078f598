import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROVIDERS } from './sources.mjs';

/** What is sold by the token but cannot hold a conversation, and names that no API of today takes. */
const NOT_CHAT =
	/embed|whisper|transcri|tts|realtime|live|image|moderation|ocr|voxtral|voice|native-audio|davinci|curie|babbage|^ada$|instruct$|^ft:|\.ft-|:extended|:free$|guard|omni|computer-use|^gpt-35|^gpt-3\.5-0301/;

const NOT_OF_THIS_VENDOR = {
	google: /^(?!gemini-|gemma-)|-maas$|^gemini-(flash|pro)-1\.5/,
	xai: /\//,
	openai: /^gpt-oss/,
};

const namesOf = (match) => [
	...(match.equals === undefined ? [] : [match.equals]),
	...(match.or ?? []).flatMap(namesOf),
];

/** `gpt-5-1` where `gpt-5.1` is there too: a spelling for file names, not another model. */
const isRespelling = (name, names) =>
	names.some((other) => other !== name && other.replaceAll('.', '-') === name);

const at = (price, tierStart) =>
	typeof price === 'object'
		? (price.tiers.findLast(({ start }) => start <= tierStart)?.price ?? price.base)
		: price;

const pricesAt = (raw, tierStart) => ({
	inputUsd: at(raw.input_mtok, tierStart),
	outputUsd: at(raw.output_mtok, tierStart),
	cachedInputUsd: at(raw.cache_read_mtok, tierStart),
	cacheWriteUsd: at(raw.cache_write_mtok, tierStart),
});

const isChat = ({ id, resold }, name) =>
	resold || !(NOT_CHAT.test(name) || NOT_OF_THIS_VENDOR[id]?.test(name));

function toPricing(raw) {
	if (raw.input_mtok === undefined || raw.output_mtok === undefined) return undefined;
	const starts = [raw.input_mtok, raw.output_mtok]
		.flatMap((price) => price.tiers ?? [])
		.map(({ start }) => start);
	return {
		...pricesAt(raw, -1),
		tiers: [...new Set(starts)]
			.sort((a, b) => a - b)
			.map((start) => ({ aboveInputTokens: start, ...pricesAt(raw, start) })),
	};
}

/** Prices in force on a day. Of prices by the hour the dearest, so that no budget is overrun. */
function pricesOn(prices, day) {
	if (!Array.isArray(prices)) return { current: prices };
	const begun = prices.filter(
		({ constraint }) =>
			constraint === undefined ||
			(constraint.type === 'start_date' && constraint.start_date <= day),
	);
	const byHour = prices.filter(({ constraint }) => constraint?.type === 'time_of_date');
	const current = [begun.at(-1), ...byHour]
		.map((entry) => entry.prices)
		.reduce((dearest, other) =>
			at(other.input_mtok, -1) > at(dearest.input_mtok, -1) ? other : dearest,
		);
	const next = prices.find(
		({ constraint }) => constraint?.type === 'start_date' && constraint.start_date > day,
	);
	return { current, next };
}

const toRow = (provider, model, day) => {
	const { current, next } = pricesOn(model.prices, day);
	const names = [...new Set([model.id, ...namesOf(model.match)])];
	// Sound is billed apart in these, at up to 13 times the price of text.
	const soldBySound = /audio/.test(model.id);
	return {
		provider: provider.id,
		resold: provider.resold,
		model: model.id,
		names: names.filter((name) => !isRespelling(name, names) && isChat(provider, name)),
		pricing: soldBySound ? undefined : toPricing(current),
		nextPricing: next && { from: next.constraint.start_date, pricing: toPricing(next.prices) },
		contextWindowTokens: model.context_window,
		deprecated: model.deprecated === true,
	};
};

/** Models by `provider/model`, each with all names that the source states for it word by word. */
export async function readGenaiPrices(files, folder, day) {
	const entry = join(folder, 'genai-prices.mjs');
	writeFileSync(entry, files.get('dist/index.js'));
	const { findProvider } = await import(pathToFileURL(entry).href);
	const rows = PROVIDERS.flatMap((provider) =>
		findProvider({ providerId: provider.genaiPrices })
			.models.filter(({ id }) => isChat(provider, id))
			.map((model) => toRow(provider, model, day)),
	);
	return new Map(rows.map((row) => [`${row.provider}/${row.model}`, row]));
}
