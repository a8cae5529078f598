// @ts-check
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { withProgress } from './progress.mjs';
import { runCommand } from './runCommand.mjs';
import { SetupError } from './setupError.mjs';

/**
 * @typedef {object} Servers
 * @property {string} redisServer the executable
 * @property {string} postgresFolder holds initdb and postgres
 */

const DEBIAN_POSTGRES = '/usr/lib/postgresql';

/**
 * Redis and PostgreSQL for the tests of queue mode: those that are installed, else Debian's.
 *
 * @returns {Promise<Servers>}
 */
export async function ensureServers() {
	const before = await findServers();
	if (before !== undefined) return before;
	if (existsSync('/etc/debian_version')) await installFromDebian();
	const after = await findServers();
	if (after !== undefined) return after;
	throw new SetupError(
		'This needs redis-server 6.2 or newer, and PostgreSQL with initdb. Install both and start again.',
	);
}

/** @returns {Promise<Servers | undefined>} */
async function findServers() {
	const onPath = (process.env.PATH ?? '').split(path.delimiter);
	const redisServer = onPath
		.map((folder) => path.join(folder, 'redis-server'))
		.find((file) => existsSync(file));
	const versions = await readdir(DEBIAN_POSTGRES).catch(() => []);
	const newestFirst = versions.sort((one, other) => Number(other) - Number(one));
	const postgresFolder = [
		...newestFirst.map((version) => path.join(DEBIAN_POSTGRES, version, 'bin')),
		...onPath,
	].find((folder) => existsSync(path.join(folder, 'initdb')));
	if (redisServer === undefined || postgresFolder === undefined) return undefined;
	return { redisServer, postgresFolder };
}

async function installFromDebian() {
	await withProgress('Installing Redis and PostgreSQL from Debian', async () => {
		const isRoot = process.getuid?.() === 0;
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		/** @param {string[]} args */
		const apt = async (...args) => {
			const command = isRoot ? ['apt-get', ...args] : ['sudo', '-n', 'apt-get', ...args];
			return await runCommand(command[0] ?? '', command.slice(1), { env });
		};
		await apt('update');
		const packages = ['redis-server', 'postgresql'];
		const { exitCode, output } = await apt('install', '-y', '--no-install-recommends', ...packages);
		if (exitCode !== 0) {
			throw new SetupError('Redis and PostgreSQL could not be installed.', output);
		}
	});
}
