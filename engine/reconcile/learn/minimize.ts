/** A function of several numbers at one place. */
export interface Slope {
	readonly value: number;
	/** Where it rises fastest, and how fast. */
	readonly gradient: readonly number[];
}

const MAX_ROUNDS = 2_000;
const PRECISION = 1e-7;

/**
 * The place with the smallest value of a convex function, from `start` on: downhill in steps that
 * grow while they help and shrink when they go too far.
 *
 * @param keep brings a place back to where it may be, for example to where no number is negative
 */
export function minimize(
	start: readonly number[],
	slopeAt: (place: readonly number[]) => Slope,
	keep: (place: readonly number[]) => readonly number[] = (place) => place,
): readonly number[] {
	let place = keep(start);
	let slope = slopeAt(place);
	let step = 0.01;
	for (let round = 0; round < MAX_ROUNDS && step > Number.EPSILON; round += 1) {
		const { gradient, value } = slope;
		const next = keep(place.map((at, index) => at - step * (gradient[index] ?? 0)));
		const nextSlope = slopeAt(next);
		if (nextSlope.value > value) {
			step /= 3;
			continue;
		}
		const gained = value - nextSlope.value;
		place = next;
		slope = nextSlope;
		step *= 1.5;
		if (gained <= PRECISION * Math.max(1, Math.abs(value))) break;
	}
	return place;
}
