import { TABLE_SIZE, type TextFeatures } from '../../engine/routing/features';
import { MEASURES } from '../../engine/routing/measures';
import { standardise, wordShare } from '../../engine/routing/weigh';
import { TEXT_FORMS } from '../../engine/routing/textForm';
import { sparseRows, type SparseRows } from './ridge';

/** How strongly each kind of feature may speak: a smaller scale is a larger penalty. */
export interface FeatureScales {
	/** Words and stems on their own. */
	readonly shared: number;
	/** Words and stems together with the form of the text. */
	readonly withForm: number;
	readonly measures: number;
	readonly measuresWithForm: number;
}

export const FEATURE_SCALES: FeatureScales = {
	shared: 0.1,
	withForm: 0.1,
	measures: 0.05,
	measuresWithForm: 0.05,
};

/** Where each kind of weight lies among the columns. */
export const COLUMNS = {
	measures: TABLE_SIZE,
	measuresWithForm: TABLE_SIZE + MEASURES.length,
	forms: TABLE_SIZE + MEASURES.length * (1 + TEXT_FORMS.length),
	intercept: TABLE_SIZE + MEASURES.length * (1 + TEXT_FORMS.length) + TEXT_FORMS.length,
	/** The logarithm of a prompt's length, one of the measures. */
	length: TABLE_SIZE + MEASURES.findIndex(({ name }) => name === 'chars'),
} as const;

export interface Spread {
	readonly mean: Float64Array;
	readonly deviation: Float64Array;
}

/** Mean and standard deviation of every measure over the texts. */
export function spreadOf(texts: readonly TextFeatures[]): Spread {
	const mean = new Float64Array(MEASURES.length);
	const deviation = new Float64Array(MEASURES.length);
	for (let index = 0; index < MEASURES.length; index++) {
		const values = texts.map(({ measures }) => measures[index]!);
		const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
		const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length;
		// Four significant digits are what the shipped model keeps.
		mean[index] = Number(centre.toPrecision(4));
		deviation[index] = Number((Math.sqrt(squares) || 1).toPrecision(4));
	}
	return { mean, deviation };
}

export function designMatrix(
	texts: readonly TextFeatures[],
	spread: Spread,
	scales: FeatureScales,
): SparseRows {
	return sparseRows(
		texts.length,
		COLUMNS.intercept + 1,
		(row) => texts[row]!.placeCount + 2 * MEASURES.length + 2,
		(row, put) => {
			const { places, placeCount, sharedCount, measures, form } = texts[row]!;
			const share = wordShare(placeCount);
			for (let index = 0; index < placeCount; index++) {
				const scale = index < sharedCount ? scales.shared : scales.withForm;
				put(places[index]!, scale * share);
			}
			standardise(measures, spread).forEach((value, index) => {
				put(COLUMNS.measures + index, scales.measures * value);
				const own = COLUMNS.measuresWithForm + form * MEASURES.length + index;
				put(own, scales.measuresWithForm * value);
			});
			put(COLUMNS.forms + form, 1);
			put(COLUMNS.intercept, 1);
		},
	);
}
