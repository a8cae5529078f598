import { setTimeout as sleep } from 'node:timers/promises';
import type { SharedState } from '../../../engine/redis/connectRedis';
import { candidate } from '../../support/scriptedEngine';
import { joinState, settingsOf } from '../support/redisEngine';
import { startRedis, type RedisServer } from '../support/redisServer';

let redis: RedisServer;
const open: SharedState[] = [];
beforeAll(async () => {
	redis = await startRedis();
});
afterEach(async () => {
	for (const state of open.splice(0)) state.close();
	await redis.command('FLUSHALL');
});
afterAll(async () => await redis.remove());

async function join(process: string) {
	const joined = await joinState(settingsOf(redis.port), process);
	open.push(joined);
	return joined.state;
}

const model = candidate('small', { keys: ['key-1', 'key-2'] });
const { identity, keys } = model.connection;
const allowance = `${identity}|${model.id}|${keys[0]?.fingerprint}`;
const measured = `${identity}|${model.id}`;
const told = async () => await sleep(30);

test('a pause that one process was asked for holds in the other from its next item on', async () => {
	const [one, other] = [await join('one'), await join('other')];
	const untilMs = Date.now() + 5_000;
	one.cooldowns.coolUntil(allowance, untilMs);
	one.cooldowns.coolUntil(allowance, untilMs - 3_000);
	await told();
	expect(other.cooldowns.untilMs(allowance)).toBe(0);
	await other.catchUp([model]);
	expect(Math.abs(other.cooldowns.untilMs(allowance) - untilMs)).toBeLessThan(50);

	other.cooldowns.coolUntil(`refused|${allowance}`, untilMs);
	await told();
	await one.catchUp([model]);
	expect(one.cooldowns.untilMs(`refused|${allowance}`)).toBeGreaterThan(Date.now());

	other.cooldowns.end(allowance);
	await told();
	await one.catchUp([model]);
	expect(one.cooldowns.untilMs(allowance)).toBe(0);
});

test('a pause that Redis did not hear of stays where it was asked for', async () => {
	const one = await join('one');
	await redis.stop();
	const untilMs = Date.now() + 60_000;
	one.cooldowns.coolUntil(allowance, untilMs);
	await told();
	await redis.start();
	await sleep(2_500);
	await one.catchUp([model]);
	expect(one.cooldowns.untilMs(allowance)).toBe(untilMs);
});

test('latency is measured by all together, open calls by each process', async () => {
	const [one, other] = [await join('one'), await join('other')];
	one.signals.start(measured)({ latencyMs: 800, ok: true, nowMs: Date.now() });
	const end = one.signals.start(measured);
	await told();
	await other.catchUp([model]);
	expect(other.signals.latencyMs(measured)).toBe(800);
	expect(one.signals.inFlight(measured)).toBe(1);
	expect(other.signals.inFlight(measured)).toBe(0);
	end();
	other.signals.start(measured)({ latencyMs: 2_000, ok: true, nowMs: Date.now() });
	await told();
	await one.catchUp([model]);
	expect(one.signals.latencyMs(measured)).toBe(2_000);
});
