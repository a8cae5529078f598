import { hash32, seededRandom } from './hash';
import { isObject, numberAt, type Json } from './json';

/**
 * How long a model thinks before its reply's headers: so many milliseconds, evenly between two, or
 * lognormal through a median and a 95th percentile.
 */
export type LatencyDistribution =
	| number
	| readonly [number, number]
	| { readonly p50: number; readonly p95: number; readonly seed?: number };

/** Draws milliseconds; the same seed draws the same series. */
export type DrawMs = () => number;

/** The 95th percentile of the standard normal distribution. */
const Z95 = 1.6448536269514722;

export function latencySampler(distribution: LatencyDistribution): DrawMs {
	if (typeof distribution === 'number') return () => distribution;
	if (isPair(distribution)) {
		const [fromMs, toMs] = distribution;
		const random = seededRandom(hash32(`uniform ${fromMs} ${toMs}`));
		return () => fromMs + random() * (toMs - fromMs);
	}
	const { p50, p95, seed } = distribution;
	const sigma = Math.log(p95 / p50) / Z95;
	const random = seededRandom(seed ?? hash32(`lognormal ${p50} ${p95}`));
	return () => p50 * Math.exp(sigma * standardNormal(random));
}

/** Refuses what cannot be drawn from; returns the distribution it was given. */
export function checkLatency(distribution: Json | LatencyDistribution): LatencyDistribution {
	if (isDelay(distribution)) return distribution;
	if (Array.isArray(distribution)) {
		const [from, to] = distribution as readonly (Json | undefined)[];
		if (distribution.length === 2 && isDelay(from) && isDelay(to) && from <= to) return [from, to];
	} else if (isObject(distribution as Json)) {
		const given = distribution as Json;
		const p50 = numberAt(given, 'p50');
		const p95 = numberAt(given, 'p95');
		const seed = numberAt(given, 'seed');
		if (p50 !== undefined && p95 !== undefined && p50 > 0 && p95 >= p50) {
			return { p50, p95, ...(seed === undefined ? {} : { seed }) };
		}
	}
	throw new Error(
		'a latency is milliseconds, [from, to] in milliseconds, or { p50, p95, seed? } with 0 < p50 <= p95; ' +
			`got ${JSON.stringify(distribution)}`,
	);
}

function isPair(distribution: LatencyDistribution): distribution is readonly [number, number] {
	return Array.isArray(distribution);
}

function isDelay(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

/** Box–Muller; the first draw is kept off 0, whose logarithm does not exist. */
function standardNormal(random: () => number): number {
	const radius = Math.sqrt(-2 * Math.log(1 - random()));
	return radius * Math.cos(2 * Math.PI * random());
}
