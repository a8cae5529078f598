/** The values at `count` evenly spaced shares of the total weight, from 0 to 1. */
export function quantilesOf(
	values: readonly number[],
	weights: readonly number[],
	count: number,
): number[] {
	const order = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	let at = 0;
	let passed = weights[order[0] ?? 0] ?? 0;
	return Array.from({ length: count }, (_, step) => {
		const wanted = (total * step) / (count - 1);
		while (at < order.length - 1 && passed < wanted) passed += weights[order[++at] ?? 0] ?? 0;
		return values[order[at] ?? 0] ?? 0;
	});
}
