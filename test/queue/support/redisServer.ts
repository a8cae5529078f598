import { spawn, type ChildProcess } from 'node:child_process';
import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../e2e/support/ports';
import { makeTemporaryFolder } from '../../e2e/support/temporaryFolder';

/** A real Redis on loopback, without anything on disk that outlives it. */
export interface RedisServer {
	readonly port: number;
	readonly url: string;
	/** Sends a command in Redis's inline form and gives its raw reply. */
	readonly command: (line: string) => Promise<string>;
	/** Ends the process; the port stays ours. */
	readonly stop: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<void>;
	/** Starts it again, empty, on the same port. */
	readonly start: () => Promise<void>;
	/** The process goes on and answers nobody. */
	readonly freeze: () => void;
	readonly thaw: () => void;
	/** For good. */
	readonly remove: () => Promise<void>;
}

const START_LIMIT_MS = 10_000;
const POLL_MS = 10;

/** @param settings further arguments of redis-server, e.g. `['--requirepass', 'secret']` */
export async function startRedis(settings: readonly string[] = []): Promise<RedisServer> {
	const port = await freePort();
	const { folder, remove } = await makeTemporaryFolder();
	let child: ChildProcess | undefined;
	const kill = () => child?.kill('SIGKILL');
	process.once('exit', kill);

	const command = async (line: string) => await inlineCommand(port, line);
	const start = async () => {
		const own = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
		child = spawn('redis-server', [...own, '--save', '', '--appendonly', 'no', ...settings], {
			stdio: 'ignore',
		});
		const failed = new Promise<never>((_, reject) => {
			child?.once('error', reject);
		});
		await Promise.race([answers(port), failed]);
	};
	const stop = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
		const ending = child;
		if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
		const ended = new Promise((resolve) => ending.once('exit', resolve));
		ending.kill('SIGCONT');
		ending.kill(signal);
		await ended;
	};
	await start();
	return {
		port,
		url: `redis://127.0.0.1:${port}`,
		command,
		stop,
		start,
		freeze: () => void child?.kill('SIGSTOP'),
		thaw: () => void child?.kill('SIGCONT'),
		remove: async () => {
			await stop();
			process.off('exit', kill);
			await remove();
		},
	};
}

async function answers(port: number): Promise<void> {
	const giveUpAtMs = Date.now() + START_LIMIT_MS;
	for (;;) {
		const reply = await inlineCommand(port, 'PING').catch(() => '');
		if (/^(\+PONG|-NOAUTH)/.test(reply)) return;
		if (Date.now() > giveUpAtMs) throw new Error(`Redis on port ${port} did not start`);
		await sleep(POLL_MS);
	}
}

async function inlineCommand(port: number, line: string): Promise<string> {
	return await new Promise((resolve, reject) => {
		const socket = createConnection({ port, host: '127.0.0.1' });
		let reply = '';
		socket.setEncoding('utf8');
		socket.once('connect', () => socket.end(`${line}\r\nQUIT\r\n`));
		socket.on('data', (text: string) => (reply += text));
		socket.once('end', () => resolve(reply.replace(/\+OK\r\n$/, '').trimEnd()));
		socket.once('error', reject);
	});
}
