/**
 * What this package itself costs per call: the same request against a server that answers at once,
 * through bare undici and through the whole engine.
 */
import { setMaxListeners } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { apiKeyOf, executeChat, type Plan } from '../../engine/index';
import { runtime } from '../../nodes/shared/runtime';

const CALLS = 2_000;
const REPLY = JSON.stringify({
	id: 'chatcmpl-1',
	object: 'chat.completion',
	created: 1,
	model: 'gpt-4o-mini-2024-07-18',
	choices: [{ index: 0, message: { role: 'assistant', content: '42' }, finish_reason: 'stop' }],
	usage: { prompt_tokens: 12, completion_tokens: 1, total_tokens: 13 },
});

const server = createServer((request, response) => {
	request.resume().on('end', () => {
		response.writeHead(200, { 'content-type': 'application/json' }).end(REPLY);
	});
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const plan = (mode: 'off' | 'exact'): Plan => ({
	strategy: 'priority',
	candidates: [
		{
			kind: 'vendor',
			id: 'openaiCompatible/gpt-4o-mini',
			provider: 'openaiCompatible',
			modelId: 'gpt-4o-mini',
			settings: {},
			limits: {},
			price: { inputPriceUsd: 0.15, outputPriceUsd: 0.6 },
			weight: 1,
			connection: {
				provider: 'openaiCompatible',
				baseUrl: `${origin}/v1`,
				keys: [apiKeyOf('bench')],
				identity: 'bench',
			},
		},
	],
	retry: { maxRetries: 2, maxAttempts: 8, baseDelayMs: 500, maxDelayMs: 8_000 },
	fallbackOn: [],
	attemptTimeoutMs: 60_000,
	deadlineMs: 180_000,
	cache: { mode, ttlMs: 3_600_000, scope: 'bench', refresh: false },
	keepRaw: false,
	skipped: [],
});

const stop = new AbortController();
setMaxListeners(0, stop.signal);
const run = { runtime: runtime(), signal: stop.signal };
const ask = async (text: string, mode: 'off' | 'exact') =>
	await executeChat(
		{ messages: [{ role: 'user', content: text }], outputFormat: 'text' },
		plan(mode),
		run,
	);

const agent = new Agent({ connections: 256 });
const bare = async () => {
	const { body } = await agent.request({
		origin,
		path: '/v1/chat/completions',
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: 'Bearer bench' },
		body: JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'x' }] }),
	});
	await body.text();
};

/** CPU of this process per call, in microseconds; the server's share is the same in both rows. */
async function cpuPerCall(call: (index: number) => Promise<unknown>, concurrency: number) {
	for (let warm = 0; warm < 200; warm++) await call(-1 - warm);
	const before = process.cpuUsage();
	let next = 0;
	await Promise.all(
		Array.from({ length: concurrency }, async () => {
			while (next < CALLS) await call(next++);
		}),
	);
	const { user, system } = process.cpuUsage(before);
	return (user + system) / CALLS;
}

console.log(`CPU per call, ${CALLS} calls, server in the same process\n`);
console.log('| concurrency | bare undici | engine | our share |');
console.log('| ---: | ---: | ---: | ---: |');
for (const concurrency of [1, 16, 64]) {
	const bareUs = await cpuPerCall(bare, concurrency);
	const engineUs = await cpuPerCall(
		async (index) => await ask(`question ${index}`, 'off'),
		concurrency,
	);
	console.log(
		`| ${concurrency} | ${bareUs.toFixed(0)} µs | ${engineUs.toFixed(0)} µs | ${(engineUs - bareUs).toFixed(0)} µs |`,
	);
}
const hitUs = await cpuPerCall(async () => await ask('the same question', 'exact'), 1);
console.log(`\nA stored answer: ${hitUs.toFixed(1)} µs`);

await agent.close();
await runtime().close();
server.close();
