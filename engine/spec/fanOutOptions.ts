import * as z from 'zod/v4-mini';
import { lazily } from './lazily';
import { limitsSchema } from './policies';
import type { Extraction } from './reconcile';

/** When the item is done. */
export const WAIT_FOR = ['agreement', 'all', 'first', 'quorum'] as const;
export type WaitFor = (typeof WAIT_FOR)[number];

/** Ways to read an answer that need nothing else to be set: the vote is taken while answers come. */
export const VOTE_EXTRACTIONS = [
	'auto',
	'choiceLetter',
	'finalNumber',
	'wholeText',
] as const satisfies readonly Extraction[];

/** What the builder may set about the fan-out itself. */
export const fanOutSchema = lazily(() =>
	z.strictObject({
		/**
		 * `all` branches have answered or failed; the `first` good answer is there; a `quorum` of them
		 * is; no outstanding answer could change the winner of the vote (`agreement`).
		 */
		waitFor: z._default(z.enum(WAIT_FOR), 'all'),
		/** Good answers that are enough under `quorum`. */
		quorum: z._default(z.int().check(z.minimum(1)), 2),
		/** How the answers are read under `agreement`. */
		extract: z._default(z.enum(VOTE_EXTRACTIONS), 'auto'),
		/** Fewer good answers than this make the item fail. */
		minAnswers: z._default(z.int().check(z.minimum(1)), 1),
	}),
);

/** What the builder may set about one branch, beside the settings of its model. */
export const branchSettingsSchema = lazily(() =>
	z.strictObject({
		/** Absent or blank: the model's ID. */
		label: z.optional(z.string()),
		/** Asked instead of the prompt of the node; absent or blank: that one. */
		prompt: z.optional(z.string()),
		/** A role or point of view, added to the system prompt. */
		perspective: z.optional(z.string()),
		/** Answers of the same model to the same prompt, each a branch of its own. */
		samples: z._default(z.int().check(z.minimum(1), z.maximum(100)), 1),
		/** `provider/model` that answers when the model of the branch cannot. */
		backupModel: z.optional(z.string()),
	}),
);
export type BranchSettings = z.infer<typeof branchSettingsSchema>;

export const fanOutLimitsSchema = lazily(() =>
	z.extend(limitsSchema, {
		/** Branches under way at the same time, over all items. */
		branchConcurrency: z._default(z.int().check(z.minimum(1), z.maximum(1000)), 50),
	}),
);
export type FanOutLimits = z.infer<typeof fanOutLimitsSchema>;
