/**
 * The attempts and the time of an item are one budget over retries, fallbacks, hedges, pauses and
 * branches: checked over random vendors, with the vendors' log as the judge.
 */
import { executeChat, fanOut, type EngineError, type Plan } from '../../engine/index';
import {
	candidate,
	ask,
	failure,
	planOf,
	scriptedEngine,
	type Scripted,
} from '../support/scriptedEngine';
import { seededRandom } from '../support/seededRandom';
import { branch, policyOf } from './fanOut/panel';

const IDS = ['one', 'two', 'three'] as const;
const HARD = ['server', 'overloaded', 'network', 'malformed-response', 'quota', 'timeout'] as const;

function randomPlan(random: () => number): { plan: Plan; script: Record<string, Scripted[]> } {
	const pick = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)] as T;
	const reply = (): Scripted => {
		const kind = pick(HARD);
		switch (Math.floor(random() * 6)) {
			case 0:
				return 'ok';
			case 1:
				return { afterMs: random() * 90_000, reply: 'ok' };
			case 2:
				return { afterMs: random() * 90_000, reply: failure(kind) };
			case 3:
				return failure('rate-limit', { status: 429, retryAfterMs: random() * 20_000 });
			case 4:
				return { text: 'no JSON' };
			default:
				return failure(kind);
		}
	};
	const script = Object.fromEntries(
		IDS.map((id) => [id, Array.from({ length: 6 }, reply)] as const),
	);
	const candidates = IDS.map((id) => ({
		...candidate(id, { keys: random() < 0.3 ? ['key-1', 'key-2'] : ['key-1'] }),
		limits: random() < 0.3 ? { requestsPerMinute: 2, maxConcurrent: 1 } : {},
	}));
	const plan = planOf(candidates, {
		retry: {
			maxRetries: Math.floor(random() * 4),
			maxAttempts: 1 + Math.floor(random() * 8),
			baseDelayMs: 500,
			maxDelayMs: 8_000,
		},
		attemptTimeoutMs: 1_000 + random() * 60_000,
		deadlineMs: 1_000 + random() * 120_000,
		...(random() < 0.7 ? { hedge: { afterMs: random() * 10_000, atP95: false } } : {}),
		...(random() < 0.5 ? { recoveryWaitMs: random() * 30_000 } : {}),
	});
	return { plan, script };
}

test('no item makes more calls or takes longer than it may, and no timer stays', async () => {
	const seen = { hedges: 0, answers: 0, failures: 0 };
	for (let seed = 1; seed <= 250; seed++) {
		const random = seededRandom(seed);
		const { plan, script } = randomPlan(random);
		const { run, clock, calls } = scriptedEngine(script);
		const outputFormat = random() < 0.3 ? 'json' : 'text';
		const startedAtMs = clock.nowMs();
		const trace = await clock
			.run(executeChat({ ...ask(), outputFormat }, plan, run))
			.then((result) => ({ ...result.trace, ok: true }))
			.catch((error: EngineError) => {
				if (error.trace === undefined) throw error;
				return { ...error.trace, ok: false };
			});
		const { attempts } = trace;
		expect({ seed, calls: calls.length }).toEqual({ seed, calls: attempts.length });
		expect(attempts.length).toBeLessThanOrEqual(plan.retry.maxAttempts);
		expect(clock.nowMs() - startedAtMs).toBeLessThanOrEqual(Math.ceil(plan.deadlineMs));
		expect(clock.pending()).toBe(0);
		// In the order in which they started.
		expect(attempts.map(({ model }) => model)).toEqual(
			calls.map(({ modelId }) => `openai/${modelId}`),
		);
		for (const [index, { latencyMs }] of attempts.entries()) {
			expect(latencyMs).toBeLessThanOrEqual(Math.ceil(plan.attemptTimeoutMs));
			// Nothing is still under way that the trail says is over.
			expect(calls[index]?.atMs).toBeLessThanOrEqual(clock.nowMs() - latencyMs);
		}
		expect(attempts.filter(({ hedge }) => hedge).length).toBeLessThanOrEqual(1);
		seen.hedges += attempts.filter(({ hedge }) => hedge).length;
		if (trace.ok) seen.answers++;
		else seen.failures++;
	}
	expect(seen.hedges).toBeGreaterThan(30);
	expect(seen.answers).toBeGreaterThan(60);
	expect(seen.failures).toBeGreaterThan(50);
});

test('branches have their attempts each, and one deadline ends them all', async () => {
	let made = 0;
	for (let seed = 1; seed <= 40; seed++) {
		const random = seededRandom(seed);
		const { plan, script } = randomPlan(random);
		const { run, clock, calls } = scriptedEngine(script);
		const startedAtMs = clock.nowMs();
		const deadlineMs = Math.ceil(plan.deadlineMs / 2);
		const branches = [1, 2, 3].map((number) =>
			branch('one', { plan: { ...plan, deadlineMs }, label: `Branch ${number}` }),
		);
		const gate = async <T>(work: () => Promise<T>) => await work();
		const shared = { ...run, deadlineMs, seed: String(seed), gate };
		const results = await clock
			.run(fanOut(branches, policyOf({ minAnswers: 1 }), shared))
			.then(({ results: all }) => all.map(({ attempts }) => attempts))
			.catch((error: EngineError) => {
				if (error.trace === undefined) throw error;
				return [error.trace.attempts];
			});
		const attempts = results.flat();
		expect({ seed, calls: calls.length }).toEqual({ seed, calls: attempts.length });
		if (results.length === 3) {
			for (const one of results) expect(one.length).toBeLessThanOrEqual(plan.retry.maxAttempts);
		}
		expect(attempts.length).toBeLessThanOrEqual(3 * plan.retry.maxAttempts);
		expect(clock.nowMs() - startedAtMs).toBeLessThanOrEqual(deadlineMs);
		expect(clock.pending()).toBe(0);
		made += calls.length;
	}
	expect(made).toBeGreaterThan(100);
});
