import {
	CALLS_PER_HEDGE,
	hedgeAfterMs,
	p95Of,
	withHedge,
	withLatency,
	withoutHedge,
	withRequest,
	type LatencyWindow,
} from '../../../engine/policies/hedge';

test.each([
	{ hedge: undefined, p95Ms: 900, expected: undefined },
	{ hedge: { afterMs: 5_000, atP95: false }, p95Ms: 900, expected: 5_000 },
	{ hedge: { afterMs: 5_000, atP95: true }, p95Ms: 900, expected: 900 },
	{ hedge: { afterMs: 5_000, atP95: true }, p95Ms: undefined, expected: 5_000 },
	{ hedge: { atP95: true }, p95Ms: undefined, expected: undefined },
])('$hedge with a p95 of $p95Ms hedges after $expected', ({ hedge, p95Ms, expected }) => {
	expect(hedgeAfterMs(hedge, p95Ms)).toBe(expected);
});

test('of any number of calls at most one in ten is hedged, after the first', () => {
	let credit: number | undefined;
	let hedges = 0;
	for (let calls = 1; calls <= 1_000; calls++) {
		credit = withRequest(credit);
		const left = withHedge(credit);
		if (left !== undefined) hedges++;
		credit = left ?? credit;
		expect(hedges).toBeLessThanOrEqual(Math.ceil(calls / CALLS_PER_HEDGE));
	}
	expect(hedges).toBe(100);
});

test('a hedge that was not sent costs nothing', () => {
	const credit = withRequest(undefined);
	expect(withoutHedge(withHedge(credit) ?? NaN)).toBe(credit);
});

test.each([
	{ count: 19, expected: undefined },
	{ count: 20, expected: 19 },
	{ count: 100, expected: 95 },
	// Only the latest hundred count.
	{ count: 300, expected: 295 },
])('the 95th percentile of 1 to $count is $expected', ({ count, expected }) => {
	let window: LatencyWindow | undefined;
	for (let latencyMs = 1; latencyMs <= count; latencyMs++) window = withLatency(window, latencyMs);
	expect(p95Of(window)).toBe(expected);
});
