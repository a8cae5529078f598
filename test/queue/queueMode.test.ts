import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChildProgram } from '../e2e/support/childProcess';
import { finishedRun, listExecutionIds } from '../e2e/support/executions';
import { DEFAULT_API_KEYS } from '../sandbox/index';
import { dumpRedis } from './support/dumpRedis';
import {
	REDIS_PASSWORD,
	redisCredential,
	startQueueMode,
	type QueueMode,
} from './support/queueMode';
import { openWebhook, type Reply } from './support/webhooks';

const EXECUTIONS = 500;
const AT_A_TIME = 40;
const WINDOW_MS = 60_000;

const numbered = (count: number, what: string) =>
	Array.from({ length: count }, (_, index) => `${what} ${index}`);
const answered = (replies: readonly Reply[]) =>
	replies.filter(({ json }) => typeof json.text === 'string');
const startedBy = (worker: ChildProgram) => worker.log().match(/started execution/gi)?.length ?? 0;

describe('queue mode: one main, two workers, one state in Redis', () => {
	let mode: QueueMode;
	before(async () => {
		mode = await startQueueMode();
	});
	after(async () => await mode.stop());
	beforeEach(() => mode.sandbox.reset());

	const callsOf = (name: string) =>
		mode.sandbox.calls().filter(({ model }) => model?.endsWith(`--tag-${name}`));

	it('500 executions on two workers: 100 requests in the first minute, not one more', async () => {
		const webhook = await openWebhook(mode, 'limit', {
			settings: { requestsPerMinute: 100 },
			caching: { mode: 'off' },
			reliability: { deadlineSeconds: 1 },
		});
		const before = mode.workers.map(startedBy);
		const startedAtMs = Date.now();
		const replies = await webhook.callAll(numbered(EXECUTIONS, 'Question'), AT_A_TIME);
		const tookMs = Date.now() - startedAtMs;
		const shares = mode.workers.map((worker, index) => startedBy(worker) - (before[index] ?? 0));
		console.log(
			`${EXECUTIONS} executions in ${(tookMs / 1000).toFixed(1)} s, by worker ${shares.join(' and ')}; ${answered(replies).length} answered`,
		);
		assert.ok(replies.every(({ status }) => status === 200));
		assert.ok(shares.every((share) => share > EXECUTIONS / 10));
		const times = callsOf('limit').map((call) => call.startedAtMs);
		const firstMs = Math.min(...times);
		// What is admitted a minute after the first may arrive a moment sooner after it.
		const inFirstWindow = times.filter((atMs) => atMs - firstMs < WINDOW_MS - 500);
		assert.equal(inFirstWindow.length, 100);
		const refused = replies.filter(({ json }) => typeof json.text !== 'string');
		assert.ok(refused.length > 0);
		for (const { json } of refused) {
			assert.match(JSON.stringify(json), /limit of 100 requests per minute/);
		}
	});

	it('identical prompts: one call for all of them', async () => {
		const webhook = await openWebhook(mode, 'identical');
		mode.sandbox.setLatency({}, 2_000);
		const replies = await webhook.callAll(
			Array.from({ length: EXECUTIONS }, () => 'The same question'),
			AT_A_TIME,
		);
		assert.equal(callsOf('identical').length, 1);
		assert.equal(answered(replies).length, EXECUTIONS);
		const costs = replies.filter(({ json }) => (json.costUsd as number) > 0);
		assert.equal(costs.length, 1);
		const [joined, hits] = ['joined', 'hit'].map(
			(cache) => replies.filter(({ json }) => json.cache === cache).length,
		);
		console.log(
			`${EXECUTIONS} identical: 1 call, ${joined} shared it under way, ${hits} found it stored`,
		);
	});

	it('one budget for the day holds to the cent over both workers', async () => {
		const budgetUsd = 0.5;
		// The estimate allows for the longest answer; what is paid is what the answer took.
		const webhook = await openWebhook(mode, 'budget', {
			settings: { inputPriceUsd: 100, outputPriceUsd: 100, maxOutputTokens: 100 },
			caching: { mode: 'off' },
			limits: { maxCostPerDayUsd: budgetUsd },
		});
		const replies = await webhook.callAll(numbered(EXECUTIONS, 'Question'), AT_A_TIME);
		const paid = answered(replies).reduce((sum, { json }) => sum + (json.costUsd as number), 0);
		console.log(
			`budget of $${budgetUsd}: $${paid.toFixed(4)} spent by ${callsOf('budget').length} calls`,
		);
		assert.equal(callsOf('budget').length, answered(replies).length);
		assert.ok(paid <= budgetUsd + 1e-9);
		// No room for one more: a call is estimated at about $0.011.
		assert.ok(paid > budgetUsd - 0.02);
		const refused = replies.find(({ json }) => typeof json.text !== 'string');
		assert.match(JSON.stringify(refused?.json), /Max Cost per Day/);
	});

	it('Redis is away for 10 s: nothing is lost, the runs say so, and it is used again', async () => {
		const webhook = await openWebhook(mode, 'outage', { caching: { mode: 'off' } });
		const first = webhook.callAll(numbered(30, 'Before'), 10);
		await sleep(500);
		await mode.redis.stop('SIGKILL');
		const stoppedAtMs = Date.now();
		const during: Reply[] = [];
		while (Date.now() - stoppedAtMs < 10_000) {
			during.push(...(await webhook.callAll(numbered(20, `During ${during.length}`), 10)));
		}
		await mode.redis.start();
		const replies = [...(await first), ...during];
		assert.equal(answered(replies).length, replies.length);
		assert.equal(webhook.resent(), 0);
		const slowestMs = Math.max(...during.map((reply) => reply.endedAtMs - reply.sentAtMs));
		console.log(`${during.length} executions without Redis, the slowest took ${slowestMs} ms`);

		const [id = ''] = await listExecutionIds(mode.session, webhook.workflowId);
		const { runs } = await finishedRun(mode.session, id);
		const hints = runs('Router').flatMap((run) => run.hints ?? []);
		assert.equal(hints.filter(({ message }) => message.startsWith('Redis could not be')).length, 1);

		await sleep(3_000);
		// Each worker finds out with its next item.
		await webhook.callAll(numbered(20, 'After'), 10);
		const shared = await openWebhook(mode, 'afterwards');
		mode.sandbox.setLatency({}, 1_000);
		await shared.callAll(
			Array.from({ length: 40 }, () => 'The same'),
			20,
		);
		assert.equal(callsOf('afterwards').length, 1);
	});

	it('a worker is killed in mid-run: what it had is sent again, nothing is lost or paid twice', async () => {
		const webhook = await openWebhook(mode, 'killed', { settings: { maxConcurrent: 50 } });
		mode.sandbox.setLatency({}, 2_000);
		const prompts = numbered(100, 'Question');
		const replies = webhook.callAll(prompts, AT_A_TIME);
		await sleep(3_000);
		const [victim] = mode.workers;
		await victim?.kill();
		const all = await replies;
		assert.equal(answered(all).length, prompts.length);
		const calls = callsOf('killed').length;
		console.log(
			`100 executions, one worker killed: ${webhook.resent()} sent again, ${calls} calls, all answered`,
		);
		assert.ok(webhook.resent() > 0);
		// Only the calls that were open in the dead worker are made again.
		assert.ok(calls <= prompts.length + webhook.resent());
	});

	it('the button Test of the credential pings Redis, and says what is in the way', async () => {
		const stored = mode.credentials.find(({ type }) => type === 'multiModelRedisApi');
		const testing = async (changes: Record<string, unknown>) =>
			await mode.session.request('POST', '/rest/credentials/test', {
				credentials: { ...stored, data: { ...redisCredential(mode.redis).data, ...changes } },
			});
		assert.deepEqual(await testing({}), { status: 'OK', message: 'Connection successful' });
		assert.deepEqual(await testing({ password: 'wrong' }), {
			status: 'Error',
			message: 'Redis cannot be used: it refuses the user or the password.',
		});
	});

	it('neither keys nor questions nor answers can be read in Redis, nor passwords in the logs', async () => {
		const webhook = await openWebhook(mode, 'secrets');
		const reply = await webhook.call('What is the secret of Atlantis?');
		const text = String(reply.json.text);
		assert.ok(text.length > 10);
		const content = await dumpRedis(mode.redis.port, REDIS_PASSWORD);
		assert.match(content, /multi-model:v1:answer:/);
		for (const secret of [...Object.values(DEFAULT_API_KEYS).flat(), 'Atlantis', text]) {
			assert.ok(!content.includes(secret), `Redis holds ${secret}`);
		}
		const logs = [mode.main, ...mode.workers].map(({ log }) => log()).join('\n');
		for (const secret of [...Object.values(DEFAULT_API_KEYS).flat(), REDIS_PASSWORD]) {
			assert.ok(!logs.includes(secret), `A log holds ${secret}`);
		}
	});
});
