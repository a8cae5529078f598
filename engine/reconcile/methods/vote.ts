import type { JsonValue } from '../../spec/json';
import type { Ballot, Method } from '../ballot';
import type { Vote } from '../../spec/reconcile';
import { groupBallots, type BallotGroup } from '../groupBallots';

/** Sums of weights that differ by less than this share of all weight are equal: 0.1 + 0.2 is 0.3. */
export const EQUAL_SHARE = 1e-9;

/**
 * The answer with the most weight behind it wins. Of several with equal weight it is never agreed,
 * and the one shown is that which most of its voters wrote to the letter alike (two that wrote 12 are
 * better evidence than one 9/2 and one 4.5), then of numbers the one with more digits (two hit on 7 by
 * accident, but not on 27648), then the one given first.
 */
export function voteBy(weightOf: (ballot: Ballot) => number): Method {
	return (ballots, { normalization, agreementThreshold }) => {
		const total = sum(ballots.map(weightOf));
		const ranked = rankGroups(groupBallots(ballots, normalization.relativeTolerance), weightOf);
		const [first, second] = ranked;
		const agreement = first === undefined || total === 0 ? 0 : first.weight / total;
		const winners = new Set<Ballot>(first?.ballots);
		return {
			answer: first?.answer ?? null,
			agreement,
			agreed: !isTie(first, second, total) && agreement > agreementThreshold,
			winner: modelsOf(first?.ballots ?? []),
			votes: ranked.map(asVote),
			dissent: dissentOf(ballots.filter((ballot) => !winners.has(ballot))),
		};
	};
}

/** The ballots for one answer, and what they weigh together. */
export interface WeighedGroup<B extends Ballot = Ballot> extends BallotGroup<B> {
	readonly weight: number;
}

/**
 * Heaviest first; of equally heavy ones first what `prefer` puts first, then what most wrote alike,
 * then the number with more digits, then what was given first.
 */
export function rankGroups<B extends Ballot>(
	groups: ReadonlyArray<BallotGroup<B>>,
	weightOf: (ballot: B) => number,
	prefer: (a: BallotGroup<B>, b: BallotGroup<B>) => number = () => 0,
): ReadonlyArray<WeighedGroup<B>> {
	const weighed = groups.map(({ answer, alike, digits, ballots }) => {
		let weight = 0;
		for (const ballot of ballots) weight += weightOf(ballot);
		return { answer, alike, digits, ballots, weight };
	});
	if (weighed.length < 2) return weighed;
	const equal = sum(weighed.map(({ weight }) => weight)) * EQUAL_SHARE;
	return weighed.sort((a, b) =>
		Math.abs(a.weight - b.weight) > equal
			? b.weight - a.weight
			: prefer(a, b) || b.alike - a.alike || b.digits - a.digits,
	);
}

/** Whether the second is as heavy as the first. */
export function isTie(
	first: WeighedGroup | undefined,
	second: WeighedGroup | undefined,
	total: number,
): boolean {
	if (first === undefined || second === undefined) return false;
	return first.weight - second.weight <= total * EQUAL_SHARE;
}

export function votesOf(
	groups: readonly BallotGroup[],
	weightOf: (ballot: Ballot) => number,
): readonly Vote[] {
	return rankGroups(groups, weightOf).map(asVote);
}

export function asVote({ answer, weight, ballots }: WeighedGroup): Vote {
	return { answer, weight, models: modelsOf(ballots) };
}

export function modelsOf(ballots: readonly Ballot[]): string[] {
	return ballots.map(({ model }) => model);
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
