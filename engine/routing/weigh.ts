/** Deviations beyond this say no more: prompts unlike all that were learnt from stay in range. */
const LARGEST_DEVIATION = 3;

/** Each measure in standard deviations from the mean of the texts that were learnt from. */
export const standardise = (
	measures: Float64Array,
	spread: { readonly mean: Float64Array; readonly deviation: Float64Array },
): Float64Array =>
	measures.map((value, index) => {
		const deviations = (value - (spread.mean[index] ?? 0)) / (spread.deviation[index] ?? 1);
		return Math.max(-LARGEST_DEVIATION, Math.min(LARGEST_DEVIATION, deviations));
	});

/** How much one of `count` distinct words counts: a long text is not louder than a short one. */
export const wordShare = (count: number): number => 10 / Math.sqrt(count + 1);
