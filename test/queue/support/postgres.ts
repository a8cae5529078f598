import { execFile, spawn } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../../e2e/support/ports';

/** An empty PostgreSQL on loopback. */
export interface Postgres {
	readonly port: number;
	readonly user: string;
	readonly stop: () => Promise<void>;
}

const run = promisify(execFile);
const START_LIMIT_MS = 20_000;
const POLL_MS = 50;
/** The administrator of Debian's package; PostgreSQL refuses to run as root. */
const USER = 'postgres';

/** @param binaries folder of initdb and postgres */
export async function startPostgres(binaries: string): Promise<Postgres> {
	const port = await freePort();
	const folder = await mkdtemp(path.join(tmpdir(), 'multi-model-postgres-'));
	const isRoot = process.getuid?.() === 0;
	const ids = isRoot ? await idsOf(USER) : undefined;
	if (ids !== undefined) await chown(folder, ids.uid, ids.gid);

	const options = { cwd: folder, ...ids };
	const data = path.join(folder, 'data');
	await run(path.join(binaries, 'initdb'), ['-D', data, '-U', USER, '-A', 'trust', '-N'], options);
	const child = spawn(
		path.join(binaries, 'postgres'),
		['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-F'],
		{ ...options, stdio: 'ignore' },
	);
	const ended = new Promise((resolve) => child.once('exit', resolve));
	const kill = () => child.kill('SIGQUIT');
	process.once('exit', kill);
	await listens(port);
	return {
		port,
		user: USER,
		stop: async () => {
			// At once, without waiting for clients.
			child.kill('SIGQUIT');
			await ended;
			process.off('exit', kill);
			await rm(folder, { recursive: true, force: true, maxRetries: 5 });
		},
	};
}

async function idsOf(user: string): Promise<{ uid: number; gid: number }> {
	const [uid, gid] = await Promise.all(
		['-u', '-g'].map(async (flag) => Number((await run('id', [flag, user])).stdout)),
	);
	return { uid: uid ?? 0, gid: gid ?? 0 };
}

async function listens(port: number): Promise<void> {
	const giveUpAtMs = Date.now() + START_LIMIT_MS;
	for (;;) {
		const isOpen = await new Promise<boolean>((resolve) => {
			const socket = createConnection({ port, host: '127.0.0.1' });
			socket.once('connect', () => {
				socket.destroy();
				resolve(true);
			});
			socket.once('error', () => resolve(false));
		});
		if (isOpen) return;
		if (Date.now() > giveUpAtMs) throw new Error('PostgreSQL did not start');
		await sleep(POLL_MS);
	}
}
