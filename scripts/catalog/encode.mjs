import { SetupError } from '../lib/setupError.mjs';

/**
 * The catalogue as text, one row a line: `id key=value key=value …`, read by
 * `engine/catalog/decode.ts`, which says what the keys mean. Lines of text load five times as fast
 * as objects would, and only the rows that are asked for are ever taken apart.
 */
const INPUT_LETTERS = { text: 't', image: 'i', pdf: 'p', audio: 'a' };

/** Upper case: yes; lower case: no; absent: not known. */
const abilityLetter = (letter, known) =>
	known === undefined ? '' : known ? letter : letter.toLowerCase();

/** Input, output, cached, written; what is not known stays empty. */
const priceList = (prices) =>
	[prices.inputUsd, prices.outputUsd, prices.cachedInputUsd, prices.cacheWriteUsd]
		.map((price) => (price === undefined ? '' : String(Number(price.toFixed(6)))))
		.join(',')
		.replace(/,+$/, '');

const tierList = (tiers) =>
	tiers.map((tier) => `${tier.aboveInputTokens}:${priceList(tier)}`).join(';');

function pricingFields({ pricing, nextPricing, batchFactor }) {
	if (!pricing) return {};
	if (nextPricing?.pricing.tiers.length > 0) {
		throw new SetupError('encode.mjs cannot write tiers of an announced price yet.');
	}
	return {
		p: priceList(pricing),
		t: tierList(pricing.tiers),
		n: nextPricing && `${nextPricing.from}:${priceList(nextPricing.pricing)}`,
		b: batchFactor,
	};
}

const sourceOf = ({ sources }) => {
	const labels = [...new Set(sources.map(({ label }) => label))];
	// The oldest date: no fact in the row is older than it.
	const [oldest] = sources.map(({ checkedOn }) => checkedOn).sort();
	return JSON.stringify([labels.join('; '), oldest]);
};

function rowLine(id, row, sources) {
	if (/\s/.test(id)) throw new SetupError(`The ID "${id}" holds a space.`);
	const fields = {
		...pricingFields(row),
		w: row.contextWindowTokens,
		o: row.maxOutputTokens,
		i: row.inputs.map((input) => INPUT_LETTERS[input]).join(''),
		c:
			abilityLetter('T', row.supportsTools) +
			abilityLetter('J', row.supportsJsonSchema) +
			abilityLetter('R', row.supportsReasoning),
		d: row.deprecated ? 1 : undefined,
		s: sources.indexOf(sourceOf(row)),
	};
	const known = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
	return [id, ...known.map(([key, value]) => `${key}=${value}`)].join(' ');
}

/** Sorted, so that the difference of two catalogues reads well. */
export function encode({ rows, aliases }) {
	const byId = ([a], [b]) => (a < b ? -1 : 1);
	const sorted = [...rows].sort(byId);
	const sources = [...new Set(sorted.map(([, row]) => sourceOf(row)))].sort();
	const block = (lines) => `[\n${lines.join(',\n')}\n]`;
	const text = (line) => JSON.stringify(line);
	return (
		[
			'{"note":"Written by npm run catalog from scripts/catalog: do not edit."',
			`"sources":${block(sources)}`,
			`"aliases":${block([...aliases].sort(byId).map((pair) => text(pair.join(' '))))}`,
			`"models":${block(sorted.map(([id, row]) => text(rowLine(id, row, sources))))}}`,
		].join(',\n') + '\n'
	);
}
