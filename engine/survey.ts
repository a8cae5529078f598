import { candidateKey } from './candidateKey';
import { findModel } from './catalog/index';
import { incapability, needsOf } from './policies/capabilities';
import { costUsd, effectivePricing } from './policies/cost';
import { inputTokens, requestTokens } from './policies/estimateTokens';
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
	/** Of those that were skipped: who could answer if only the input were shorter. */
	readonly tooLong: readonly TooLong[];
}

/** A candidate whose window is too small for the request. */
export interface TooLong {
	readonly candidate: Candidate;
	/** Tokens, as it counts them, that it takes with room for an answer. */
	readonly roomTokens: number;
	/** What its counts come to, relative to the estimate. */
	readonly factor: number;
}

/** Tokens of an answer when nobody says how long it will be; it only has to compare models. */
const USUAL_ANSWER_TOKENS = 500;
/** Tokens set aside for an answer when nobody says how long it may be. */
export const ROOMY_ANSWER_TOKENS = USUAL_ANSWER_TOKENS;
/** Tokens kept free for an answer when nobody says how long it may be. */
const ROOM_FOR_ANSWER_TOKENS = 4_096;
/** Part of a window that an input is cut to: an estimate is off by a few percent. */
const SAFE_SHARE = 0.95;
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
	const tooLong: TooLong[] = [];
	const count = tokenCounter(request);
	for (const candidate of plan.candidates) {
		const facts = factsOf(candidate, nowMs);
		const key = candidateKey(candidate);
		const factor = signals.tokenFactor(key);
		const tokens = () => count(factor);
		const reason = incapable(candidate, facts, request, tokens);
		if (reason !== undefined) {
			skipped.push({ model: candidate.id, reason });
			const roomTokens = roomFor(candidate, facts, request);
			if (roomTokens !== undefined) tooLong.push({ candidate, roomTokens, factor });
			continue;
		}
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
	return { contenders, skipped, tooLong };
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

/** Tokens that a model takes which refused a request for its length alone. */
function roomFor(
	{ settings }: Candidate,
	facts: ModelFacts | undefined,
	request: ChatRequest,
): number | undefined {
	const { contextWindowTokens, maxOutputTokens } = facts ?? {};
	if (contextWindowTokens === undefined) return undefined;
	if (incapability(facts, needsOf(request, 0)) !== undefined) return undefined;
	const usual = Math.min(maxOutputTokens ?? Infinity, ROOM_FOR_ANSWER_TOKENS);
	const answerTokens = settings.maxOutputTokens ?? Math.min(usual, contextWindowTokens / 4);
	const roomTokens = Math.floor((contextWindowTokens - answerTokens) * SAFE_SHARE);
	return roomTokens > 0 ? roomTokens : undefined;
}

function charactersOf({ messages }: ChatRequest): number {
	return messages.reduce((sum, { content, sections }) => {
		const { role = '', context = '', format = '', examples = [] } = sections ?? {};
		const shown = examples.reduce(
			(all, { input, output }) => all + input.length + output.length,
			0,
		);
		return sum + content.length + role.length + context.length + format.length + shown;
	}, 0);
}

/** Counts once, and only when asked; `factor` is a model's own. */
function tokenCounter(request: ChatRequest): (factor: number) => number {
	let counted: ReturnType<typeof requestTokens> | undefined;
	return (factor) => inputTokens((counted ??= requestTokens(request)), factor);
}
