import { quantile } from '../../scripts/train/rankMetrics';
import { seededRandom } from '../../scripts/train/random';

const RESAMPLES = 1000;

/** Prompts in the order in which they go to the strong model, hardest first. */
export type Ranking = readonly number[];

export const rank = (rows: readonly number[], score: ArrayLike<number>): Ranking =>
	[...rows].sort((a, b) => (score[b] ?? 0) - (score[a] ?? 0));

/** APGR where each row stands as often as `times` says (1 where it is absent). */
export function apgrOf(
	ranking: Ranking,
	gain: ArrayLike<number>,
	times?: ArrayLike<number>,
): number {
	let count = 0;
	let closed = 0;
	let area = 0;
	for (const row of ranking) {
		const repeats = times === undefined ? 1 : (times[row] ?? 0);
		const each = gain[row] ?? 0;
		area += repeats * closed + (each * repeats * repeats) / 2;
		closed += repeats * each;
		count += repeats;
	}
	return area / count / closed;
}

export interface Estimate {
	readonly value: number;
	readonly low: number;
	readonly high: number;
}

/**
 * A figure with its 95 % interval: questions are drawn again with replacement, 1,000 times, and the
 * figure computed on each draw. The same draw serves every ranking of a question, so that the
 * correlation of folds, seeds and compared routers is kept.
 */
export function bootstrap(
	rows: readonly number[],
	rowCount: number,
	figure: (times?: ArrayLike<number>) => number,
): Estimate {
	const random = seededRandom(20_240_501);
	const times = new Uint8Array(rowCount);
	const draws: number[] = [];
	for (let draw = 0; draw < RESAMPLES; draw++) {
		times.fill(0);
		for (let index = 0; index < rows.length; index++) {
			const row = rows[Math.floor(random() * rows.length)] ?? 0;
			times[row] = (times[row] ?? 0) + 1;
		}
		const value = figure(times);
		if (Number.isFinite(value)) draws.push(value);
	}
	return { value: figure(), low: quantile(draws, 0.025), high: quantile(draws, 0.975) };
}

export const three = (value: number): string => value.toFixed(3).replace(/^0\./, '.');

export const withInterval = ({ value, low, high }: Estimate): string =>
	`${three(value)} (${three(low)}–${three(high)})`;
