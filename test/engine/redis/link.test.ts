import { createLink, RedisUnavailable } from '../../../engine/redis/link';
import type { RedisClient } from '../../../engine/redis/client';
import { createFakeClock } from '../../support/fakeClock';

const PAUSE_MS = 2_000;

function rig() {
	const clock = createFakeClock();
	const said: Array<(reason: string) => void> = [];
	let isReady = true;
	let isClosed = false;
	let reopened = 0;
	const client: RedisClient = {
		run: async () => undefined,
		get: async () => null,
		set: async () => undefined,
		ping: async () => undefined,
		isReady: () => isReady,
		opened: async () => undefined,
		onTrouble: (listener) => void said.push(listener),
		reopen: () => reopened++,
		close: () => (isClosed = true),
	};
	return {
		clock,
		link: createLink(client, clock),
		setReady: (ready: boolean) => (isReady = ready),
		say: (reason: string) => said.forEach((listener) => listener(reason)),
		isClosed: () => isClosed,
		reopened: () => reopened,
	};
}

const never = async () => await new Promise<never>(() => undefined);
const failing = (message: string) => async () => {
	throw new Error(message);
};

test('a reply is passed on, and nothing is left behind', async () => {
	const { clock, link } = rig();
	expect(await link.send(async () => 'reply')).toBe('reply');
	expect(link.isDown()).toBe(false);
	expect(link.troubles()).toBe(0);
	expect(link.lastTrouble()).toBeUndefined();
	await clock.run(clock.sleep(100, new AbortController().signal));
	expect(clock.pending()).toBe(0);
});

test('silence is waited for 50 to 60 ms; after three times nobody asks for 2 s, then one does', async () => {
	const { clock, link } = rig();
	for (let times = 0; times < 2; times++) {
		await expect(clock.run(link.send(never))).rejects.toThrow(RedisUnavailable);
		expect(link.isDown()).toBe(false);
	}
	const startedAtMs = clock.nowMs();
	await expect(clock.run(link.send(never))).rejects.toThrow(RedisUnavailable);
	const waitedMs = clock.nowMs() - startedAtMs;
	expect(waitedMs).toBeGreaterThanOrEqual(50);
	expect(waitedMs).toBeLessThanOrEqual(60);
	expect(link.lastTrouble()).toBe('it took longer than 50 ms to answer');

	clock.advance(PAUSE_MS - 1);
	let asked = 0;
	const counted = async () => {
		asked++;
		return await never();
	};
	await expect(link.send(counted)).rejects.toThrow(RedisUnavailable);
	expect(asked).toBe(0);

	clock.advance(1);
	const sent = Array.from({ length: 5 }, async () => await link.send(counted));
	const settled = await clock.run(Promise.allSettled(sent));
	expect(asked).toBe(1);
	expect(settled.every(({ status }) => status === 'rejected')).toBe(true);
	expect(link.troubles()).toBe(4);

	clock.advance(PAUSE_MS);
	expect(await link.send(async () => 'back')).toBe('back');
	expect(link.isDown()).toBe(false);
	expect(await link.send(async () => 'used')).toBe('used');
});

test('a process that stands still does not take its own slowness for that of Redis', async () => {
	const { clock, link } = rig();
	let reply: (value: string) => void = () => undefined;
	const sent = link.send(async () => await new Promise<string>((resolve) => (reply = resolve)));
	// One timer fires late, by far more than the whole timeout; then the reply is read.
	await Promise.resolve();
	clock.advance(500);
	const late = clock.run(clock.sleep(0, new AbortController().signal));
	await late;
	reply('in time');
	expect(await sent).toBe('in time');
	expect(link.troubles()).toBe(0);
});

test('a reply that comes too late is handed to who has to put it right', async () => {
	const { clock, link } = rig();
	let reply: (value: string) => void = () => undefined;
	const late: string[] = [];
	const sent = link.send(
		async () => await new Promise<string>((resolve) => (reply = resolve)),
		(value) => late.push(value),
	);
	await expect(clock.run(sent)).rejects.toThrow(RedisUnavailable);
	reply('too late');
	await new Promise((resolve) => setImmediate(resolve));
	expect(late).toEqual(['too late']);
});

test('at most 64 commands are open; the others wait here, and are let go when it fails', async () => {
	const { clock, link } = rig();
	let open = 0;
	let most = 0;
	const replies: Array<() => void> = [];
	const counted = async () => {
		most = Math.max(most, ++open);
		await new Promise<void>((resolve) => replies.push(resolve));
		open--;
	};
	const sent = Array.from({ length: 200 }, async () => await link.send(counted));
	const breath = async () => await new Promise((resolve) => setImmediate(resolve));
	await breath();
	while (replies.length > 0) {
		replies.splice(0).forEach((resolve) => resolve());
		await breath();
	}
	await Promise.all(sent);
	expect(most).toBe(64);

	const stuck = Array.from({ length: 200 }, async () => await link.send(never));
	const startedAtMs = clock.nowMs();
	const settled = await clock.run(Promise.allSettled(stuck));
	expect(settled.every(({ status }) => status === 'rejected')).toBe(true);
	expect(clock.nowMs() - startedAtMs).toBeLessThanOrEqual(3 * 60);
});

test('without a connection nothing is sent, and what the connection said is the reason', async () => {
	const { link, say, setReady } = rig();
	setReady(false);
	say('nobody listens at its address');
	say('the connection was lost');
	let asked = 0;
	await expect(link.send(async () => asked++)).rejects.toThrow(RedisUnavailable);
	expect(asked).toBe(0);
	expect(link.lastTrouble()).toBe('nobody listens at its address');
});

test.each([
	{ message: 'OOM command not allowed when used memory > maxmemory', says: 'its memory is full' },
	{
		message: "NOPERM User u has no permissions to run the 'evalsha' command",
		says: 'the user may not run the commands that are needed',
	},
	{
		message: "ERR unknown command 'X', with args beginning with: 'sk-secret'",
		says: 'it answered ERR',
	},
	{ message: 'something about sk-secret', says: 'it failed' },
])('of "$message" only our own words are shown', async ({ message, says }) => {
	const { link } = rig();
	await expect(link.send(failing(message))).rejects.toThrow(RedisUnavailable);
	expect(link.lastTrouble()).toBe(says);
});

test('a connection that stays silent is opened anew', async () => {
	const { clock, link, reopened } = rig();
	for (const times of [0, 0, 1, 1, 1, 2]) {
		const sent = Array.from({ length: 5 }, async () => await link.send(never));
		await clock.run(Promise.allSettled(sent));
		expect(reopened()).toBe(times);
		clock.advance(PAUSE_MS);
	}
});

test('closing ends the connection and the clock', async () => {
	const { clock, link, isClosed } = rig();
	void link.send(never).catch(() => undefined);
	await Promise.resolve();
	link.close();
	expect(isClosed()).toBe(true);
	expect(clock.pending()).toBe(0);
});
