import type { JsonValue } from '../../spec/json';
import type { Ballot, Method } from '../ballot';
import { groupBallots } from '../groupBallots';

/**
 * One answer, one vote; the answer with the most votes wins. Of several with equally many it is
 * never agreed, and the one shown is that which most of its voters wrote to the letter alike, then
 * the one given first: two that wrote 12 are better evidence than one 9/2 and one 4.5.
 */
export const majority: Method = (ballots, { normalization, agreementThreshold }) => {
	const groups = [...groupBallots(ballots, normalization.relativeTolerance)].sort(
		(a, b) => b.ballots.length - a.ballots.length || b.alike - a.alike,
	);
	const [first, second] = groups;
	const votes = groups.map(({ answer, ballots: voters }) => ({
		answer,
		weight: voters.length,
		models: voters.map(({ model }) => model),
	}));
	const agreement = (first?.ballots.length ?? 0) / ballots.length;
	const isTie = first !== undefined && second?.ballots.length === first.ballots.length;
	const winners = new Set<Ballot>(first?.ballots);
	return {
		answer: first?.answer ?? null,
		agreement,
		agreed: !isTie && agreement > agreementThreshold,
		winner: votes[0]?.models ?? [],
		votes,
		dissent: ballots
			.filter((ballot) => !winners.has(ballot))
			.map(({ model, reading }): { model: string; answer: JsonValue } => ({
				model,
				answer: reading?.answer ?? null,
			})),
	};
};
