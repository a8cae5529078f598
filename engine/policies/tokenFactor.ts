/** Estimates that were off by more than this say something about one prompt, not about a model. */
const RANGE = { min: 0.5, max: 2 } as const;
/** How much one call counts; about the last ten are remembered. */
const STEP = 0.2;
/** A shorter text tells more about what the vendor puts around it. */
const LEAST_TOKENS = 50;

/** What one call said about the estimate. */
export interface TokenSample {
	/** Of the text alone. */
	readonly estimatedTokens: number;
	/** Reported for the text alone. */
	readonly reportedTokens: number;
}

/**
 * What a model's reported counts come to, relative to the estimate: an EWMA that starts at 1 and
 * stays within 0.5 and 2, whatever a vendor reports.
 */
export function withTokenSample(before: number | undefined, sample: TokenSample): number {
	const factor = before ?? 1;
	const { estimatedTokens, reportedTokens } = sample;
	if (estimatedTokens < LEAST_TOKENS || !(reportedTokens > 0)) return factor;
	const ratio = Math.min(RANGE.max, Math.max(RANGE.min, reportedTokens / estimatedTokens));
	return factor + STEP * (ratio - factor);
}
