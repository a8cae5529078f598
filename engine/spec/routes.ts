import * as z from 'zod/v4-mini';
import { EXTRACTIONS, normalizationSchema } from './reconcile';
import type { Plan } from './policies';

/** When the answer of a cheap model is good enough. A test that is absent is not made. */
export const acceptanceSchema = z.strictObject({
	/** A regular expression that the answer must match. */
	mustMatch: z.optional(z.string().check(z.minLength(1))),
	/** Texts that must all stand in the answer, whatever their case. */
	mustContain: z.optional(z.array(z.string().check(z.minLength(1)))),
	/** Characters. */
	minLength: z.optional(z.int().check(z.minimum(1))),
	/** An answer that declines, apologises or hedges is not accepted. */
	rejectHedging: z._default(z.boolean(), true),
	/** The model is asked in the same call how sure it is, 0–1; less is not accepted. */
	minConfidence: z.optional(z.number().check(z.minimum(0), z.maximum(1))),
});
export type Acceptance = z.infer<typeof acceptanceSchema>;

export const consensusSchema = z.strictObject({
	extract: z._default(z.enum(EXTRACTIONS), 'auto'),
	normalization: z._default(normalizationSchema, normalizationSchema.parse({})),
	/** Show the strong model the answers that did not agree. */
	showAnswers: z._default(z.boolean(), false),
});
export type ConsensusOptions = z.infer<typeof consensusSchema>;

/** Cheap first; the strong tier answers what the tests do not accept. */
export interface Cascade {
	readonly fast: Plan;
	readonly strong: Plan;
	readonly acceptance: Acceptance;
	/** A model that is asked whether the cheap answer is right; absent: none is. */
	readonly verifier?: Plan;
	/** Hand the draft that was not accepted to the strong tier. */
	readonly passDraft: boolean;
}

/** Several cheap models at once; the strong tier answers where they do not agree. */
export interface Consensus {
	/** One plan for each voice, two or more. */
	readonly panel: readonly Plan[];
	readonly strong: Plan;
	readonly options: ConsensusOptions;
}
