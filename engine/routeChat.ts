import { cascade } from './cascade';
import { consensus } from './consensus';
import { executeChat } from './executeChat';
import { matchFacts } from './policies/matchFacts';
import { promptOf, requestFacts } from './requestFacts';
import { decideTier } from './routing/decideTier';
import type { ShownRun } from './runtime';
import { shownAtEnd } from './showing';
import type { ChatRequest } from './spec/chat';
import { EngineError, NoEligibleCandidateError, withTrace } from './spec/errors';
import type { Plan } from './spec/policies';
import type { ChatResult } from './spec/result';
import type { Auto, Route, Rules } from './spec/routes';
import type { RouteRecord, Trace } from './spec/trace';

/** Whose turn it is, decided from the request alone. */
export interface RouteDecision {
	readonly plan: Plan;
	/** Absent where the plan's own strategy says it all. */
	readonly outline?: Pick<RouteRecord, 'strategy' | 'reason'>;
}

/**
 * Answers one request by its route.
 *
 * @throws {EngineError} when there is no answer; every attempt is in its trace
 */
export async function routeChat(
	request: ChatRequest,
	route: Route,
	run: ShownRun,
): Promise<ChatResult> {
	switch (route.kind) {
		case 'cascade':
			return await shownAtEnd(run, async (unseen) => await cascade(request, route, unseen));
		case 'consensus':
			return await shownAtEnd(run, async (unseen) => await consensus(request, route, unseen));
		case 'models':
		case 'auto':
		case 'rules':
			return await askDecided(request, decideRoute(request, route), run);
	}
}

/**
 * Which plan answers a request under the strategies that choose once.
 *
 * @throws {NoEligibleCandidateError} when no rule fits and nothing is set for the rest
 */
export function decideRoute(
	request: ChatRequest,
	route: Exclude<Route, { kind: 'cascade' | 'consensus' }>,
): RouteDecision {
	switch (route.kind) {
		case 'models':
			return { plan: route.plan };
		case 'auto':
			return byDifficulty(request, route);
		case 'rules':
			return byRules(request, route);
	}
}

async function askDecided(
	request: ChatRequest,
	{ plan, outline }: RouteDecision,
	run: ShownRun,
): Promise<ChatResult> {
	if (outline === undefined) return await executeChat(request, plan, run);
	try {
		const result = await executeChat(request, plan, run);
		return { ...result, trace: relabelled(result.trace, outline) };
	} catch (error) {
		if (!(error instanceof EngineError) || error.trace === undefined) throw error;
		throw withTrace(error, relabelled(error.trace, outline));
	}
}

function relabelled(trace: Trace, outline: NonNullable<RouteDecision['outline']>): Trace {
	const { route, attempts } = trace;
	const fellBack = new Set(attempts.map(({ model }) => model)).size > 1;
	const reason = fellBack ? `${outline.reason}; ${route.reason}` : outline.reason;
	return { ...trace, route: { ...route, strategy: outline.strategy, reason } };
}

function byDifficulty(request: ChatRequest, { fast, strong, quality }: Auto): RouteDecision {
	const { tier, reason } = decideTier(promptOf(request), quality);
	return {
		plan: tier === 'strong' ? strong : fast,
		outline: { strategy: 'auto', reason: `${tier} tier: ${reason}` },
	};
}

function byRules(request: ChatRequest, { rules, otherwise }: Rules): RouteDecision {
	const facts = requestFacts(request);
	for (const { label, conditions, plan } of rules) {
		const reasons = matchFacts(facts, conditions);
		if (reasons === undefined) continue;
		const why = reasons.length === 0 ? '' : `: ${reasons.join(', ')}`;
		return { plan, outline: { strategy: 'rules', reason: `${label} fits${why}` } };
	}
	const reason = 'no rule fits';
	if (otherwise !== undefined) return { plan: otherwise, outline: { strategy: 'rules', reason } };
	throw new NoEligibleCandidateError(
		'No rule fits this request, and Otherwise is set to fail',
		'Add a rule that fits it, or choose under Otherwise who answers the rest.',
		{
			attempts: [],
			route: { strategy: 'rules', reason, skipped: [] },
			cache: 'off',
			latencyMs: 0,
			costUsd: 0,
			warnings: [],
		},
	);
}
