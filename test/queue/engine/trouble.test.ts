import { setTimeout as sleep } from 'node:timers/promises';
import { testRedis, type SharedState } from '../../../engine/redis/connectRedis';
import type { AdmissionAsk } from '../../../engine/spec/admission';
import { chatResult } from '../support/chatResult';
import { deafProxy } from '../support/deafProxy';
import { joinState, settingsOf, systemClock } from '../support/redisEngine';
import { startRedis, type RedisServer } from '../support/redisServer';

const RECOVERY_MS = 4_500;

let redis: RedisServer;
const open: SharedState[] = [];
beforeEach(async () => {
	redis = await startRedis();
});
afterEach(async () => {
	for (const state of open.splice(0)) state.close();
	redis.thaw();
	await redis.remove();
});

async function join(process: string, changes: Parameters<typeof settingsOf>[1] = {}) {
	const joined = await joinState(settingsOf(redis.port, changes), process);
	open.push(joined);
	return joined;
}
const asking = (changes: Partial<AdmissionAsk> = {}): AdmissionAsk => ({
	key: 'credential|model',
	limits: {},
	tokens: 100,
	budgets: [],
	costUsd: 0.01,
	isLone: false,
	nowMs: Date.now(),
	...changes,
});

/** Everything that an item asks of its state, and how long the slowest of it took. */
async function anItem({ state }: SharedState, key = 'key'): Promise<number> {
	const startedAtMs = performance.now();
	const nowMs = Date.now();
	const landing = await state.flights.join(
		key,
		async () => {
			const { ticket } = await state.admission.ask(asking());
			ticket?.end({ wasSent: true, sample: 'ok', nowMs });
			return chatResult('answer');
		},
		new AbortController().signal,
	);
	await state.cache.set(key, landing.value, nowMs + 60_000);
	expect((await state.cache.get(key, nowMs))?.response.text).toBe('answer');
	return performance.now() - startedAtMs;
}

async function recovers(joined: SharedState): Promise<number> {
	const startedAtMs = performance.now();
	for (;;) {
		const before = joined.link.troubles();
		await anItem(joined, `probe ${performance.now()}`);
		if (!joined.link.isDown() && joined.link.troubles() === before) {
			return performance.now() - startedAtMs;
		}
		if (performance.now() - startedAtMs > 2 * RECOVERY_MS) throw new Error('It stayed away');
		await sleep(50);
	}
}

test('stopped: items go on at once, and it is used again when it is back', async () => {
	const joined = await join('one');
	await anItem(joined);
	expect(joined.link.troubles()).toBe(0);
	await redis.stop('SIGKILL');
	for (let item = 0; item < 20; item++) expect(await anItem(joined)).toBeLessThan(100);
	expect(joined.link.lastTrouble()).toMatch(/nobody listens|connection was lost/);
	await redis.start();
	expect(await recovers(joined)).toBeLessThan(RECOVERY_MS);
	const other = await join('two');
	await joined.state.cache.set('after', chatResult('after'), Date.now() + 60_000);
	expect(await other.state.cache.get('after', Date.now())).toBeDefined();
});

test('frozen: the first item waits for three timeouts, the others not at all', async () => {
	const joined = await join('one');
	await anItem(joined);
	redis.freeze();
	expect(await anItem(joined)).toBeLessThan(450);
	for (let item = 0; item < 20; item++) expect(await anItem(joined)).toBeLessThan(20);
	expect(joined.link.lastTrouble()).toMatch(/^it took longer than \d+ ms to answer$/);
	redis.thaw();
	expect(await recovers(joined)).toBeLessThan(RECOVERY_MS);
});

test('a moment of silence: the limit is as exact as before', async () => {
	const both = [await join('one'), await join('two')];
	const wanted = async ({ state }: SharedState) =>
		await state.admission.ask(asking({ limits: { requestsPerMinute: 100 } }));
	const answers = Array.from({ length: 100 }, async (_, index) => {
		await sleep(index * 3);
		return await wanted(both[index % 2] as SharedState);
	});
	await sleep(100);
	redis.freeze();
	await sleep(120);
	redis.thaw();
	answers.push(...Array.from({ length: 100 }, async (_, index) => await wanted(both[index % 2]!)));
	const admitted = (await Promise.all(answers)).filter(({ ticket }) => ticket !== undefined);
	expect(admitted).toHaveLength(100);
});

test('away for a while: each takes its share, and Redis learns of it afterwards', async () => {
	const both = [await join('one'), await join('two')];
	const wanted = async ({ state }: SharedState) =>
		await state.admission.ask(asking({ limits: { requestsPerMinute: 10 } }));
	const admitted = async (times: number) => {
		const asked = both.flatMap((joined) =>
			Array.from({ length: times }, async () => await wanted(joined)),
		);
		return (await Promise.all(asked)).filter(({ ticket }) => ticket !== undefined).length;
	};
	expect((await admitted(1)) + (await admitted(1))).toBe(4);
	await redis.stop('SIGKILL');
	// Both together have had 4, and may take 5 each.
	expect(await admitted(20)).toBe(6);
	await redis.start();
	await Promise.all(both.map(recovers));
	expect(await admitted(20)).toBeLessThanOrEqual(4);
	expect(await admitted(20)).toBe(0);
});

