import { candidateKey } from './candidateKey';
import { findModel } from './catalog/index';
import { incapability, needsOf } from './policies/capabilities';
import { costUsd, effectivePricing } from './policies/cost';
import { estimateRequestTokens } from './policies/estimateTokens';
import type { Contender } from './policies/strategies';
import type { ModelFacts } from './spec/catalog';
import type { ChatRequest } from './spec/chat';
import type { Plan } from './spec/policies';
import type { Candidate } from './spec/provider';
import type { SkipRecord } from './spec/trace';
import type { EngineState } from './state';

/** Who could answer a request, and who could not and why. */
export interface Survey {
	readonly contenders: readonly Contender[];
	readonly skipped: readonly SkipRecord[];
}

/** Tokens of an answer when nobody says how long it will be; it only has to compare models. */
const USUAL_ANSWER_TOKENS = 500;
/** No tokenizer makes more tokens of a character of text than this. */
const MOST_TOKENS_PER_CHARACTER = 3;

/**
 * Looks at the candidates of a plan for one request: facts from the catalogue, signals from the
 * state. Tokens are counted only where a price or a window asks for them.
 */
export function survey(
	plan: Plan,
	request: ChatRequest,
	{ signals }: Pick<EngineState, 'signals'>,
	nowMs: number,
): Survey {
	const contenders: Contender[] = [];
	const skipped: SkipRecord[] = [...plan.skipped];
	const tokens = tokenCounter(request);
	for (const candidate of plan.candidates) {
		const facts = factsOf(candidate, nowMs);
		const reason = incapable(candidate, facts, request, tokens);
		if (reason !== undefined) {
			skipped.push({ model: candidate.id, reason });
			continue;
		}
		const key = candidateKey(candidate);
		const latencyMs = signals.latencyMs(key);
		const estimateUsd =
			plan.strategy === 'cheapest' ? estimatedCostUsd(candidate, facts, tokens()) : undefined;
		contenders.push({
			candidate,
			inFlight: signals.inFlight(key),
			...(latencyMs === undefined ? {} : { latencyMs }),
			...(estimateUsd === undefined ? {} : { costUsd: estimateUsd }),
		});
	}
	return { contenders, skipped };
}

/** What the catalogue knows about a candidate. */
export function factsOf(candidate: Candidate, nowMs: number): ModelFacts | undefined {
	if (candidate.kind === 'vendor') return findModel(candidate.id, nowMs);
	const { provider, modelId } = candidate.model;
	return provider === undefined ? undefined : findModel(`${provider}/${modelId}`, nowMs);
}

/** US$ that one answer of usual length would cost; `undefined` without a price. */
export function estimatedCostUsd(
	candidate: Candidate,
	facts: ModelFacts | undefined,
	inputTokens: number,
): number | undefined {
	const outputTokens = usualAnswerTokens(candidate);
	return costUsd({ inputTokens, outputTokens }, effectivePricing(facts, candidate.price));
}

/** Tokens of an answer of usual length, or of the longest that is allowed where that is shorter. */
export function usualAnswerTokens({ settings }: Candidate): number {
	return Math.min(settings.maxOutputTokens ?? USUAL_ANSWER_TOKENS, USUAL_ANSWER_TOKENS);
}

function incapable(
	candidate: Candidate,
	facts: ModelFacts | undefined,
	request: ChatRequest,
	tokens: () => number,
): string | undefined {
	if (facts === undefined) return undefined;
	const { contextWindowTokens = Infinity } = facts;
	const { maxOutputTokens = 0 } = candidate.settings;
	const couldOverflow =
		charactersOf(request) * MOST_TOKENS_PER_CHARACTER + maxOutputTokens > contextWindowTokens;
	return incapability(facts, needsOf(request, couldOverflow ? tokens() : 0), maxOutputTokens);
}

function charactersOf(request: ChatRequest): number {
	return request.messages.reduce((sum, { content }) => sum + content.length, 0);
}

/** Counts once, and only when asked. */
function tokenCounter(request: ChatRequest): () => number {
	let counted: number | undefined;
	return () => (counted ??= estimateRequestTokens(request));
}
