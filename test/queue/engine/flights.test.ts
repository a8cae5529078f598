import { setTimeout as sleep } from 'node:timers/promises';
import type { SharedState } from '../../../engine/redis/connectRedis';
import type { ChatResult } from '../../../engine/spec/result';
import { chatResult } from '../support/chatResult';
import { joinState, settingsOf, systemClock } from '../support/redisEngine';
import { startRedis, type RedisServer } from '../support/redisServer';

let redis: RedisServer;
const open: SharedState[] = [];
beforeAll(async () => {
	redis = await startRedis();
});
afterEach(() => {
	for (const state of open.splice(0)) state.close();
});
afterAll(async () => await redis.remove());

const never = new AbortController().signal;
const terms = { anew: false, patienceMs: 20_000 };
let keys = 0;
const newKey = () => `key ${keys++}`;

async function join(process: string, clock = systemClock) {
	const joined = await joinState(settingsOf(redis.port), process, clock);
	open.push(joined);
	return joined.state.flights;
}

/** A call that takes a while, and how often it was made. */
function slowCall(afterMs: number, text = 'answer') {
	const calls = { count: 0 };
	const work = async (): Promise<ChatResult> => {
		calls.count++;
		await sleep(afterMs);
		return chatResult(`${text} ${calls.count}`);
	};
	return { calls, work };
}

test('many that want the same in three processes make one call, which one of them owns', async () => {
	const flights = await Promise.all(['one', 'two', 'three'].map((name) => join(name)));
	const { calls, work } = slowCall(300);
	const key = newKey();
	const landings = await Promise.all(
		Array.from({ length: 90 }, async (_, index) => {
			await sleep(index * 2);
			return await flights[index % 3]!.join(key, work, never, terms);
		}),
	);
	expect(calls.count).toBe(1);
	expect(new Set(landings.map(({ value }) => value.response.text))).toEqual(new Set(['answer 1']));
	expect(landings.filter(({ owned }) => owned)).toHaveLength(1);
});

test('who comes right after it has landed gets the answer, unless a new one is wanted', async () => {
	const [one, other] = [await join('one'), await join('other')];
	const { calls, work } = slowCall(20);
	const key = newKey();
	await one.join(key, work, never, terms);
	await sleep(20);
	expect((await other.join(key, work, never, terms)).owned).toBe(false);
	expect(calls.count).toBe(1);
	const anew = await other.join(key, work, never, { ...terms, anew: true });
	expect(anew.value.response.text).toBe('answer 2');
	expect(anew.owned).toBe(true);
});

test('two that want it anew at the same time share one call', async () => {
	const [one, other] = [await join('one'), await join('other')];
	const { calls, work } = slowCall(200);
	const key = newKey();
	await one.join(key, work, never, terms);
	await sleep(20);
	const anew = { ...terms, anew: true };
	const landings = await Promise.all(
		[one, other].map((flights) => flights.join(key, work, never, anew)),
	);
	expect(calls.count).toBe(2);
	expect(landings.map(({ value }) => value.response.text)).toEqual(['answer 2', 'answer 2']);
});

test('when the call fails, the next one that waits makes it', async () => {
	const [one, other] = [await join('one'), await join('other')];
	const key = newKey();
	const failing = one.join(
		key,
		async () => {
			await sleep(100);
			throw new Error('the vendor is down');
		},
		never,
		terms,
	);
	await sleep(30);
	const { calls, work } = slowCall(10);
	const landing = other.join(key, work, never, terms);
	await expect(failing).rejects.toMatchObject({ cause: new Error('the vendor is down') });
	expect((await landing).owned).toBe(true);
	expect(calls.count).toBe(1);
});

test('when the process of the call is gone, the next one takes over within 6 seconds', async () => {
	// A process that died renews nothing.
	const dead = await join('dead', { ...systemClock, after: () => () => undefined });
	const other = await join('other');
	const key = newKey();
	void dead.join(key, async () => await new Promise<never>(() => undefined), never, terms);
	await sleep(30);
	const startedAtMs = Date.now();
	const { work } = slowCall(10, 'taken over');
	const { value, owned } = await other.join(key, work, never, terms);
	expect(value.response.text).toBe('taken over 1');
	expect(owned).toBe(true);
	expect(Date.now() - startedAtMs).toBeGreaterThan(4_000);
	expect(Date.now() - startedAtMs).toBeLessThan(6_000);
});

test('a call that takes longer than its lock keeps it', async () => {
	const [one, other] = [await join('one'), await join('other')];
	const { calls, work } = slowCall(7_000);
	const key = newKey();
	const landings = [one.join(key, work, never, terms)];
	await sleep(20);
	landings.push(other.join(key, work, never, terms));
	await Promise.all(landings);
	expect(calls.count).toBe(1);
});

test('who waits no longer leaves at once, and who has no patience left calls itself', async () => {
	const [one, other] = [await join('one'), await join('other')];
	const { calls, work } = slowCall(1_000);
	const key = newKey();
	const first = one.join(key, work, never, terms);
	await sleep(20);
	const stop = new AbortController();
	const stopped = other.join(key, work, stop.signal, terms);
	await sleep(50);
	const stoppedAtMs = Date.now();
	stop.abort(new Error('stopped'));
	await expect(stopped).rejects.toThrow();
	expect(Date.now() - stoppedAtMs).toBeLessThan(100);
	expect(calls.count).toBe(1);

	await other.join(key, work, never, { anew: false, patienceMs: 100 });
	expect(calls.count).toBe(2);
	await first;
});
