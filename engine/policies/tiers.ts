import { InvalidPlanError } from '../spec/errors';
import type { Candidate } from '../spec/provider';

export interface Tiers {
	readonly fast: readonly Candidate[];
	readonly strong: readonly Candidate[];
}

/**
 * Candidates by their tier. Where no row has one, the dearest model is the strong one and all
 * others are fast.
 *
 * @param usdOf US$ for one answer of usual length; `undefined` without a price
 * @throws {InvalidPlanError} when a tier is empty, set on some rows only, or cannot be told
 */
export function splitTiers(
	candidates: readonly Candidate[],
	usdOf: (candidate: Candidate) => number | undefined,
): Tiers {
	const untold = candidates.filter(({ tier }) => tier === undefined);
	if (untold.length === candidates.length) return byPrice(candidates, usdOf);
	if (untold.length > 0) {
		throw new InvalidPlanError(
			`Tier is set for some models only, not for ${names(untold)}`,
			'Set Tier under Models > Settings for every model (list a connected one as connected/1 to do so), or for none: then the dearest is the strong one.',
		);
	}
	const fast = candidates.filter(({ tier }) => tier === 'fast');
	const strong = candidates.filter(({ tier }) => tier === 'strong');
	const missing = fast.length === 0 ? 'Fast' : strong.length === 0 ? 'Strong' : undefined;
	if (missing === undefined) return { fast, strong };
	throw new InvalidPlanError(
		`No model has the tier ${missing}, got ${names(candidates)} in the other one`,
		`Set Tier to ${missing} under Models > Settings for at least one model.`,
	);
}

function byPrice(
	candidates: readonly Candidate[],
	usdOf: (candidate: Candidate) => number | undefined,
): Tiers {
	if (candidates.length < 2) {
		throw new InvalidPlanError(
			`This strategy needs a fast and a strong model, got ${names(candidates)} only`,
			'Add a second model under Models, and a credential for its vendor.',
		);
	}
	const prices = candidates.map(usdOf);
	const priceless = candidates.filter((_, index) => prices[index] === undefined);
	if (priceless.length > 0) {
		throw new InvalidPlanError(
			`Which model is the strong one cannot be told by price: none is known for ${names(priceless)}`,
			'Set Tier under Models > Settings for every model, or type in the prices there.',
		);
	}
	const highest = Math.max(...prices.map((price) => price ?? 0));
	const dearest = prices.indexOf(highest);
	return {
		fast: candidates.filter((_, index) => index !== dearest),
		strong: candidates.filter((_, index) => index === dearest),
	};
}

function names(candidates: readonly Candidate[]): string {
	return candidates.length === 0 ? 'none' : candidates.map(({ id }) => id).join(', ');
}
