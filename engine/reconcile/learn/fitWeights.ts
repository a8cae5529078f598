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
 * exponential of the weight behind it. Two steps, as few labels must do:
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
	// Where all agree or none is right, no weight makes a difference.
	const telling = votes.filter(
		({ groups, rightGroup }) => groups.length > 1 && rightGroup !== undefined,
	);
	const odds = tallies.map(logOdds);
	const expected = { slope: 1, offset: SCATTER_SHARE * -Math.log(collisionRate(votes)) };
	const onLine = (slope: number, offset: number) => odds.map((odd) => slope * odd + offset);
	const [slope = 1, offset = 0] = minimize(
		[expected.slope, expected.offset],
		([by = 1, and = 0]) => {
			const { value, gradient } = unlikeliness(onLine(by, and), telling);
			const away = [by - expected.slope, and - expected.offset] as const;
			return {
				value: value + LINE_STRENGTH * (away[0] ** 2 + away[1] ** 2),
				gradient: [
					dot(gradient, odds) + 2 * LINE_STRENGTH * away[0],
					sum(gradient) + 2 * LINE_STRENGTH * away[1],
				],
			};
		},
	);
	const line = onLine(slope, offset).map((weight) => Math.max(0, weight));
	const weights = minimize(
		line,
		(place) => {
			const { value, gradient } = unlikeliness(place, telling);
			const away = place.map((weight, index) => weight - (line[index] ?? 0));
			return {
				value: value + MODEL_STRENGTH * dot(away, away),
				gradient: gradient.map((one, index) => one + 2 * MODEL_STRENGTH * (away[index] ?? 0)),
			};
		},
		(place) => place.map((weight) => Math.max(0, weight)),
	);
	return weights.map((weight) => Number(weight.toFixed(4)));
}

/** Of the priors: some 0.4 is what slope, offset and weights may be off by without any reason. */
const LINE_STRENGTH = 3;
const MODEL_STRENGTH = 3;
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

/** Minus the logarithm of the probability of the right answers under these weights. */
function unlikeliness(weights: readonly number[], votes: readonly LabelledVote[]): Slope {
	let value = 0;
	const gradient = weights.map(() => 0);
	for (const { groups, rightGroup } of votes) {
		const scores = groups.map((models) => sum(models.map((model) => weights[model] ?? 0)));
		const highest = scores.reduce((most, score) => Math.max(most, score), -Infinity);
		const chances = scores.map((score) => Math.exp(score - highest));
		const total = sum(chances);
		groups.forEach((models, group) => {
			const chance = (chances[group] ?? 0) / total;
			const isRight = group === rightGroup;
			if (isRight) value -= Math.log(chance);
			for (const model of models) {
				gradient[model] = (gradient[model] ?? 0) + chance - Number(isRight);
			}
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
