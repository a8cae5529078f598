import type { NumericOptions, Spread } from '../../spec/reconcile';
import type { Ballot, Method } from '../ballot';
import { groupBallots } from '../groupBallots';
import { decimalOf, jsonNumber } from '../read/decimal';
import { dissentOf, sum, votesOf } from './vote';

/** One number that was given. */
export interface Given {
	readonly ballot: Ballot;
	readonly value: number;
	readonly weight: number;
}

/**
 * The centre of the numbers: median, mean, or the mean without the outermost ones. What is no number
 * abstains. `agreement` is the share of all weight within `agreeWithin` of the result.
 */
export const numeric: Method = (ballots, { numeric: options, agreementThreshold }) => {
	const given = numbersOf(ballots);
	const votes = votesOf(groupBallots(ballots, 0), ({ weight }) => weight);
	if (given.length === 0) {
		const nothing = { answer: null, agreement: 0, agreed: false, winner: [], votes };
		return { ...nothing, dissent: dissentOf(ballots) };
	}
	const { value, exact } = centreOf(given, options);
	const near = new Set(
		given
			.filter((one) => isNear(one.value, value, options.agreeWithin))
			.map(({ ballot }) => ballot),
	);
	const total = sum(ballots.map(({ weight }) => weight));
	const behind = sum([...near].map(({ weight }) => weight));
	const agreement = total === 0 ? 0 : behind / total;
	const decimal = exact ?? decimalOf(value);
	const far = outliersAmong(given, options);
	return {
		answer: decimal === undefined ? value : jsonNumber(decimal),
		agreement,
		agreed: agreement > agreementThreshold,
		winner: ballots.filter((ballot) => near.has(ballot)).map(({ model }) => model),
		votes,
		dissent: dissentOf(ballots.filter((ballot) => !near.has(ballot))),
		spread: spreadOf(given),
		...(far.length === 0 ? {} : { outliers: dissentOf(far) }),
	};
};

/** In ascending order. Where all weights are 0, all count alike. */
function numbersOf(ballots: readonly Ballot[]): readonly Given[] {
	const given = ballots.flatMap((ballot): Given[] => {
		const value = ballot.reading?.number;
		const { weight } = ballot;
		return value === undefined || !Number.isFinite(value) ? [] : [{ ballot, value, weight }];
	});
	const isWeighted = given.some(({ weight }) => weight > 0);
	return given
		.map((one) => (isWeighted ? one : { ...one, weight: 1 }))
		.sort((a, b) => a.value - b.value);
}

/** `exact`: the very number that somebody gave, all its digits kept. */
export function centreOf(
	given: readonly Given[],
	{ center, trimShare }: Pick<NumericOptions, 'center' | 'trimShare'>,
): { readonly value: number; readonly exact?: string } {
	if (center === 'median') return medianOf(given);
	const left = center === 'mean' ? 0 : Math.floor(given.length * trimShare);
	return { value: meanOf(given.slice(left, given.length - left)) };
}

function medianOf(given: readonly Given[]): { readonly value: number; readonly exact?: string } {
	const half = sum(given.map(({ weight }) => weight)) / 2;
	let passed = 0;
	for (const [index, { value, weight, ballot }] of given.entries()) {
		passed += weight;
		if (passed < half) continue;
		const next = given.slice(index + 1).find((one) => one.weight > 0);
		if (passed > half || next === undefined || next.value === value) {
			const exact = ballot.reading?.key;
			return exact === undefined ? { value } : { value, exact };
		}
		return { value: value / 2 + next.value / 2 };
	}
	return { value: given.at(-1)?.value ?? 0 };
}

function meanOf(given: readonly Given[]): number {
	const total = sum(given.map(({ weight }) => weight));
	// Divided first: the sum of two large numbers may be none.
	return total === 0
		? sum(given.map(({ value }) => value / given.length))
		: sum(given.map(({ value, weight }) => value * (weight / total)));
}

export function isNear(a: number, b: number, agreeWithin: number): boolean {
	return Math.abs(a - b) <= agreeWithin * Math.max(Math.abs(a), Math.abs(b));
}

/** Iglewicz and Hoaglin's rule: more than 3.5 robust standard deviations from the median. */
const ROBUST_LIMIT = 3.5;
/** Makes the median deviation of normal data their standard deviation. */
const ROBUST_SCALE = 1.4826;

function outliersAmong(
	given: readonly Given[],
	{ agreeWithin }: NumericOptions,
): readonly Ballot[] {
	const { value: median } = medianOf(given);
	const deviations = given
		.map((one) => ({ ...one, value: Math.abs(one.value - median) }))
		.sort((a, b) => a.value - b.value);
	const deviation = ROBUST_SCALE * medianOf(deviations).value;
	return given
		.filter(({ value }) =>
			// Where most are the same number, whoever is not near it is out.
			deviation === 0
				? !isNear(value, median, agreeWithin)
				: Math.abs(value - median) > ROBUST_LIMIT * deviation,
		)
		.map(({ ballot }) => ballot);
}

function spreadOf(given: readonly Given[]): Spread {
	const values = given.map(({ value }) => value);
	const equal = given.map((one) => ({ ...one, weight: 1 }));
	const mean = meanOf(equal);
	const scale = values.reduce((most, value) => Math.max(most, Math.abs(value - mean)), 0);
	const variance =
		scale === 0 ? 0 : sum(values.map((value) => ((value - mean) / scale) ** 2)) / values.length;
	return {
		min: values[0] ?? mean,
		max: values.at(-1) ?? mean,
		mean: rounded(mean),
		median: rounded(medianOf(equal).value),
		standardDeviation: rounded(scale * Math.sqrt(variance)),
	};
}

/** Without the noise of binary fractions. */
function rounded(value: number): number {
	return Number(value.toPrecision(12));
}
