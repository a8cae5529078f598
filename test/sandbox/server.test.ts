import { networkInterfaces } from 'node:os';
import { createConnection } from 'node:net';
import { Agent, request } from 'undici';
import { startSandbox } from './index';
import { callOf, chat } from './support/clients';

const openai = callOf('Chat Completions');

test('listens on the loopback address alone', async () => {
	const sandbox = await startSandbox();
	expect(sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
	const port = Number(new URL(sandbox.url).port);
	const others = Object.values(networkInterfaces())
		.flatMap((list) => list ?? [])
		.filter(({ internal, family }) => !internal && family === 'IPv4')
		.map(({ address }) => address);
	for (const address of others) expect(await connects(address, port)).toBe(false);
	expect(await connects('127.0.0.1', port)).toBe(true);
	await sandbox.close();
});

test('closes at once, hanging and waiting calls included', async () => {
	const sandbox = await startSandbox();
	sandbox.setLatency({ vendor: 'anthropic' }, 60_000);
	const open = [
		chat(sandbox.url, openai, 'Hello', { model: `${openai.model}--fault-hang` }),
		chat(sandbox.url, openai, 'Hello', { model: `${openai.model}--fault-hang-body` }),
		chat(sandbox.url, openai, 'Hello', { model: `${openai.model}--fault-slow-drip` }),
		chat(sandbox.url, callOf('Anthropic'), 'Hello'),
	];
	while (sandbox.calls().length < open.length) await new Promise((done) => setTimeout(done, 2));
	const startedAt = performance.now();
	await sandbox.close();
	expect(performance.now() - startedAt).toBeLessThan(500);
	expect((await Promise.all(open)).map(({ ending }) => ending)).toEqual([
		'cut',
		'cut',
		'cut',
		'cut',
	]);
	expect(sandbox.calls().map(({ status, aborted }) => [status, aborted])).toEqual([
		['hang', true],
		[200, true],
		[200, true],
		['none', true],
	]);
});

test('a port that is taken is an error', async () => {
	const sandbox = await startSandbox();
	const port = Number(new URL(sandbox.url).port);
	await expect(startSandbox({ port })).rejects.toThrow(/EADDRINUSE/);
	await sandbox.close();
});

test('two sandboxes know nothing of each other', async () => {
	const [one, other] = await Promise.all([startSandbox(), startSandbox()]);
	one.setFault({}, '500');
	expect((await chat(one.url, openai, 'Hello')).status).toBe(500);
	expect((await chat(other.url, openai, 'Hello')).status).toBe(200);
	expect([one.calls().length, other.calls().length]).toEqual([1, 1]);
	await Promise.all([one.close(), other.close()]);
});

test('answers a thousand calls at once', async () => {
	const sandbox = await startSandbox();
	const dispatcher = new Agent({ connections: 32 });
	const body = JSON.stringify(openai.body(openai.model, 'Summarise: the sea is deep and blue.'));
	const statuses = await Promise.all(
		Array.from({ length: 1_000 }, async () => {
			const reply = await request(`${sandbox.url}${openai.path('')}`, {
				method: 'POST',
				headers: openai.headers,
				body,
				dispatcher,
			});
			await reply.body.text();
			return reply.statusCode;
		}),
	);
	expect(new Set(statuses)).toEqual(new Set([200]));
	expect(sandbox.calls()).toHaveLength(1_000);
	await dispatcher.close();
	await sandbox.close();
});

async function connects(address: string, port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = createConnection({ host: address, port });
		const end = (isOpen: boolean) => {
			socket.destroy();
			resolve(isOpen);
		};
		socket.once('connect', () => end(true));
		socket.once('error', () => end(false));
	});
}
