import * as z from 'zod/v4-mini';
import { lazily } from './lazily';

export const OVERFLOW_STRATEGIES = ['error', 'keepStart', 'keepEnd', 'keepBoth'] as const;
/** What becomes of a text that is too long; `keepBoth` leaves out its middle. */
export type OverflowStrategy = (typeof OVERFLOW_STRATEGIES)[number];

/** One worked case: what comes in and what should come out. */
const exampleSchema = lazily(() => z.strictObject({ input: z.string(), output: z.string() }));
export type PromptExample = Readonly<z.infer<typeof exampleSchema>>;

/** A prompt in its parts; what is blank or absent is left out. */
const sectionsSchema = lazily(() =>
	z.strictObject({
		/** Who the model is: stands first in the system prompt. */
		role: z.optional(z.string()),
		/** What it has to know. */
		context: z.optional(z.string()),
		/** What it has to do; where it is absent the prompt says so. */
		task: z.optional(z.string()),
		/** What the answer has to look like. */
		format: z.optional(z.string()),
		examples: z.optional(z.array(exampleSchema)),
	}),
);

/** The parts that stand around a task, which is the content of a user message. */
export type PromptSections = Readonly<Omit<z.infer<typeof sectionsSchema>, 'task' | 'examples'>> & {
	readonly examples?: readonly PromptExample[];
};

/** What the builder may set about the input, with defaults and ranges. */
export const preprocessingSchema = lazily(() =>
	z.strictObject({
		/** Unicode in its composed form (NFC), white space in order, no invisible signs. */
		normalize: z._default(z.boolean(), false),
		/** The text of HTML in user messages and in the context, as people read it. */
		htmlToText: z._default(z.boolean(), false),
		/** Estimated tokens of the whole input; absent: what the model's window holds. */
		maxInputTokens: z.optional(z.int().check(z.minimum(1), z.maximum(100_000_000))),
		/** For an input above `maxInputTokens`, and for one that no model can take whole. */
		overflow: z._default(z.enum(OVERFLOW_STRATEGIES), 'error'),
		sections: z.optional(sectionsSchema),
	}),
);
export type PreprocessingOptions = z.infer<typeof preprocessingSchema>;

/** How much of the input is sent. */
export interface InputPolicy {
	/** Estimated tokens; absent: what the model's window holds. */
	readonly maxInputTokens?: number;
	readonly overflow: OverflowStrategy;
	/** `error` where a larger model is asked next, so that nothing is cut to the window of this one. */
	readonly windowOverflow?: 'error';
}
