import type { JsonValue } from '../../spec/json';
import type { Ballot, Method } from '../ballot';
import { groupBallots } from '../groupBallots';

/** Sums of weights that differ by less than this share of all weight are equal: 0.1 + 0.2 is 0.3. */
const EQUAL_SHARE = 1e-9;

/**
 * The answer with the most weight behind it wins. Of several with equal weight it is never agreed,
 * and the one shown is that which most of its voters wrote to the letter alike, then the one given
 * first: two that wrote 12 are better evidence than one 9/2 and one 4.5.
 */
export function voteBy(weightOf: (ballot: Ballot) => number): Method {
	return (ballots, { normalization, agreementThreshold }) => {
		const total = sum(ballots.map(weightOf));
		const equal = total * EQUAL_SHARE;
		const groups = groupBallots(ballots, normalization.relativeTolerance)
			.map((group) => ({ ...group, weight: sum(group.ballots.map(weightOf)) }))
			.sort((a, b) =>
				Math.abs(a.weight - b.weight) > equal ? b.weight - a.weight : b.alike - a.alike,
			);
		const [first, second] = groups;
		const votes = groups.map(({ answer, weight, ballots: voters }) => ({
			answer,
			weight,
			models: voters.map(({ model }) => model),
		}));
		const agreement = first === undefined || total === 0 ? 0 : first.weight / total;
		const isTie =
			first !== undefined && second !== undefined && first.weight - second.weight <= equal;
		const winners = new Set<Ballot>(first?.ballots);
		return {
			answer: first?.answer ?? null,
			agreement,
			agreed: !isTie && agreement > agreementThreshold,
			winner: votes[0]?.models ?? [],
			votes,
			dissent: dissentOf(ballots.filter((ballot) => !winners.has(ballot))),
		};
	};
}

/** What the ballots that lost said; `null` where nothing could be read. */
export function dissentOf(
	ballots: readonly Ballot[],
): Array<{ readonly model: string; readonly answer: JsonValue }> {
	return ballots.map(({ model, reading }) => ({ model, answer: reading?.answer ?? null }));
}

export function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
