import type { ModelFacts, Pricing, TokenPrices } from '../spec/catalog';

/**
 * The keys of a row in `catalog.json`, as `scripts/catalog/encode.mjs` writes them.
 * Prices are US$ per million tokens: input, output, cached input, cache write; empty: not known.
 */
interface Fields {
	/** Prices. */
	readonly p?: string;
	/** Tiers, `above:prices`, parted by semicolons. */
	readonly t?: string;
	/** Announced prices, `day:prices`, which hold from that day on. */
	readonly n?: string;
	/** Batch factor. */
	readonly b?: string;
	/** Context window, in tokens. */
	readonly w?: string;
	/** Longest output, in tokens. */
	readonly o?: string;
	/** Inputs: t(ext), i(mage), p(df), a(udio). */
	readonly i?: string;
	/** T(ools), J(SON schema), R(easoning): upper case yes, lower case no, absent not known. */
	readonly c?: string;
	/** `1`: deprecated. */
	readonly d?: string;
	/** Index into the list of sources. */
	readonly s?: string;
}

const INPUTS = [
	['t', 'text'],
	['i', 'image'],
	['p', 'pdf'],
	['a', 'audio'],
] as const;

const toNumber = (text: string | undefined): number | undefined =>
	text === undefined || text === '' ? undefined : Number(text);

function decodePrices(list: string): TokenPrices | undefined {
	const [inputUsd, outputUsd, cachedInputUsd, cacheWriteUsd] = list.split(',').map(toNumber);
	if (inputUsd === undefined || outputUsd === undefined) return undefined;
	return {
		inputUsd,
		outputUsd,
		...(cachedInputUsd !== undefined && { cachedInputUsd }),
		...(cacheWriteUsd !== undefined && { cacheWriteUsd }),
	};
}

const decodeTiers = (list: string): Pricing['tiers'] =>
	list.split(';').flatMap((tier) => {
		const [above, prices = ''] = tier.split(':');
		const decoded = decodePrices(prices);
		return decoded ? [{ aboveInputTokens: Number(above), ...decoded }] : [];
	});

function decodePricing({ p, t, n, b }: Fields, today: string | undefined): Pricing | undefined {
	const [announcedFor = '', announced = ''] = n?.split(':') ?? [];
	const holdsAnnounced = n !== undefined && today !== undefined && today >= announcedFor;
	const prices = decodePrices(holdsAnnounced ? announced : (p ?? ''));
	if (!prices) return undefined;
	return {
		...prices,
		...(t !== undefined && { tiers: decodeTiers(t) }),
		...(b !== undefined && { batchFactor: Number(b) }),
	};
}

const ability = (letters: string, letter: string): boolean | undefined => {
	if (letters.includes(letter)) return true;
	return letters.includes(letter.toLowerCase()) ? false : undefined;
};

/**
 * The facts of one row, under the ID that was asked for. `today`, an ISO date, decides whether
 * announced prices already hold.
 */
export function decodeModel(
	id: string,
	line: string,
	sources: readonly (readonly string[])[],
	today?: string,
): ModelFacts {
	const [, ...pairs] = line.split(' ');
	const fields: Fields = Object.fromEntries(pairs.map((pair) => pair.split('=')));
	const { i: inputs = '', c: abilities = '' } = fields;
	const contextWindowTokens = toNumber(fields.w);
	const maxOutputTokens = toNumber(fields.o);
	const pricing = decodePricing(fields, today);
	const supportsTools = ability(abilities, 'T');
	const supportsJsonSchema = ability(abilities, 'J');
	const supportsReasoning = ability(abilities, 'R');
	const [source = '', checkedOn = ''] = sources[Number(fields.s)] ?? [];
	return {
		id,
		...(contextWindowTokens !== undefined && { contextWindowTokens }),
		...(maxOutputTokens !== undefined && { maxOutputTokens }),
		...(pricing && { pricing }),
		inputs: INPUTS.filter(([letter]) => inputs.includes(letter)).map(([, input]) => input),
		...(supportsTools !== undefined && { supportsTools }),
		...(supportsJsonSchema !== undefined && { supportsJsonSchema }),
		...(supportsReasoning !== undefined && { supportsReasoning }),
		status: fields.d === '1' ? 'deprecated' : 'current',
		source,
		checkedOn,
	};
}
