import {
	byCost,
	byLatency,
	byLoad,
	byWeight,
	type Contender,
} from '../../../engine/policies/strategies';
import { withSample } from '../../../engine/policies/latency';
import { candidate } from '../../support/scriptedEngine';
import { seededRandom } from '../../support/seededRandom';

const contender = (
	modelId: string,
	more: Partial<Contender> & { weight?: number } = {},
): Contender => {
	const { weight = 1, ...signals } = more;
	return { candidate: { ...candidate(modelId), weight }, inFlight: 0, ...signals };
};
const ids = (ranked: { candidates: readonly { id: string }[] }) =>
	ranked.candidates.map(({ id }) => id.replace('openai/', ''));

test('cheapest puts the cheapest first and what has no price last', () => {
	const ranked = byCost([
		contender('a', { costUsd: 0.02 }),
		contender('b'),
		contender('c', { costUsd: 0.001 }),
	]);
	expect(ids(ranked)).toEqual(['c', 'a', 'b']);
	expect(ranked.reason).toBe('cheapest for this request: about $0.0010');
	expect(ids(byCost([contender('b'), contender('a')]))).toEqual(['b', 'a']);
});

test('weighted keeps its shares within 2 points over 1,000 requests', () => {
	const random = seededRandom(7);
	const three = [
		contender('a', { weight: 70 }),
		contender('b', { weight: 20 }),
		contender('c', { weight: 10 }),
	];
	const leads = { a: 0, b: 0, c: 0 } as Record<string, number>;
	for (let request = 0; request < 10_000; request++) {
		const [first = ''] = ids(byWeight(three, random));
		leads[first] = (leads[first] ?? 0) + 1;
	}
	expect(Math.abs((leads.a ?? 0) / 100 - 70)).toBeLessThan(2);
	expect(Math.abs((leads.b ?? 0) / 100 - 20)).toBeLessThan(2);
	expect(Math.abs((leads.c ?? 0) / 100 - 10)).toBeLessThan(2);
});

test('a sticky key keeps its model, also when another model is added', () => {
	const two = [contender('a', { weight: 50 }), contender('b', { weight: 50 })];
	const keys = Array.from({ length: 500 }, (_, index) => `customer ${index}`);
	const before = keys.map((key) => ids(byWeight(two, Math.random, key))[0]);
	expect(keys.map((key) => ids(byWeight(two, Math.random, key))[0])).toEqual(before);
	const three = [...two, contender('c', { weight: 50 })];
	const moved = keys.filter((key, index) => {
		const [now] = ids(byWeight(three, Math.random, key));
		return now !== before[index] && now !== 'c';
	});
	expect(moved).toEqual([]);
});

test('fastest measures everybody first, then avoids the slow one', () => {
	const random = seededRandom(3);
	const trueMs: Record<string, number> = { quick: 200, slow: 2_000, middle: 600 };
	const signals = new Map<string, ReturnType<typeof withSample>>();
	const asked: string[] = [];
	for (let request = 0; request < 1_000; request++) {
		const ranked = byLatency(
			Object.keys(trueMs).map((id) => contender(id, { latencyMs: signals.get(id)?.ewmaMs })),
			random,
		);
		const [first = ''] = ids(ranked);
		asked.push(first);
		const latencyMs = (trueMs[first] ?? 0) * (0.8 + 0.4 * random());
		signals.set(
			first,
			withSample(signals.get(first), { latencyMs, ok: true, nowMs: request * 100 }),
		);
	}
	expect(new Set(asked.slice(0, 3)).size).toBe(3);
	const share = (id: string) => asked.filter((one) => one === id).length / asked.length;
	expect(share('quick')).toBeGreaterThan(0.95);
	expect(share('slow')).toBeLessThan(0.03);
	expect(share('slow')).toBeGreaterThan(0);
});

test('fastest leaves one that fails quickly', () => {
	const failing = withSample(undefined, { latencyMs: 20, ok: false, nowMs: 0 }).ewmaMs;
	const ranked = byLatency(
		[contender('failing', { latencyMs: failing }), contender('fine', { latencyMs: 900 })],
		() => 0.5,
	);
	expect(ids(ranked)[0]).toBe('fine');
});

test('fastest spreads over equals instead of running to one', () => {
	const random = seededRandom(5);
	const equal = ['a', 'b', 'c'].map((id) => contender(id, { latencyMs: 500 }));
	const leads = Array.from({ length: 900 }, () => ids(byLatency(equal, random))[0]);
	for (const id of ['a', 'b', 'c']) {
		expect(leads.filter((lead) => lead === id).length).toBeGreaterThan(240);
	}
});

test('least busy evens out the open calls', () => {
	const random = seededRandom(11);
	const open: Record<string, number> = { a: 0, b: 0, c: 0, d: 0 };
	for (let request = 0; request < 1_000; request++) {
		const [first = ''] = ids(
			byLoad(
				Object.entries(open).map(([id, inFlight]) => contender(id, { inFlight })),
				random,
			),
		);
		open[first] = (open[first] ?? 0) + 1;
	}
	const loads = Object.values(open);
	expect(Math.max(...loads) - Math.min(...loads)).toBeLessThan(12);
});
