import type { SharedState } from '../../../engine/redis/connectRedis';
import { testRedis } from '../../../engine/redis/connectRedis';
import { candidate } from '../../support/scriptedEngine';
import { chatResult } from '../support/chatResult';
import { joinState, settingsOf, systemClock } from '../support/redisEngine';
import { startRedis, type RedisServer } from '../support/redisServer';
import { setTimeout as sleep } from 'node:timers/promises';

/** Two masters with half of the slots each. */
let nodes: readonly RedisServer[] = [];
beforeAll(async () => {
	const settings = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000'];
	nodes = await Promise.all([startRedis(settings), startRedis(settings)]);
	const [first, second] = nodes as [RedisServer, RedisServer];
	await first.command('CLUSTER ADDSLOTSRANGE 0 8191');
	await second.command('CLUSTER ADDSLOTSRANGE 8192 16383');
	await first.command(`CLUSTER MEET 127.0.0.1 ${second.port}`);
	for (const node of nodes) {
		while (!(await node.command('CLUSTER INFO')).includes('cluster_state:ok')) await sleep(50);
	}
});
const open: SharedState[] = [];
afterAll(async () => {
	for (const state of open) state.close();
	await Promise.all(nodes.map(async (node) => await node.remove()));
});

const settings = () => settingsOf(nodes[0]?.port ?? 0, { cluster: true });

test('all that is shared works on a cluster', async () => {
	expect(await testRedis(settings(), systemClock)).toBeUndefined();
	const [one, other] = [await joinState(settings(), 'one'), await joinState(settings(), 'other')];
	open.push(one, other);
	for (let index = 0; index < 20; index++) {
		const key = `answer ${index}`;
		await one.state.cache.set(key, chatResult(key), Date.now() + 60_000);
		expect((await other.state.cache.get(key, Date.now()))?.response.text).toBe(key);
		await one.state.flights.join(key, async () => chatResult(key), new AbortController().signal);
	}
	const ask = {
		key: 'credential|model',
		limits: { requestsPerMinute: 5, tokensPerMinute: 1000 },
		tokens: 10,
		budgets: [{ key: 'day', label: 'Max Cost per Day', limitUsd: 1, period: '2026-11-24' }],
		costUsd: 0.01,
		isLone: false,
		nowMs: Date.now(),
	};
	const answers = await Promise.all(
		Array.from({ length: 20 }, async (_, index) => {
			return await (index % 2 === 0 ? one : other).state.admission.ask(ask);
		}),
	);
	expect(answers.filter(({ ticket }) => ticket !== undefined)).toHaveLength(5);
	for (const { ticket } of answers) {
		ticket?.end({ wasSent: true, sample: 'ok', costUsd: 0.01, nowMs: Date.now() });
	}
	await one.state.catchUp([candidate('small'), candidate('large')]);
	expect(one.link.troubles() + other.link.troubles()).toBe(0);
});

test('Cluster is off in the credential: it is said', async () => {
	const wrong = { ...settings(), cluster: false };
	const joined = await joinState(wrong, 'one');
	open.push(joined);
	for (let index = 0; index < 20; index++) await joined.state.cache.get(`key ${index}`, Date.now());
	expect(joined.link.lastTrouble()).toBe(
		'it is part of a cluster, and Cluster is off in the credential',
	);
});
