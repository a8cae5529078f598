/** What was seen at one time of a soak. */
export interface Sample {
	readonly atMs: number;
	/** After a collection. */
	readonly heapMegabytes: number;
	/** Sockets, timers and the like that keep the process alive. */
	readonly handles: number;
}

/** Means of the first and the last third, without the tenth in which everything warms up. */
export function growth(values: readonly number[]): {
	readonly start: number;
	readonly end: number;
} {
	const warm = values.slice(Math.ceil(values.length / 10));
	const third = Math.max(1, Math.floor(warm.length / 3));
	return { start: mean(warm.slice(0, third)), end: mean(warm.slice(-third)) };
}

/** Least squares over the warm samples, in megabytes an hour. */
export function slopePerHour(samples: readonly Sample[]): number {
	const warm = samples.slice(Math.ceil(samples.length / 10));
	const meanAt = mean(warm.map(({ atMs }) => atMs));
	const meanHeap = mean(warm.map(({ heapMegabytes }) => heapMegabytes));
	const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0);
	const together = sum(
		warm.map(({ atMs, heapMegabytes }) => (atMs - meanAt) * (heapMegabytes - meanHeap)),
	);
	const spread = sum(warm.map(({ atMs }) => (atMs - meanAt) ** 2));
	return (together / spread) * 3_600_000;
}

function mean(values: readonly number[]): number {
	return values.reduce((one, other) => one + other, 0) / values.length;
}
