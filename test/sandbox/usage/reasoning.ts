import type { ChatAsk, ReasoningEffort } from '../ask';
import type { Model } from '../catalogue/model';

/** Multiples of 64, as OpenAI bills them. */
const TOKENS_BY_EFFORT: Readonly<Record<ReasoningEffort, number>> = {
	none: 0,
	minimal: 64,
	low: 128,
	medium: 320,
	high: 768,
	xhigh: 1280,
	max: 2048,
};

/** Tokens that the model thinks before it writes, from its habit and what the request allows. */
export function reasoningTokens(model: Model, ask: ChatAsk): number {
	if (model.reasoning === 'none' || ask.reasoningBudget === 0) return 0;
	const asksForIt = ask.effort !== undefined || ask.reasoningBudget !== undefined;
	if (model.reasoning === 'optional' && !asksForIt) return 0;
	const thought = TOKENS_BY_EFFORT[ask.effort ?? 'medium'];
	const budget = ask.reasoningBudget;
	// Gemini's -1 leaves the budget to the model.
	return budget === undefined || budget < 0 ? thought : Math.min(thought, budget);
}
