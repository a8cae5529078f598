import type { Plan } from '../spec/policies';
import type { Candidate } from '../spec/provider';
import type { SkipRecord } from '../spec/trace';

export interface Ranking {
	/** In the order in which they are asked. */
	readonly candidates: readonly Candidate[];
	/** Why the first one is the first, in one sentence. */
	readonly reason: string;
	readonly skipped: readonly SkipRecord[];
}

/** Orders the candidates of a plan by its strategy. Pure: all signals are parameters. */
export function rankCandidates(plan: Plan): Ranking {
	return {
		candidates: plan.candidates,
		reason: plan.candidates.length === 1 ? 'the only candidate' : 'first in the listed order',
		skipped: plan.skipped,
	};
}
