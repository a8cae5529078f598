import {
	flowPolicy,
	flowProblem,
	startFlow,
	withBytes,
	withMark,
	type BodyFlow,
} from '../../../engine/policies/throughput';

const TIMEOUT_MS = 60_000;
const policy = flowPolicy(TIMEOUT_MS);
const bytes = (count: number, of = 'x') => new TextEncoder().encode(of.repeat(count));

/** Looks each second; gives the second at which the flow was a problem, and which. */
function watch(
	seconds: number,
	arrives: (second: number) => Uint8Array | undefined,
	{ totalBytes, endsAtMs = TIMEOUT_MS }: { totalBytes?: number; endsAtMs?: number } = {},
): { second?: number; problem?: string } {
	let flow: BodyFlow = startFlow(0, totalBytes);
	for (let second = 1; second <= seconds; second++) {
		const nowMs = second * 1000;
		const chunk = arrives(second);
		if (chunk !== undefined) flow = withBytes(flow, chunk, nowMs);
		const problem = flowProblem(flow, nowMs, endsAtMs, policy);
		if (problem !== undefined) return { second, problem };
		flow = withMark(flow, nowMs, policy);
	}
	return {};
}

test('a body without a byte for 30 seconds stalls', () => {
	expect(watch(60, () => undefined)).toEqual({
		second: 30,
		problem: 'The answer stalls: no byte of it for 30 s',
	});
	expect(watch(60, (second) => (second <= 10 ? bytes(100) : undefined))).toMatchObject({
		second: 31,
		problem: expect.stringContaining('drips') as string,
	});
	expect(watch(60, (second) => (second === 10 ? bytes(100) : undefined))).toMatchObject({
		second: 30,
	});
});

test('what is shorter than that has its own time', () => {
	expect(flowPolicy(10_000).idleMs).toBe(10_000);
	expect(flowPolicy(300_000).idleMs).toBe(30_000);
});

test('less than a byte a second over 20 seconds is a drip', () => {
	expect(watch(60, (second) => (second % 2 === 0 ? bytes(1) : undefined))).toEqual({
		second: 22,
		problem: 'The answer drips: 10 bytes of it in 20 s',
	});
	expect(watch(60, () => bytes(1))).toEqual({});
});

test('a body that cannot be whole in time at its pace drips', () => {
	// After 21 of 60 seconds there are 105 bytes; at 5 a second the other 895 take 179.
	expect(watch(60, () => bytes(5), { totalBytes: 1_000 })).toMatchObject({ second: 21 });
	expect(watch(60, () => bytes(5), { totalBytes: 250 })).toEqual({});
	expect(watch(60, () => bytes(5), { totalBytes: 1_000, endsAtMs: 300_000 })).toEqual({});
});

test('white space that keeps the connection open is no answer yet, and no stall', () => {
	const keptAlive = (second: number) => (second % 10 === 0 ? bytes(1, '\n') : undefined);
	expect(watch(300, keptAlive, { endsAtMs: 600_000 })).toEqual({});
	expect(
		watch(300, (second) => (second === 200 ? bytes(500) : keptAlive(second)), {
			endsAtMs: 600_000,
		}),
	).toMatchObject({ second: 220 });
});

test('a quick start does not make up for a drip later on', () => {
	const drips = (second: number) => bytes(second <= 5 ? 10_000 : second % 2);
	expect(watch(60, drips)).toMatchObject({ second: expect.any(Number) as number });
	expect(watch(60, drips).second).toBeLessThanOrEqual(26);
});