test('a connection that died without a word is opened anew', async () => {
	const proxy = await deafProxy(redis.port);
	const joined = await joinState(settingsOf(proxy.port), 'one');
	open.push(joined);
	await anItem(joined);
	proxy.deafen();
	const startedAtMs = performance.now();
	await anItem(joined);
	expect(joined.link.isDown()).toBe(true);
	while (joined.link.isDown()) {
		await anItem(joined, `probe ${performance.now()}`);
		await sleep(50);
		if (performance.now() - startedAtMs > 15_000) throw new Error('It stayed away');
	}
	proxy.close();
});

test('a permission that came too late goes back', async () => {
	const joined = await join('one');
	const limited = asking({ limits: { maxConcurrent: 1 } });
	redis.freeze();
	const degraded = await joined.state.admission.ask(limited);
	expect(degraded.ticket).toBeDefined();
	degraded.ticket?.end({ wasSent: true, sample: 'ok', nowMs: Date.now() });
	redis.thaw();
	await recovers(joined);
	await sleep(6_000);
	const other = await join('two');
	expect((await other.state.admission.ask(limited)).ticket).toBeDefined();
});

test('emptied: what a process spent is known again with its next call', async () => {
	const [one, other] = [await join('one'), await join('two')];
	const day = { key: 'day', label: 'Max Cost per Day', limitUsd: 0.05, period: '2026-11-24' };
	const ask = asking({ budgets: [day], costUsd: 0.02 });
	for (const { state } of [one, other]) {
		const { ticket } = await state.admission.ask(ask);
		ticket?.end({ wasSent: true, costUsd: 0.02, sample: 'ok', nowMs: Date.now() });
	}
	await sleep(20);
	await redis.command('FLUSHALL');
	for (const { state } of [one, other]) {
		await state.admission.ask({ ...ask, costUsd: 0.001 });
	}
	expect(await one.state.admission.ask(ask)).toMatchObject({ refusal: { cause: 'budget' } });
	expect(one.link.troubles() + other.link.troubles()).toBe(0);
});

test('emptied of its scripts: they are sent again', async () => {
	const joined = await join('one');
	await anItem(joined);
	await redis.command('SCRIPT FLUSH');
	await anItem(joined);
	expect(joined.link.troubles()).toBe(0);
});

test('while it is away a process holds the limits over its own calls, those before included', async () => {
	const joined = await join('one');
	const limited = () => joined.state.admission.ask(asking({ limits: { requestsPerMinute: 10 } }));
	for (let call = 0; call < 4; call++) {
		(await limited()).ticket?.end({ wasSent: true, sample: 'ok', nowMs: Date.now() });
	}
	await redis.stop();
	const answers = await Promise.all(Array.from({ length: 20 }, limited));
	expect(answers.filter(({ ticket }) => ticket !== undefined)).toHaveLength(6);
});

test('a call of a process that died counts as spent, and its place is free after its lease', async () => {
	const [dead, other] = [await join('dead'), await join('other')];
	const day = { key: 'day', label: 'Max Cost per Day', limitUsd: 0.05, period: '2026-11-24' };
	const ask = asking({ budgets: [day], costUsd: 0.04, limits: { maxConcurrent: 1 } });
	expect((await dead.state.admission.ask(ask)).ticket).toBeDefined();
	dead.close();
	expect(await other.state.admission.ask(ask)).toMatchObject({ refusal: { cause: 'concurrency' } });
	await sleep(15_500);
	const small = { ...ask, costUsd: 0.01 };
	expect(await other.state.admission.ask(ask)).toMatchObject({ refusal: { cause: 'budget' } });
	expect((await other.state.admission.ask(small)).ticket).toBeDefined();
}, 30_000);

test.each([
	{ why: 'no such address', changes: { port: 1 }, says: 'nobody listens at its address' },
	{
		why: 'no such host',
		changes: { host: 'no-such-host.invalid' },
		says: 'its host name is not known',
	},
	{
		why: 'no such database',
		changes: { database: 99 },
		says: 'it has no database of this number',
	},
])('$why: items go on, and both the run and the test say why', async ({ changes, says }) => {
	const joined = await join('one', changes);
	for (let item = 0; item < 5; item++) await anItem(joined, `key ${item}`);
	expect(joined.link.troubles()).toBeGreaterThan(0);
	expect(joined.link.lastTrouble()).toBe(says);
	expect(await testRedis(settingsOf(redis.port, changes), systemClock)).toBe(says);
});

describe('with a password', () => {
	let locked: RedisServer;
	beforeEach(async () => {
		locked = await startRedis(['--requirepass', 'right']);
	});
	afterEach(async () => await locked.remove());

	test('a wrong one is said, the right one works', async () => {
		const settings = settingsOf(locked.port, { password: 'wrong' });
		expect(await testRedis(settings, systemClock)).toBe('it refuses the user or the password');
		expect(await testRedis(settingsOf(locked.port), systemClock)).toMatch(/password/);
		expect(
			await testRedis(settingsOf(locked.port, { password: 'right' }), systemClock),
		).toBeUndefined();
		const joined = await joinState(settings, 'one');
		open.push(joined);
		expect(await anItem(joined)).toBeLessThan(100);
		expect(joined.link.lastTrouble()).toBe('it refuses the user or the password');
	});
});
