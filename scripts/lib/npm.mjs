// @ts-check
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from './runCommand.mjs';
import { SetupError } from './setupError.mjs';

/** Quiet, and independent of what the user's npm settings say about the kind of install. */
const OURS = [
	'--global=false',
	'--audit=false',
	'--fund=false',
	'--update-notifier=false',
	'--loglevel=error',
];

const REASONS = [
	{
		pattern: /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT)\b/,
		sentence: 'npm could not reach its registry. Check the network and the proxy settings.',
	},
	{
		pattern: /\bEUSAGE\b[^]*in sync/,
		sentence: 'package-lock.json does not hold all that package.json asks for.',
	},
	{ pattern: /\bENOSPC\b/, sentence: 'The disk is full.' },
	{
		pattern: /\b(EACCES|EPERM)\b/,
		sentence: 'A folder could not be written: see its owner above.',
	},
	{ pattern: /\bE(401|403)\b/, sentence: 'The registry that npm is set to refused the download.' },
	{ pattern: /\b(E404|ETARGET)\b/, sentence: 'The registry that npm is set to lacks a package.' },
];

/**
 * The JavaScript file of npm, so that it can run under any Node and without a shell.
 *
 * @returns {string}
 */
export function npmScript() {
	const { npm_execpath: running, PATH = '', Path = PATH } = process.env;
	const beside = path.dirname(process.execPath);
	const found = [
		running !== undefined && /npm-cli\.c?js$/.test(running) ? running : undefined,
		path.join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
		path.join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
		// On PATH npm is a link to its script, or (Windows) a file beside its folder.
		...Path.split(path.delimiter).flatMap((folder) => [
			realPath(path.join(folder, 'npm')),
			path.join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
		]),
	].find((file) => file !== undefined && file.endsWith('js') && existsSync(file));
	if (found === undefined) throw new SetupError('npm was not found. Install it beside Node.');
	return found;
}

/** @param {string} file */
function realPath(file) {
	return existsSync(file) ? realpathSync(file) : undefined;
}

/**
 * Runs npm in `folder` and returns what it printed; its words are shown when it fails.
 *
 * @param {readonly string[]} args
 * @param {{ folder: string, purpose: string, node?: string, env?: Record<string, string> }} options
 *   `purpose` completes "Could not ..."; `node` is the Node that runs npm and what npm builds
 * @returns {Promise<string>}
 */
export async function runNpm(args, { folder, purpose, node = process.execPath, env = {} }) {
	const { exitCode, stdout, output } = await runCommand(
		node,
		[npmScript(), ...args, '--prefix', folder, ...OURS],
		{ cwd: folder, env: { ...npmEnvironment(node), ...env } },
	);
	if (exitCode === 0) return stdout;
	const reason = REASONS.find(({ pattern }) => pattern.test(output))?.sentence ?? '';
	throw new SetupError(`Could not ${purpose}. ${reason}`.trim(), output);
}

/**
 * npm tells the scripts it runs about the package they belong to: another npm below must not take
 * that for its own settings.
 *
 * @param {string} node
 * @returns {NodeJS.ProcessEnv}
 */
function npmEnvironment(node) {
	const inherited = Object.entries(process.env).filter(
		([name]) => !/^npm_(config_(local_|global_)?prefix|package_|lifecycle_|command)/i.test(name),
	);
	const { PATH, ...env } = Object.fromEntries(inherited);
	return { ...env, PATH: `${path.dirname(node)}${path.delimiter}${PATH ?? ''}` };
}
