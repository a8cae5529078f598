import * as z from 'zod/v4-mini';
import { lazily } from './lazily';
import type { JsonSchema, JsonValue } from './json';

/** One answer to be reconciled, from whatever node. */
export interface AnswerIn {
	/** What the model wrote; an object counts as its canonical JSON. */
	readonly text: JsonValue;
	/** Who wrote it; shown in `winner`, `votes` and `dissent`. */
	readonly model: string;
	/** Goes before the weight that the options give its model; see `weights`. */
	readonly weight?: number;
	/** Under `firstValid`: whether a test outside of the engine accepts it; absent: there is none. */
	readonly isValid?: boolean;
}

export const EXTRACTIONS = [
	'auto',
	'wholeText',
	'finalNumber',
	'choiceLetter',
	'lastLine',
	'jsonPath',
	'regex',
] as const;
export type Extraction = (typeof EXTRACTIONS)[number];
/**
 * What `auto` may decide on beside the named ones: `finalAnswer`, the part that each text marks as
 * its answer (a JSON field, a tag, `\boxed{}`, "the answer is"), `literal`, the same sign by sign,
 * `json`, a JSON document, and `list`, a list in whatever form.
 */
export type UsedExtraction =
	| Exclude<Extraction, 'auto'>
	| 'finalAnswer'
	| 'literal'
	| 'json'
	| 'list';

/** The methods that call no model. */
export const RECONCILE_METHODS = [
	'majority',
	'weighted',
	'numeric',
	'fields',
	'list',
	'firstValid',
	'medoid',
	'supported',
] as const;
export type ReconcileMethod = (typeof RECONCILE_METHODS)[number];

const share = lazily(() => z.number().check(z.minimum(0), z.maximum(1)));

/** How dates are read; `clear`: only those that can be read in one way, so not 03/04/2025. */
export const DATE_READINGS = ['off', 'clear', 'dayFirst', 'monthFirst'] as const;

/** How two extracted answers are made comparable. Unicode is always brought to one form. */
export const normalizationSchema = lazily(() =>
	z.strictObject({
		ignoreCase: z._default(z.boolean(), true),
		ignoreWhitespace: z._default(z.boolean(), true),
		ignorePunctuation: z._default(z.boolean(), true),
		ignoreAccents: z._default(z.boolean(), false),
		dates: z._default(z.enum(DATE_READINGS), 'clear'),
		/** Two numbers are equal when they differ by at most this share of the larger one. */
		relativeTolerance: z._default(share, 0),
	}),
);
export type Normalization = z.infer<typeof normalizationSchema>;

export const NUMERIC_CENTERS = ['median', 'mean', 'trimmedMean'] as const;

export const numericSchema = lazily(() =>
	z.strictObject({
		center: z._default(z.enum(NUMERIC_CENTERS), 'median'),
		/** `trimmedMean` leaves out this share of the answers at each end. */
		trimShare: z._default(z.number().check(z.minimum(0), z.maximum(0.49)), 0.2),
		/** A number agrees with the result when it differs by at most this share of the larger one. */
		agreeWithin: z._default(share, 0.05),
	}),
);
export type NumericOptions = z.infer<typeof numericSchema>;

/**
 * How one field is made of several. `auto`: numbers, texts and truth values by vote, lists of
 * objects row by row, other lists as a whole where most agree, else element by element.
 */
export const FIELD_RULES = ['auto', 'vote', 'median', 'mean', 'union', 'intersection'] as const;
export type FieldRule = (typeof FIELD_RULES)[number];

export const fieldsSchema = lazily(() =>
	z.strictObject({
		/** By path without indices: `total`, `address.city`, `lines.price`. Unlisted: `auto`. */
		rules: z._default(
			z.array(z.strictObject({ field: z.string(), rule: z.enum(FIELD_RULES) })),
			[],
		),
		/** The field that tells rows of a list apart; absent: rows are matched by what they share. */
		rowKey: z.optional(z.string()),
	}),
);
export type FieldsOptions = z.infer<typeof fieldsSchema>;

export const LIST_KEEPS = ['atLeast', 'union', 'intersection'] as const;

export const listSchema = lazily(() =>
	z.strictObject({
		keep: z._default(z.enum(LIST_KEEPS), 'atLeast'),
		/** How many answers must name an item under `atLeast`. */
		atLeast: z._default(z.int().check(z.minimum(1)), 2),
	}),
);
export type ListOptions = z.infer<typeof listSchema>;

/** What a valid answer must pass, all of what is set. */
export const validitySchema = lazily(() =>
	z.strictObject({
		/** The JSON document in the answer fits this schema; it then is the answer. */
		schema: z.optional(
			z.custom<JsonSchema>((value) => typeof value === 'object' && value !== null),
		),
		/** The extracted answer holds a match. */
		pattern: z.optional(z.string().check(z.minLength(1))),
	}),
);
export type ValidityOptions = z.infer<typeof validitySchema>;

