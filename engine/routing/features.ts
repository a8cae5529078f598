import { spread } from './hash';
import { MEASURES } from './measures';
import { scanText, type TextScan } from './scanText';
import { TEXT_FORMS, formOf } from './textForm';

/** Hashed features have 2^16 places; two that fall on one share a weight. */
export const TABLE_BITS = 16;
export const TABLE_SIZE = 1 << TABLE_BITS;
const TABLE_MASK = TABLE_SIZE - 1;

/** A text in numbers: the only thing that the classifiers see of it. */
export interface TextFeatures {
	/**
	 * Places in the table, each once: first the words and stems on their own, then the same
	 * together with the form of the text.
	 */
	readonly places: Int32Array;
	readonly placeCount: number;
	/** How many of `places` stand for words and stems on their own. */
	readonly sharedCount: number;
	/** In the order of `MEASURES`, not yet standardised. */
	readonly measures: Float64Array;
	/** Index into `TEXT_FORMS`. */
	readonly form: number;
}

export const featuresOf = (text: string): TextFeatures => featuresOfScan(scanText(text));

export function featuresOfScan(scan: TextScan): TextFeatures {
	const { tokens, stems, tokenCount, counts } = scan;
	const form = TEXT_FORMS.indexOf(formOf(counts));
	const places = new Int32Array(4 * tokenCount);
	const seen = new Uint8Array(TABLE_SIZE >> 3);
	let placeCount = 0;
	const put = (hash: number, space: number) => {
		const place = spread(hash, space) & TABLE_MASK;
		const bit = 1 << (place & 7);
		const byte = seen[place >> 3] ?? 0;
		if ((byte & bit) !== 0) return;
		seen[place >> 3] = byte | bit;
		places[placeCount++] = place;
	};
	for (let index = 0; index < tokenCount; index++) put(tokens[index] ?? 0, 0);
	const distinctTokens = placeCount;
	for (let index = 0; index < tokenCount; index++) {
		const stem = stems[index] ?? 0;
		if (stem !== 0) put(stem, 1);
	}
	const sharedCount = placeCount;
	for (let index = 0; index < tokenCount; index++) {
		put(tokens[index] ?? 0, 2 * form + 2);
		const stem = stems[index] ?? 0;
		if (stem !== 0) put(stem, 2 * form + 3);
	}
	const measures = new Float64Array(MEASURES.length);
	MEASURES.forEach(({ of }, index) => {
		measures[index] = of(counts, distinctTokens, tokenCount);
	});
	return { places, placeCount, sharedCount, measures, form };
}
