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
	method: z._default(z.enum(['majority']), 'majority'),
	extract: z._default(z.enum(EXTRACTIONS), 'auto'),
	normalization: z._default(normalizationSchema, normalizationSchema.parse({})),
	/** Agreed when `agreement` is above it and there is no tie. */
	agreementThreshold: z._default(z.number().check(z.minimum(0), z.maximum(1)), 0.5),
});
export type ReconcileOptions = z.infer<typeof reconcileSchema>;

export interface Vote {
	/** The answer as its first voter gave it, extracted but not normalised. */
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
	readonly method: string;
	/** Which extraction was used, and for `auto` why. */
	readonly extraction: { readonly used: Extraction; readonly reason: string };
	/** Models behind the winner. */
	readonly winner: readonly string[];
	/** Heaviest first; ties in the order of the answers. */
	readonly votes: readonly Vote[];
	/** Those that answered otherwise, or whose answer could not be read (`answer: null`). */
	readonly dissent: readonly { readonly model: string; readonly answer: JsonValue }[];
}
