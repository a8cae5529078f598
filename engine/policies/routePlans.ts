import { InvalidPlanError } from '../spec/errors';
import type { Plan } from '../spec/policies';
import type { Acceptance, ConsensusOptions, Route } from '../spec/routes';
import type { Candidate } from '../spec/provider';
import type { Tiers } from './tiers';

/** The harder prompts to the strong tier; the other tier stands in when one is down. */
export function autoRoute(plan: Plan, { fast, strong }: Tiers, quality: number): Route {
	return {
		kind: 'auto',
		fast: { ...plan, candidates: [...fast, ...strong] },
		strong: { ...plan, candidates: [...strong, ...fast] },
		quality,
	};
}

export interface CascadeParts {
	readonly acceptance: Acceptance;
	readonly verifier?: Candidate;
	readonly passDraft: boolean;
}

/**
 * Fast first. The attempts of the item are shared out so that one is left for each later step.
 *
 * @throws {InvalidPlanError} when there are fewer attempts than steps
 */
export function cascadeRoute(
	plan: Plan,
	{ fast, strong }: Tiers,
	{ acceptance, verifier, passDraft }: CascadeParts,
): Route {
	const later = verifier === undefined ? 1 : 2;
	const steps =
		verifier === undefined ? 'a draft and an escalation' : 'a draft, a check and an escalation';
	checkAttempts(plan, later + 1, `A cascade needs ${later + 1} (${steps})`);
	return {
		kind: 'cascade',
		acceptance,
		passDraft,
		fast: withAttempts(upgrading({ ...plan, candidates: fast }), plan.retry.maxAttempts - later),
		strong: { ...plan, candidates: strong },
		...(verifier === undefined
			? {}
			: {
					verifier: withAttempts(
						{ ...plan, candidates: [verifier], skipped: [] },
						plan.retry.maxAttempts - 1,
					),
				}),
	};
}

/**
 * The fast tier votes. Each voice has an equal part of the attempts, and one is left for the strong
 * tier.
 *
 * @throws {InvalidPlanError} when fewer than two models can vote, or there are too few attempts
 */
export function consensusRoute(
	plan: Plan,
	{ fast, strong }: Tiers,
	options: ConsensusOptions,
): Route {
	if (fast.length < 2) {
		throw new InvalidPlanError(
			`Consensus needs two fast models and a strong one, got ${fast.map(({ id }) => id).join(', ')} as the only fast one`,
			'Add a model under Models, with the Tier Fast where tiers are set.',
		);
	}
	const needed = fast.length + 1;
	checkAttempts(plan, needed, `Consensus of ${fast.length} models needs ${needed}`);
	const share = Math.floor((plan.retry.maxAttempts - 1) / fast.length);
	return {
		kind: 'consensus',
		options,
		panel: fast.map((candidate) =>
			withAttempts(upgrading({ ...plan, candidates: [candidate] }), share),
		),
		strong: { ...plan, candidates: strong },
	};
}

function withAttempts(plan: Plan, maxAttempts: number): Plan {
	return { ...plan, retry: { ...plan.retry, maxAttempts } };
}

/** An input that is too long for the fast tier goes to the strong one whole, before any is cut. */
function upgrading(plan: Plan): Plan {
	return plan.input === undefined
		? plan
		: { ...plan, input: { ...plan.input, windowOverflow: 'error' } };
}

function checkAttempts({ retry }: Plan, needed: number, sentence: string): void {
	if (retry.maxAttempts >= needed) return;
	throw new InvalidPlanError(
		`${sentence} attempts per item, got ${retry.maxAttempts}`,
		`Raise Max Attempts per Item under Reliability to ${needed} or more.`,
	);
}
