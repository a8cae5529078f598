import * as z from 'zod/v4-mini';
import type { JsonValue } from './json';

/** One answer to be reconciled, from whatever node. */
export interface AnswerIn {
	/** What the model wrote; an object counts as its canonical JSON. */
	readonly text: JsonValue;
	/** Who wrote it; shown in `winner`, `votes` and `dissent`. */
	readonly model: string;
	/** Share of the vote under `weighted`; default 1. */
	readonly weight?: number;
}

export const EXTRACTIONS = ['auto', 'wholeText', 'finalNumber', 'choiceLetter'] as const;
export type Extraction = (typeof EXTRACTIONS)[number];
/**
 * What `auto` may decide on: beside the named ones `finalAnswer`, the part that each text marks as
 * its answer (a JSON field, a tag, `\boxed{}`, "the answer is").
 */
export type UsedExtraction = Exclude<Extraction, 'auto'> | 'finalAnswer';

export const RECONCILE_METHODS = ['majority'] as const;
export type ReconcileMethod = (typeof RECONCILE_METHODS)[number];

/** How two extracted answers are made comparable. */
export const normalizationSchema = z.strictObject({
	ignoreCase: z._default(z.boolean(), true),
	ignoreWhitespace: z._default(z.boolean(), true),
	ignorePunctuation: z._default(z.boolean(), true),
	/** Two numbers are equal when they differ by at most this share of the larger one. */
	relativeTolerance: z._default(z.number().check(z.minimum(0), z.maximum(1)), 0),
});
export type Normalization = z.infer<typeof normalizationSchema>;

export const reconcileSchema = z.strictObject({
	method: z._default(z.enum(RECONCILE_METHODS), 'majority'),
	extract: z._default(z.enum(EXTRACTIONS), 'auto'),
	normalization: z._default(normalizationSchema, normalizationSchema.parse({})),
	/** Agreed when `agreement` is above it and there is no tie. */
	agreementThreshold: z._default(z.number().check(z.minimum(0), z.maximum(1)), 0.5),
});
export type ReconcileOptions = z.infer<typeof reconcileSchema>;

export interface Vote {
	/** Extracted but not normalised: as most of its voters wrote it; of several, as the first did. */
	readonly answer: JsonValue;
	readonly weight: number;
	readonly models: readonly string[];
}

export interface Reconciled {
	/** `null` when nothing could be extracted from any answer. */
	readonly answer: JsonValue;
	/** Share of all weight (abstentions included) behind the winner, 0–1. */
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
}
