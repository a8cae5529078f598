import {
	estimatedCostUsd,
	factsOf,
	splitTiers,
	type Candidate,
	type Tiers,
} from '../../engine/index';

/** Tokens of a usual prompt: only to tell by price which model is the strong one. */
const USUAL_PROMPT_TOKENS = 500;

/** @throws {InvalidPlanError} when the tiers cannot be told */
export function tiersOf(candidates: readonly Candidate[]): Tiers {
	const nowMs = Date.now();
	return splitTiers(candidates, (candidate) =>
		estimatedCostUsd(candidate, factsOf(candidate, nowMs), USUAL_PROMPT_TOKENS),
	);
}
