import * as z from 'zod/v4-mini';
import { lazily } from './lazily';
import type { FactConditions } from './facts';
import type { Plan } from './policies';

/** When the answer of a cheap model is good enough. A test that is absent is not made. */
export const acceptanceSchema = lazily(() =>
	z.strictObject({
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
	}),
);
export type Acceptance = z.infer<typeof acceptanceSchema>;

/** What the builder may set about a cascade. */
export const cascadeSchema = lazily(() =>
	z.extend(acceptanceSchema, {
		/** ID of the model that is asked whether the answer is right; absent: none is. */
		verifierModel: z.optional(z.string().check(z.minLength(1))),
		/** Hand the draft that was not accepted to the strong tier. */
		passDraft: z._default(z.boolean(), false),
	}),
);
export type CascadeOptions = z.infer<typeof cascadeSchema>;

/** Share of a mixed load that goes to the strong tier under `auto`. */
export const qualitySchema = lazily(() =>
	z._default(z.number().check(z.minimum(0), z.maximum(1)), 0.5),
);

/** What of the answers is compared: the extractions that need no further setting. */
export const CONSENSUS_EXTRACTIONS = ['auto', 'choiceLetter', 'finalNumber', 'wholeText'] as const;

export const consensusSchema = lazily(() =>
	z.strictObject({
		extract: z._default(z.enum(CONSENSUS_EXTRACTIONS), 'auto'),
		/** Two numbers agree when they differ by at most this share of the larger one. */
		relativeTolerance: z._default(z.number().check(z.minimum(0), z.maximum(1)), 0),
		/** Show the strong model the answers that did not agree. */
		showAnswers: z._default(z.boolean(), false),
	}),
);
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

/** The harder prompts go to the strong tier, the others to the fast one. */
export interface Auto {
	/** Fast models first; strong ones stand in. */
	readonly fast: Plan;
	/** Strong models first; fast ones stand in. */
	readonly strong: Plan;
	/** 0–1: the share of a mixed load that goes to the strong tier. */
	readonly quality: number;
}

/** One row of the rules: what it asks of the request's facts, and who answers then. */
export interface RouteRule {
	/** How reasons name it, e.g. `Rule 2`. */
	readonly label: string;
	readonly conditions: FactConditions;
	readonly plan: Plan;
}

/** The first rule that fits decides. */
export interface Rules {
	/** Those whose condition over the item holds, in order. */
	readonly rules: readonly RouteRule[];
	/** Absent: a request that fits no rule fails. */
	readonly otherwise?: Plan;
}

/** How an item is to be answered. */
export type Route =
	| { readonly kind: 'models'; readonly plan: Plan }
	| ({ readonly kind: 'auto' } & Auto)
	| ({ readonly kind: 'rules' } & Rules)
	| ({ readonly kind: 'cascade' } & Cascade)
	| ({ readonly kind: 'consensus' } & Consensus);
