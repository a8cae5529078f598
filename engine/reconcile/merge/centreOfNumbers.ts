import { centreOf, isNear } from '../methods/numeric';
import { decimalOf, jsonNumber } from '../read/decimal';
import type { VoiceGroup } from './voices';

/** The median or mean of a field, and which answers are near it. */
export interface Centre {
	readonly answer: number | string;
	/** Indices. */
	readonly near: readonly number[];
}

/** `undefined` where none of the values is a number. */
export function centreOfNumbers(
	groups: readonly VoiceGroup[],
	center: 'median' | 'mean',
	agreeWithin: number,
): Centre | undefined {
	const given = groups
		.flatMap(({ ballots }) => ballots)
		.flatMap((ballot) => {
			const value = ballot.reading?.number;
			const { weight } = ballot;
			return value === undefined || !Number.isFinite(value) ? [] : [{ ballot, value, weight }];
		})
		.sort((a, b) => a.value - b.value);
	if (given.length === 0) return undefined;
	const { value, exact } = centreOf(given, { center, trimShare: 0 });
	const decimal = exact ?? decimalOf(value);
	return {
		answer: decimal === undefined ? value : jsonNumber(decimal),
		near: given
			.filter((one) => isNear(one.value, value, agreeWithin))
			.map(({ ballot }) => ballot.index),
	};
}
