// @ts-check
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { abiOf, headersFolderOf } from './ensureNode24.mjs';
import { runNpm } from './npm.mjs';
import { cacheFolder } from './paths.mjs';
import { withProgress } from './progress.mjs';
import { runCommand } from './runCommand.mjs';
import { SetupError } from './setupError.mjs';
import { installOnce } from './stamp.mjs';

const N8N_VERSION = '2.40.7';
const NODE_24_ABI = '137';

/** node-gyp calls these; the first names are what people install. */
const BUILD_TOOLS = [
	{ name: 'python3', commands: ['python3', 'python'] },
	{ name: 'make', commands: ['make', 'gmake'] },
	{ name: 'g++', commands: ['g++', 'c++', 'clang++'] },
];

/**
 * n8n in the user's cache, complete with its compiled database driver.
 *
 * @param {string} node the executable of Node 24
 * @returns {Promise<string>} n8n's start script, to be run by `node`
 */
export async function ensureN8n(node) {
	const abi = (await abiOf(node)) ?? 'unknown';
	const suffix = abi === NODE_24_ABI ? '' : `-abi${abi}`;
	const folder = path.join(cacheFolder(), `n8n-${N8N_VERSION}${suffix}`);
	const platform = `${process.platform}-${process.arch}`;
	await installOnce({
		folder,
		contents: { n8n: N8N_VERSION, abi, platform },
		isComplete: () => isComplete(folder, node),
		install: () => install(folder, node),
	});
	return startScript(folder);
}

/** @param {string} folder */
function startScript(folder) {
	return path.join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
}

/**
 * @param {string} folder
 * @param {string} node
 */
async function install(folder, node) {
	await withProgress(`Getting n8n ${N8N_VERSION} (2,400 packages, a few minutes)`, () =>
		// Scripts are off: of all that n8n brings, only sqlite3 needs its own.
		runNpm(['install', `n8n@${N8N_VERSION}`, '--ignore-scripts', '--engine-strict=false'], {
			folder,
			node,
			purpose: `install n8n ${N8N_VERSION}`,
		}),
	);
	await withProgress('Preparing the database driver sqlite3', () => rebuildSqlite(folder, node));
	if (!(await isComplete(folder, node))) {
		throw new SetupError(`n8n ${N8N_VERSION} was installed into ${folder} and does not start.`);
	}
}

/**
 * Takes the prebuilt driver where it can be had, else compiles it with the headers at hand.
 *
 * @param {string} folder
 * @param {string} node
 */
async function rebuildSqlite(folder, node) {
	const nodedir = headersFolderOf(node);
	try {
		await runNpm(['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'], {
			folder,
			node,
			purpose: 'prepare sqlite3',
			env: nodedir === undefined ? {} : { npm_config_nodedir: nodedir },
		});
	} catch (error) {
		const missing = await missingBuildTools();
		if (missing.length === 0 || !(error instanceof SetupError)) throw error;
		throw new SetupError(
			`sqlite3 has no prebuilt binary here and must be compiled, which needs ${missing.join(', ')}. Install and start again.`,
			error.output,
		);
	}
}

/** @returns {Promise<string[]>} */
async function missingBuildTools() {
	const missing = [];
	for (const { name, commands } of BUILD_TOOLS) {
		const results = await Promise.all(commands.map((tool) => runCommand(tool, ['--version'])));
		if (results.every(({ exitCode }) => exitCode !== 0)) missing.push(name);
	}
	return missing;
}

/**
 * Of an install without our stamp: npm's own record, the version, and a driver that loads.
 *
 * @param {string} folder
 * @param {string} node
 */
async function isComplete(folder, node) {
	const modules = path.join(folder, 'node_modules');
	if (!existsSync(path.join(modules, '.package-lock.json'))) return false;
	const manifest = await readFile(path.join(modules, 'n8n', 'package.json'), 'utf8').catch(
		() => '{}',
	);
	if (JSON.parse(manifest).version !== N8N_VERSION) return false;
	const { exitCode } = await runCommand(node, ['-e', "require('sqlite3')"], {
		cwd: folder,
	});
	return exitCode === 0;
}
