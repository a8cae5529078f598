import { minimize, type Slope } from './minimize';

/** What one question teaches: who gave which answer, and which of the answers is right. */
export interface LabelledVote {
	/** Indices of models, answer by answer. */
	readonly groups: ReadonlyArray<readonly number[]>;
	/** Which of the groups is right; absent: none of them. */
	readonly rightGroup?: number;
}

/** How often a model was right. */
export interface Tally {
	readonly right: number;
	readonly asked: number;
}

/**
 * How much each model's vote counts, so that the right answers of these questions get as much weight
 * as possible: conditional logit, where the probability of an answer is proportional to the
 * exponential of the weight behind it, and that of "none of them is right" to a constant. Two steps,
 * as few labels must do:
 *
 * 1. One line for all models: weight = slope × log-odds of being right + offset. The offset is what a
 *    vote is worth because wrong answers scatter and the right one does not; it makes a model useful
 *    that is wrong more often than not.
 * 2. Each model leaves that line as far as the questions give reason to. Models that repeat each
 *    other's mistakes come out lighter than their own accuracy says.
 *
 * Both are held by normal priors. No vote counts against the answer that it is for.
 */
export function fitWeights(
	tallies: readonly Tally[],
	votes: readonly LabelledVote[],
): readonly number[] {
	const odds = tallies.map(logOdds);
	const expected = { slope: 1, offset: SCATTER_SHARE * -Math.log(collisionRate(votes)) };
	const onLine = (slope: number, offset: number) => odds.map((odd) => slope * odd + offset);
	const [slope = 1, offset = 0, noneOfThem = 0] = minimize(
		[expected.slope, expected.offset, 0],
		([by = 1, and = 0, none = 0]) => {
			const { value, gradient } = unlikeliness([...onLine(by, and), none], votes);
			const ofModels = gradient.slice(0, -1);
			const away = [by - expected.slope, and - expected.offset] as const;
			return {
				value: value + LINE_STRENGTH * (away[0] ** 2 + away[1] ** 2),
				gradient: [
					dot(ofModels, odds) + 2 * LINE_STRENGTH * away[0],
					sum(ofModels) + 2 * LINE_STRENGTH * away[1],
					gradient.at(-1) ?? 0,
				],
			};
		},
	);
	const line = onLine(slope, offset).map((weight) => Math.max(0, weight));
	const isWeight = (index: number) => index < line.length;
	const fitted = minimize(
		[...line, noneOfThem],
		(place) => {
			const { value, gradient } = unlikeliness(place, votes);
			const away = place.map((at, index) => (isWeight(index) ? at - (line[index] ?? 0) : 0));
			return {
				value: value + MODEL_STRENGTH * dot(away, away),
				gradient: gradient.map((one, index) => one + 2 * MODEL_STRENGTH * (away[index] ?? 0)),
			};
		},
		(place) => place.map((at, index) => (isWeight(index) ? Math.max(0, at) : at)),
	);
	return fitted.slice(0, -1).map((weight) => Number(weight.toFixed(4)));
}

/** Of the priors: slope and offset are off by some 0.4 without any reason, weights by some 0.3. */
const LINE_STRENGTH = 3;
const MODEL_STRENGTH = 6;
/** Models that err independently would deserve all of it; they learnt from the same texts. */
const SCATTER_SHARE = 0.5;

/** One right and one wrong answer are added to each model, so that none is certain. */
function logOdds({ right, asked }: Tally): number {
	return Math.log((right + 1) / (asked - right + 1));
}

/** How often two models that are both wrong give the same wrong answer. */
function collisionRate(votes: readonly LabelledVote[]): number {
	let same = 1;
	let all = 2;
	for (const { groups, rightGroup } of votes) {
		const wrong = groups.filter((_, index) => index !== rightGroup).map(({ length }) => length);
		all += pairs(sum(wrong));
		same += sum(wrong.map(pairs));
	}
	return same / all;
}

function pairs(count: number): number {
	return (count * (count - 1)) / 2;
}

/**
 * Minus the logarithm of the probability of what was right.
 *
 * @param weights of the models, and last of all the constant for "none of them"
 */
function unlikeliness(weights: readonly number[], votes: readonly LabelledVote[]): Slope {
	let value = 0;
	const gradient = weights.map(() => 0);
	const none = weights.length - 1;
	for (const { groups, rightGroup } of votes) {
		// "None of them" is a group with one voter that nobody else joins.
		const all = [...groups, [none]];
		const scores = all.map((voters) => sum(voters.map((voter) => weights[voter] ?? 0)));
		const highest = scores.reduce((most, score) => Math.max(most, score), -Infinity);
		const chances = scores.map((score) => Math.exp(score - highest));
		const total = sum(chances);
		all.forEach((voters, group) => {
			const isRight = group === (rightGroup ?? groups.length);
			if (isRight) value -= (scores[group] ?? 0) - highest - Math.log(total);
			const pull = (chances[group] ?? 0) / total - Number(isRight);
			for (const voter of voters) gradient[voter] = (gradient[voter] ?? 0) + pull;
		});
	}
	return { value, gradient };
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}

function dot(a: readonly number[], b: readonly number[]): number {
	return a.reduce((total, one, index) => total + one * (b[index] ?? 0), 0);
}
