import { setTimeout as sleep } from 'node:timers/promises';
import type { SharedState } from '../../../engine/redis/connectRedis';
import { MAX_ANSWER_BYTES } from '../../../engine/redis/envelope';
import { chatResult } from '../support/chatResult';
import { joinState, settingsOf } from '../support/redisEngine';
import { startRedis, type RedisServer } from '../support/redisServer';

const SECRET = 'The capital of Atlantis is Poseidonis';

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

async function join(process: string, changes: Parameters<typeof settingsOf>[1] = {}) {
	const joined = await joinState(settingsOf(redis.port, changes), process);
	open.push(joined);
	return joined.state.cache;
}
const inAnHour = () => Date.now() + 3_600_000;

/** Everything that Redis holds, as one text. */
async function stored(): Promise<string> {
	const keys = (await redis.command('KEYS *'))
		.split('\r\n')
		.filter((line) => line.includes(':v1:'));
	const values = await Promise.all(keys.map(async (key) => await redis.command(`GET "${key}"`)));
	return [...keys, ...values].join('\n');
}

test('what one process stored, the other finds', async () => {
	const [one, other] = [await join('one'), await join('other')];
	await one.set('a key', chatResult(SECRET), inAnHour());
	expect(await other.get('a key', Date.now())).toEqual(chatResult(SECRET));
	expect(await other.get('another key', Date.now())).toBeUndefined();
	expect(await stored()).toContain(SECRET);
});

test('an answer is gone when its time is over', async () => {
	const [one, other] = [await join('one'), await join('other')];
	await one.set('brief', chatResult('brief'), Date.now() + 60);
	expect(await other.get('brief', Date.now())).toBeDefined();
	await sleep(80);
	expect(await other.get('brief', Date.now())).toBeUndefined();
	expect(await one.get('brief', Date.now())).toBeUndefined();
});

test('an answer that is too large stays in its process', async () => {
	const [one, other] = [await join('one'), await join('other')];
	const large = chatResult('x'.repeat(MAX_ANSWER_BYTES));
	await one.set('large', large, inAnHour());
	expect(await other.get('large', Date.now())).toBeUndefined();
	expect(await one.get('large', Date.now())).toEqual(large);
});

test('lone surrogates, NUL and __proto__ come back as they went in', async () => {
	const [one, other] = [await join('one'), await join('other')];
	const result = chatResult('\ud800 \u0000 \udc00');
	const data = JSON.parse('{"__proto__": {"polluted": true}, "\\u0000": 1}') as never;
	const odd = { ...result, response: { ...result.response, data } };
	await one.set('odd', odd, inAnHour());
	const found = await other.get('odd', Date.now());
	expect(found?.response.text).toBe('\ud800 \u0000 \udc00');
	expect(Object.keys(found?.response.data as object)).toEqual(['__proto__', '\u0000']);
	expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('what somebody else wrote under our key is no answer', async () => {
	const one = await join('one');
	for (const line of ['nonsense', 'p{}', 'pnull', 'sAAAA', 'p[1']) {
		await redis.command(`SET test:v1:answer:foreign ${line}`);
		expect(await one.get('foreign', Date.now())).toBeUndefined();
	}
});

describe('with an encryption key', () => {
	const sealed = { encryptionKey: 'a long random text' };

	test('nothing of an answer can be read in Redis, and who has the key reads it', async () => {
		const [one, other] = [await join('one', sealed), await join('other', sealed)];
		await one.set('a key', chatResult(SECRET), inAnHour());
		expect(await other.get('a key', Date.now())).toEqual(chatResult(SECRET));
		const content = await stored();
		expect(content).toContain('test:v1:answer:a');
		expect(content).not.toMatch(/Atlantis|openai|small|attempts/);
		expect(content).not.toContain(Buffer.from(SECRET).toString('base64').slice(4, 20));
	});

	test('who has another key or none finds nothing, and nothing that was moved opens', async () => {
		const one = await join('one', sealed);
		await one.set('moved', chatResult(SECRET), inAnHour());
		const other = await join('other', { encryptionKey: 'another long random text' });
		expect(await other.get('moved', Date.now())).toBeUndefined();
		expect(await (await join('plain')).get('moved', Date.now())).toBeUndefined();

		await redis.command('RENAME test:v1:answer:moved test:v1:answer:elsewhere');
		const third = await join('third', sealed);
		expect(await third.get('elsewhere', Date.now())).toBeUndefined();
	});
});
