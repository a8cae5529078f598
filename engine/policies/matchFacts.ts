import type { FactConditions, RequestFacts } from '../spec/facts';

/**
 * Which of the conditions decide that a request fits, in words for a reason; `undefined` when one of
 * them does not hold. No condition fits every request. Facts are read only where a condition asks.
 */
export function matchFacts(facts: RequestFacts, wanted: FactConditions): string[] | undefined {
	const { minInputTokens, maxInputTokens, tasks = [], languages = [], hasAttachment } = wanted;
	const reasons: string[] = [];
	if (hasAttachment !== undefined) {
		if (facts.hasAttachment !== hasAttachment) return undefined;
		reasons.push(hasAttachment ? 'it has an attachment' : 'it has no attachment');
	}
	if (minInputTokens !== undefined || maxInputTokens !== undefined) {
		const { inputTokens } = facts;
		if (inputTokens < (minInputTokens ?? 0)) return undefined;
		if (inputTokens > (maxInputTokens ?? Infinity)) return undefined;
		reasons.push(`it has about ${inputTokens.toLocaleString('en-US')} tokens`);
	}
	if (languages.length > 0) {
		const { language } = facts;
		if (language === undefined || !languages.includes(language)) return undefined;
		reasons.push(`its language is ${language}`);
	}
	if (tasks.length > 0) {
		if (!tasks.includes(facts.task)) return undefined;
		reasons.push(`its task is ${facts.task}`);
	}
	return reasons;
}
