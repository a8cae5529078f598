import * as z from 'zod/v4-mini';
import { lazily } from './lazily';
import type { ChatRequest } from './chat';
import type { ChatResult } from './result';

/** How a request is asked over the parts of a long text, with defaults and ranges. */
export const longDocumentSchema = lazily(() =>
	z.strictObject({
		/** Estimated tokens of a part. */
		chunkTokens: z._default(z.int().check(z.minimum(100), z.maximum(1_000_000)), 8_000),
		/** Estimated tokens of the end of a part that the next one repeats; at most half of a part. */
		overlapTokens: z._default(z.int().check(z.minimum(0), z.maximum(500_000)), 200),
		/** What is asked to put the partial answers together; absent: to answer the request from them. */
		combinePrompt: z.optional(z.string()),
		/** Parts that are asked about at the same time. */
		concurrency: z._default(z.int().check(z.minimum(1), z.maximum(50)), 4),
	}),
);
export type LongDocumentOptions = z.infer<typeof longDocumentSchema>;

/** A text that may be too long for one request. */
export interface LongDocument extends LongDocumentOptions {
	readonly text: string;
	/** For the whole item, in milliseconds. */
	readonly deadlineMs: number;
}

/** Asks one request, by whatever strategy; `R` is what a run of it takes. */
export type Ask<R> = (request: ChatRequest, run: R) => Promise<ChatResult>;
