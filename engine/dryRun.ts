import { candidateKey } from './candidateKey';
import { inputTokens, requestTokens } from './policies/estimateTokens';
import { rankCandidates } from './policies/rankCandidates';
import { decideRoute } from './routeChat';
import type { Run } from './runtime';
import type { ChatRequest } from './spec/chat';
import type { Plan } from './spec/policies';
import type { Route } from './spec/routes';
import type { RouteRecord, SkipRecord } from './spec/trace';
import { estimatedCostUsd, factsOf, survey, usualAnswerTokens } from './survey';

/** What one candidate would be asked and would cost. */
export interface CandidateForecast {
	readonly model: string;
	readonly tier?: 'fast' | 'strong';
	/** Estimated. */
	readonly inputTokens: number;
	/** Of an answer of usual length, or of the longest that is allowed where that is shorter. */
	readonly outputTokens: number;
	/** US$ for one call; `undefined` without a price. */
	readonly costUsd?: number;
}

/** What a run would do, without doing it. */
export interface Forecast {
	/** Who would be asked first; absent when nobody could. */
	readonly model?: string;
	readonly route: RouteRecord;
	/** In the order in which they would be asked. */
	readonly candidates: readonly CandidateForecast[];
}

/**
 * Decides as `routeChat` would and calls nobody.
 *
 * @throws {NoEligibleCandidateError} when no rule fits and nothing is set for the rest
 */
export function dryRun(
	request: ChatRequest,
	route: Route,
	{ runtime }: Pick<Run, 'runtime'>,
): Forecast {
	const { clock, random, state } = runtime;
	const nowMs = clock.nowMs();
	const skipped: SkipRecord[] = [];
	const ordered = (plan: Plan) => {
		const found = survey(plan, request, state, nowMs);
		skipped.push(...found.skipped.filter((one) => !skipped.some((other) => isSame(one, other))));
		return rankCandidates(plan, found.contenders, random);
	};
	const { plans, outline } = stepsOf(request, route);
	const rankings = plans.map(ordered);
	const candidates = rankings.flatMap((ranking) => ranking.candidates);
	const counted = requestTokens(request);
	const first = candidates[0];
	return {
		...(first === undefined ? {} : { model: first.id }),
		route: {
			strategy: outline?.strategy ?? plans[0]?.strategy ?? 'priority',
			reason: outline?.reason ?? rankings[0]?.reason ?? 'nobody can be asked',
			...(rankings[0]?.arm === undefined ? {} : { arm: rankings[0].arm }),
			skipped,
		},
		candidates: candidates.map((candidate) => {
			const tokens = inputTokens(counted, state.signals.tokenFactor(candidateKey(candidate)));
			const usd = estimatedCostUsd(candidate, factsOf(candidate, nowMs), tokens);
			return {
				model: candidate.id,
				...(candidate.tier === undefined ? {} : { tier: candidate.tier }),
				inputTokens: tokens,
				outputTokens: usualAnswerTokens(candidate),
				...(usd === undefined ? {} : { costUsd: usd }),
			};
		}),
	};
}

function stepsOf(
	request: ChatRequest,
	route: Route,
): {
	readonly plans: readonly Plan[];
	readonly outline?: Pick<RouteRecord, 'strategy' | 'reason'>;
} {
	if (route.kind === 'cascade') {
		const reason = 'the fast tier is asked first; the strong one where its answer is not accepted';
		return { plans: [route.fast, route.strong], outline: { strategy: 'cascade', reason } };
	}
	if (route.kind === 'consensus') {
		const reason = `${route.panel.length} fast models are asked at once; the strong tier where they do not agree`;
		return { plans: [...route.panel, route.strong], outline: { strategy: 'consensus', reason } };
	}
	const { plan, outline } = decideRoute(request, route);
	return { plans: [plan], ...(outline === undefined ? {} : { outline }) };
}

function isSame(one: SkipRecord, other: SkipRecord): boolean {
	return one.model === other.model && one.reason === other.reason;
}
