import type { SharedState } from '../../../engine/redis/connectRedis';
import type { AdmissionAsk } from '../../../engine/spec/admission';
import { candidate } from '../../support/scriptedEngine';
import { chatResult } from '../support/chatResult';
import { joinState, settingsOf } from '../support/redisEngine';
import { startRedis, type RedisServer } from '../support/redisServer';

const ROUNDS = 500;

let redis: RedisServer;
let joined: SharedState;
beforeAll(async () => {
	redis = await startRedis();
	joined = await joinState(settingsOf(redis.port), 'one');
});
afterAll(async () => {
	joined.close();
	await redis.remove();
});

/** Microseconds each, one after the other and all at once. */
async function measure(what: string, work: (round: number) => Promise<unknown>): Promise<void> {
	for (let round = 0; round < 50; round++) await work(-round - 1);
	const times: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const startedAt = performance.now();
		await work(round);
		times.push((performance.now() - startedAt) * 1000);
	}
	const startedAt = performance.now();
	await Promise.all(Array.from({ length: ROUNDS }, (_, round) => work(ROUNDS + round)));
	const together = ((performance.now() - startedAt) * 1000) / ROUNDS;
	times.sort((one, other) => one - other);
	const [median = 0, p99 = 0] = [times[ROUNDS / 2], times[Math.floor(ROUNDS * 0.99)]];
	console.log(
		`${what}: ${median.toFixed(0)} µs (p99 ${p99.toFixed(0)} µs), at once ${together.toFixed(0)} µs each`,
	);
	expect(median).toBeLessThan(20_000);
}

test('what sharing costs', async () => {
	const { admission, cache, catchUp, flights } = joined.state;
	const ask: AdmissionAsk = {
		key: 'credential|model',
		limits: { requestsPerMinute: 1_000_000, tokensPerMinute: 1_000_000_000 },
		tokens: 100,
		budgets: [{ key: 'day', label: 'Max Cost per Day', limitUsd: 1e9, period: '2026-11-24' }],
		costUsd: 0.01,
		isLone: false,
		nowMs: Date.now(),
	};
	const answer = chatResult('x'.repeat(2_000));
	await measure('admission, settled', async () => {
		const { ticket } = await admission.ask(ask);
		ticket?.end({ wasSent: true, sample: 'ok', tokens: 80, costUsd: 0.01, nowMs: Date.now() });
	});
	await measure('storing an answer of 2 KB', async (round) => {
		await cache.set(`key ${round}`, answer, Date.now() + 60_000);
	});
	await measure('finding it', async (round) => {
		expect(await cache.get(`key ${round}`, Date.now())).toBeDefined();
	});
	await measure('a call under way for all', async (round) => {
		await flights.join(`key ${round}`, async () => answer, new AbortController().signal);
	});
	await measure('catching up', async () => await catchUp([candidate('small')]));
	expect(joined.link.troubles()).toBe(0);
});
