import { candidateKey } from './candidateKey';
import { costUsd, effectivePricing } from './policies/cost';
import { inputTokens, requestTokens, type RequestTokens } from './policies/estimateTokens';
import type { Run } from './runtime';
import type { AdmissionAnswer, BudgetAsk, Refusal, Ticket } from './spec/admission';
import type { ChatRequest } from './spec/chat';
import type { Plan } from './spec/policies';
import type { Candidate } from './spec/provider';
import type { Standing } from './standings';
import { factsOf, ROOMY_ANSWER_TOKENS } from './survey';

/** Asks for room for one call; without any the standing is held back and there is no ticket. */
export type Door = (standing: Standing, request: ChatRequest) => Promise<Ticket | undefined>;

/**
 * The way to a call leads through breaker, limits and budgets. What is estimated is only estimated
 * where a limit or a budget asks for it.
 */
export function doorOf(plan: Plan, standings: readonly Standing[], run: Run): Door {
	const { clock, state } = run.runtime;
	const budgets = run.budgets ?? [];
	const count = counter();

	const estimate = (candidate: Candidate, request: ChatRequest) => {
		const factor = state.signals.tokenFactor(candidateKey(candidate));
		const input = inputTokens(count(request), factor);
		const output = candidate.settings.maxOutputTokens ?? ROOMY_ANSWER_TOKENS;
		const pricing = effectivePricing(factsOf(candidate, clock.nowMs()), candidate.price);
		return {
			tokens: input + output,
			usd: costUsd({ inputTokens: input, outputTokens: output }, pricing),
		};
	};

	return async (standing, request) => {
		const { candidate } = standing;
		const { limits } = candidate;
		const needed =
			budgets.length > 0 || limits.tokensPerMinute !== undefined
				? estimate(candidate, request)
				: { tokens: 0, usd: 0 };
		const answer: AdmissionAnswer =
			needed.usd === undefined && budgets.length > 0
				? { refusal: UNPRICED }
				: await state.admission.ask({
						key: candidateKey(candidate),
						limits,
						tokens: needed.tokens,
						budgets: budgets.map((budget) => ownedBy(budget, candidate)),
						costUsd: needed.usd ?? 0,
						isLone: standings.every((other) => other === standing || other.spent),
						nowMs: clock.nowMs(),
					});
		if (answer.ticket !== undefined) return answer.ticket;
		const { cause } = answer.refusal;
		const isLimit = cause === 'limit' || cause === 'concurrency';
		standing.hold(answer.refusal, isLimit && plan.onLimit === 'wait');
		if (cause === 'budget' && plan.onBudget === 'cheapest') {
			preferCheapest(standings, (one) => estimate(one, request).usd);
		}
		return undefined;
	};
}

function ownedBy(budget: BudgetAsk, candidate: Candidate): BudgetAsk {
	if (budget.perCredential !== true) return budget;
	const owner = candidate.kind === 'vendor' ? candidate.connection.identity : candidate.identity;
	return { ...budget, key: `${budget.key}|${owner}` };
}

const UNPRICED: Refusal = {
	cause: 'price',
	untilMs: Infinity,
	reason:
		'no price is known for it, so a budget cannot be kept: set Input Price and Output Price in its settings',
};

function preferCheapest(
	standings: readonly Standing[],
	usdOf: (candidate: Candidate) => number | undefined,
): void {
	const left = standings.filter(({ spent }) => !spent);
	const usd = new Map(left.map((standing) => [standing, usdOf(standing.candidate) ?? Infinity]));
	const [cheapest] = left.sort((one, other) => (usd.get(one) ?? 0) - (usd.get(other) ?? 0));
	cheapest?.prefer();
}

/** Counts the request that was asked for last once. */
function counter(): (request: ChatRequest) => RequestTokens {
	let last: { readonly request: ChatRequest; readonly tokens: RequestTokens } | undefined;
	return (request) => {
		if (last?.request !== request) last = { request, tokens: requestTokens(request) };
		return last.tokens;
	};
}
