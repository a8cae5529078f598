import { sha256 } from '../policies/cacheKey';

/** A permutation that the seed decides. */
export function shuffled<T>(things: readonly T[], seed: string): T[] {
	return things
		.map((thing, index) => ({ thing, rank: sha256(`${seed}:${index}`) }))
		.sort((a, b) => (a.rank < b.rank ? -1 : 1))
		.map(({ thing }) => thing);
}

/**
 * The reverse order, in which no place holds the same thing as before: the middle one of an odd
 * number changes with its neighbour. Whoever goes by the place alone picks another thing now.
 */
export function swapped<T>(things: readonly T[]): T[] {
	const reversed = [...things].reverse();
	if (things.length < 3 || things.length % 2 === 0) return reversed;
	const middle = (things.length - 1) / 2;
	const [one, other] = reversed.slice(middle, middle + 2) as [T, T];
	reversed.splice(middle, 2, other, one);
	return reversed;
}

/** The order with its start moved by `places`, so that each thing comes to stand in each place. */
export function rotated<T>(things: readonly T[], places: number): T[] {
	const start = things.length === 0 ? 0 : places % things.length;
	return [...things.slice(start), ...things.slice(0, start)];
}

/** `A`, `B` … `Z` for the places of an order. */
export function labelOf(place: number): string {
	return String.fromCharCode('A'.charCodeAt(0) + place);
}

/** So many letters there are. */
export const MAX_LABELS = 26;