/** How often answers with at least this agreement were right. */
export interface CalibrationStep {
	readonly minAgreement: number;
	readonly right: number;
	readonly total: number;
}

export interface ModelWeight {
	readonly model: string;
	/** Not negative. */
	readonly weight: number;
}

const calibrationStep = lazily(() =>
	z.object({
		minAgreement: share,
		right: z.number().check(z.minimum(0)),
		total: z.number().check(z.minimum(0)),
	}),
);

/** What labelled answers teach: how much each model's vote counts, and what agreement is worth. */
export const weightTableSchema = lazily(() =>
	z.object({
		/** Questions whose right answer was known. */
		questions: z.number().check(z.minimum(0)),
		models: z.array(
			z.object({
				model: z.string(),
				weight: z.number().check(z.minimum(0)),
				right: z.optional(z.number()),
				asked: z.optional(z.number()),
			}),
		),
		calibration: z._default(
			z.object({
				majority: z._default(z.array(calibrationStep), []),
				weighted: z._default(z.array(calibrationStep), []),
			}),
			{ majority: [], weighted: [] },
		),
	}),
);
export type WeightTable = z.infer<typeof weightTableSchema>;

export const reconcileSchema = lazily(() =>
	z.strictObject({
		method: z._default(z.enum(RECONCILE_METHODS), 'majority'),
		extract: z._default(z.enum(EXTRACTIONS), 'auto'),
		/** Where the answer stands under `jsonPath`: `data.items[0].name`. */
		jsonPath: z._default(z.string(), ''),
		/** Under `regex`: the first group is the answer, without a group the whole match. */
		regex: z._default(z.string(), ''),
		normalization: z._default(normalizationSchema, normalizationSchema.parse({})),
		/** Agreed when `agreement` is above it and there is no tie. */
		agreementThreshold: z._default(share, 0.5),
		/** Used by `weighted`, `numeric`, `fields` and `list`; empty: all count alike. */
		weights: z._default(
			z.array(z.object({ model: z.string(), weight: z.number().check(z.minimum(0)) })),
			[],
		),
		/** What a model counts that has no weight of its own. */
		otherWeight: z._default(z.number().check(z.minimum(0)), 1),
		/** Gives `confidence` where there are steps for the method. */
		calibration: z.optional(
			z.object({ majority: z.array(calibrationStep), weighted: z.array(calibrationStep) }),
		),
		numeric: z._default(numericSchema, numericSchema.parse({})),
		fields: z._default(fieldsSchema, fieldsSchema.parse({})),
		list: z._default(listSchema, listSchema.parse({})),
		validity: z._default(validitySchema, validitySchema.parse({})),
	}),
);
export type ReconcileOptions = z.infer<typeof reconcileSchema>;

export interface Vote {
	/** Extracted but not normalised: as most of its voters wrote it; of several, as the first did. */
	readonly answer: JsonValue;
	/** Votes or weight; under `medoid` and `supported` the score of the text, 0–1. */
	readonly weight: number;
	readonly models: readonly string[];
}

/** A field on which the answers differ. */
export interface FieldConflict {
	/** `address.city`, `lines[2].price`; empty for the whole document. */
	readonly field: string;
	/** What was chosen comes first, where one of them was. */
	readonly values: readonly Vote[];
	/** Who left the field out. */
	readonly absent?: readonly string[];
}

/** How far the numbers lie apart. */
export interface Spread {
	readonly min: number;
	readonly max: number;
	readonly mean: number;
	readonly median: number;
	/** Of the numbers given, not an estimate for others. */
	readonly standardDeviation: number;
}

export interface Reconciled {
	/** `null` when nothing could be extracted from any answer. */
	readonly answer: JsonValue;
	/** 0–1; what it measures stands with each method in engine/reconcile/methods/methods.ts. */
	readonly agreement: number;
	/** False on a tie, whatever the threshold. */
	readonly agreed: boolean;
	readonly method: ReconcileMethod;
	/** Which extraction was used, and for `auto` why. */
	readonly extraction: { readonly used: UsedExtraction; readonly reason: string };
	/** Models behind the winner. */
	readonly winner: readonly string[];
	/** Heaviest first; of equally heavy ones first what most wrote alike, then what was given first. */
	readonly votes: readonly Vote[];
	/** Those that answered otherwise, or whose answer could not be read (`answer: null`). */
	readonly dissent: readonly { readonly model: string; readonly answer: JsonValue }[];
	/** How often answers with this agreement were right, 0–1; absent without a calibration table. */
	readonly confidence?: number;
	/** Under `fields`; absent when all agree on everything. */
	readonly conflicts?: readonly FieldConflict[];
	/** Under `numeric`. */
	readonly spread?: Spread;
	readonly outliers?: readonly { readonly model: string; readonly answer: JsonValue }[];
	/** Under `firstValid`: who was not valid, and why. */
	readonly rejected?: readonly { readonly model: string; readonly reason: string }[];
}
