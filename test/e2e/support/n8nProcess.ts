import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnvironment, QUIET_N8N } from './childEnvironment';
import { startProgram } from './childProcess';
import type { Host } from './host';
import { freePort } from './ports';

const BOOT_LIMIT_MS = 180_000;
const POLL_MS = 100;

export interface N8nOptions {
	/** n8n's data: database, key, community nodes. Made when it does not exist. */
	readonly userFolder: string;
	/** Default: any free one. */
	readonly port?: number;
	readonly env?: Readonly<Record<string, string>>;
	/** Folders before PATH, e.g. of a stand-in for npm. */
	readonly pathFirst?: readonly string[];
}

export interface RunningN8n {
	readonly url: string;
	readonly userFolder: string;
	/** From the start of the process to its readiness. */
	readonly bootMs: number;
	readonly log: () => string;
	/** Settles when the process ends by itself or is stopped. */
	readonly ended: Promise<number>;
	readonly stop: () => Promise<void>;
}

/** A real n8n on loopback, ready for work. */
export async function startN8n(host: Host, options: N8nOptions): Promise<RunningN8n> {
	const { userFolder, env = {}, pathFirst = [] } = options;
	const port = options.port ?? (await freePort());
	await mkdir(userFolder, { recursive: true });
	const startedAtMs = Date.now();
	const program = startProgram({
		node: host.node24,
		script: host.n8nScript,
		args: ['start'],
		// n8n reads a .env file of its working folder.
		cwd: userFolder,
		env: childEnvironment(
			{
				...QUIET_N8N,
				N8N_USER_FOLDER: userFolder,
				N8N_LISTEN_ADDRESS: '127.0.0.1',
				N8N_PORT: String(port),
				N8N_RUNNERS_BROKER_PORT: String(await freePort()),
				...env,
			},
			// n8n starts its task runner as plain `node`.
			[...pathFirst, path.dirname(host.node24)],
		),
	});
	const url = `http://127.0.0.1:${port}`;
	const boot = new AbortController();
	const outcome = await Promise.race([
		becomesReady(url, boot.signal),
		program.ended.then((exitCode) => `n8n ended with code ${exitCode} while it started`),
	]);
	boot.abort();
	if (outcome !== 'ready') {
		await program.stop();
		throw new Error(`${outcome}. Its last words:\n${tail(program.log())}`);
	}
	const { log, ended, stop } = program;
	return { url, userFolder, bootMs: Date.now() - startedAtMs, log, ended, stop };
}

async function becomesReady(url: string, signal: AbortSignal): Promise<string> {
	const giveUpAtMs = Date.now() + BOOT_LIMIT_MS;
	while (!signal.aborted && Date.now() < giveUpAtMs) {
		const response = await fetch(`${url}/healthz/readiness`).catch(() => undefined);
		if (response?.ok) return 'ready';
		await sleep(POLL_MS);
	}
	return `n8n was not ready after ${BOOT_LIMIT_MS / 1000} s`;
}

function tail(text: string): string {
	return text.split('\n').slice(-40).join('\n');
}
