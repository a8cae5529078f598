import { startSandbox, type Sandbox } from './index';
import { checkLatency, latencySampler } from './latency';
import { callOf, chat } from './support/clients';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const drawn = (distribution: Parameters<typeof latencySampler>[0], count = 4_000) => {
	const drawMs = latencySampler(distribution);
	return Array.from({ length: count }, () => drawMs()).sort((one, other) => one - other);
};
const percentile = (values: readonly number[], share: number) =>
	values[Math.floor(values.length * share)] ?? NaN;

test('a number is always the same time', () => {
	expect(new Set(drawn(200))).toEqual(new Set([200]));
});

test('a pair draws evenly between its ends', () => {
	const values = drawn([100, 300]);
	expect(values[0]).toBeGreaterThanOrEqual(100);
	expect(values.at(-1)).toBeLessThanOrEqual(300);
	expect(percentile(values, 0.5)).toBeGreaterThan(190);
	expect(percentile(values, 0.5)).toBeLessThan(210);
});

test('a lognormal goes through its median and its 95th percentile', () => {
	const values = drawn({ p50: 800, p95: 3_000, seed: 7 });
	expect(percentile(values, 0.5) / 800).toBeCloseTo(1, 1);
	expect(percentile(values, 0.95) / 3_000).toBeCloseTo(1, 1);
	expect(values.every((value) => value > 0 && Number.isFinite(value))).toBe(true);
});

test('the same seed draws the same series, another seed another', () => {
	const of = (seed: number) => drawn({ p50: 100, p95: 200, seed }, 20);
	expect(of(1)).toEqual(of(1));
	expect(of(1)).not.toEqual(of(2));
});

test.each([[-1], [[5, 1]], [[1]], [{ p50: 0, p95: 1 }], [{ p50: 5, p95: 1 }], ['fast'], [null]])(
	'%j is not a latency',
	(value) => {
		expect(() => checkLatency(value as never)).toThrow(/a latency is milliseconds/);
	},
);

test('calls that match wait, others do not, and the latency set last counts', async () => {
	const [openai, anthropic] = [callOf('Chat Completions'), callOf('Anthropic')];
	sandbox.setLatency({ vendor: 'openai' }, 400);
	sandbox.setLatency({ vendor: 'openai' }, 120);
	const slow = await chat(sandbox.url, openai, 'Hello');
	const quick = await chat(sandbox.url, anthropic, 'Hello');
	expect(slow.tookMs).toBeGreaterThanOrEqual(118);
	expect(slow.tookMs).toBeLessThan(350);
	expect(quick.tookMs).toBeLessThan(100);
	sandbox.clearLatency();
	expect((await chat(sandbox.url, openai, 'Hello')).tookMs).toBeLessThan(100);
});

test('what a caller hands in is never changed', async () => {
	const match = Object.freeze({ vendor: 'openai' as const });
	const distribution = Object.freeze([1, 2] as const);
	sandbox.setLatency(match, distribution);
	sandbox.setFault(match, '500', Object.freeze({ times: 1 }));
	expect((await chat(sandbox.url, callOf('Chat Completions'), 'Hello')).status).toBe(500);
});
