/**
 * The share, 0–1, of a distribution that lies below a value, by linear interpolation.
 *
 * @param quantiles its values at evenly spaced shares from 0 to 1, ascending
 */
export function shareBelow(quantiles: readonly number[], value: number): number {
	const last = quantiles.length - 1;
	if (value <= (quantiles[0] ?? 0)) return 0;
	if (value >= (quantiles[last] ?? 0)) return 1;
	let low = 0;
	let high = last;
	while (high - low > 1) {
		const middle = (low + high) >> 1;
		if ((quantiles[middle] ?? 0) <= value) low = middle;
		else high = middle;
	}
	const from = quantiles[low] ?? 0;
	const to = quantiles[high] ?? 0;
	return (low + (to > from ? (value - from) / (to - from) : 0)) / last;
}
