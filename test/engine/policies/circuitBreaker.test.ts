import {
	BREAKER_POLICY,
	breakerSample,
	CLOSED_BREAKER,
	judgeBreaker,
	withCall,
	withProbe,
	type Breaker,
} from '../../../engine/policies/circuitBreaker';

const T0 = 1_000_000;
const isOpen = (breaker: Breaker, nowMs: number) => !judgeBreaker(breaker, 0, nowMs).admits;

/** The breaker after these calls, a second apart: `.` good, `x` failed, `t` timed out. */
function after(calls: string, from: Breaker = CLOSED_BREAKER, fromMs = T0, stepMs = 1000): Breaker {
	const samples = { '.': 'ok', x: 'failure', t: 'timeout' } as const;
	return [...calls].reduce(
		(breaker, call, index) =>
			withCall(breaker, samples[call as keyof typeof samples], fromMs + index * stepMs),
		from,
	);
}

test.each([
	{ calls: '.........x', open: false },
	{ calls: 'xxxxxxxxx', open: false },
	{ calls: 'xxxxxxxxxx', open: true },
	{ calls: '.x.x.x.x.x', open: true },
	{ calls: '..x.x.x.x.', open: false },
	{ calls: 'tt', open: false },
	{ calls: 'ttt', open: true },
	{ calls: 'tt.tt', open: false },
	{ calls: 'ttxt', open: true },
])('$calls', ({ calls, open }) => {
	expect(isOpen(after(calls), T0 + calls.length * 1000)).toBe(open);
});

test('what is older than the window counts no more', () => {
	const before = after('xxxxxxxxx');
	const later = withCall(before, 'failure', T0 + 2 * BREAKER_POLICY.windowMs + 9000);
	expect(later.openUntilMs).toBe(0);
});

test('open, it lets one probe through when its time is over', () => {
	const open = after('ttt', CLOSED_BREAKER, T0, 0);
	const overMs = T0 + BREAKER_POLICY.openMs;
	expect(judgeBreaker(open, 0, overMs - 1)).toMatchObject({ admits: false, untilMs: overMs });
	expect(judgeBreaker(open, 0, overMs)).toEqual({ admits: true, isProbe: true });
	const probing = withProbe(open, overMs);
	expect(judgeBreaker(probing, 0, overMs + 1)).toMatchObject({
		admits: false,
		reason: 'a probe is under way',
	});
	// A probe that nobody ever heard of again does not lock it for good.
	expect(judgeBreaker(probing, 0, overMs + BREAKER_POLICY.probeMs)).toMatchObject({
		admits: true,
	});
});

test('a failed probe opens it again and for longer, up to a limit', () => {
	let breaker = after('ttt', CLOSED_BREAKER, T0, 0);
	let nowMs = T0;
	const lengths: number[] = [];
	for (let round = 0; round < 5; round++) {
		lengths.push(breaker.openUntilMs - nowMs);
		nowMs = breaker.openUntilMs;
		breaker = withCall(withProbe(breaker, nowMs), 'failure', nowMs, true);
	}
	expect(lengths).toEqual([5_000, 10_000, 20_000, 20_000, 20_000]);
});

test('after a good probe it ramps up, twice as many at a time with each good answer', () => {
	const open = after('ttt', CLOSED_BREAKER, T0, 0);
	const nowMs = open.openUntilMs;
	let breaker = withCall(withProbe(open, nowMs), 'ok', nowMs, true);
	const allowed: number[] = [];
	while (breaker.rampTo > 0) {
		allowed.push(breaker.rampTo);
		expect(judgeBreaker(breaker, breaker.rampTo - 1, nowMs).admits).toBe(true);
		expect(judgeBreaker(breaker, breaker.rampTo, nowMs).admits).toBe(false);
		breaker = withCall(breaker, 'ok', nowMs);
	}
	expect(allowed).toEqual([2, 4, 8, 16, 32, 64]);
	expect(judgeBreaker(breaker, 10_000, nowMs)).toEqual({ admits: true, isProbe: false });
});

test('a failure while it ramps up opens it at once', () => {
	const open = after('ttt', CLOSED_BREAKER, T0, 0);
	const nowMs = open.openUntilMs;
	const ramping = withCall(withProbe(open, nowMs), 'ok', nowMs, true);
	expect(isOpen(withCall(ramping, 'failure', nowMs), nowMs)).toBe(true);
});

test('calls that were under way when it opened neither close nor prolong it', () => {
	const open = after('ttt', CLOSED_BREAKER, T0, 0);
	for (const sample of ['ok', 'failure', 'timeout'] as const) {
		expect(withCall(open, sample, T0 + 10).openUntilMs).toBe(open.openUntilMs);
		const probing = withProbe(open, open.openUntilMs);
		expect(withCall(probing, sample, open.openUntilMs + 1)).toMatchObject({
			openUntilMs: open.openUntilMs,
			probeAtMs: probing.probeAtMs,
		});
	}
});

test.each([
	{ outcome: 'ok', sample: 'ok' },
	{ outcome: 'timeout', sample: 'timeout' },
	{ outcome: 'server', sample: 'failure' },
	{ outcome: 'network', sample: 'failure' },
	{ outcome: 'rate-limit', sample: undefined },
	{ outcome: 'invalid-request', sample: undefined },
	{ outcome: 'authentication', sample: undefined },
	{ outcome: 'cancelled', sample: undefined },
	{ outcome: 'schema-mismatch', sample: undefined },
] as const)('$outcome counts as $sample', ({ outcome, sample }) => {
	expect(breakerSample(outcome)).toBe(sample);
});
