import * as z from 'zod/v4-mini';

/** What the builder may set about the fan-out itself. */
export const fanOutSchema = z.strictObject({
	/** When the item is done: `all` branches have answered or failed. */
	waitFor: z._default(z.enum(['all']), 'all'),
	/** Fewer good answers than this make the item fail. */
	minAnswers: z._default(z.int().check(z.minimum(1)), 1),
});
