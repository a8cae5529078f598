// @ts-check
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { runNpm } from './npm.mjs';
import { REPOSITORY } from './paths.mjs';
import { withProgress } from './progress.mjs';
import { SetupError } from './setupError.mjs';

const LOWEST_NODE = [20, 19];

/**
 * @typedef {{ version?: string, optional?: boolean, peer?: boolean }} LockedPackage
 * @typedef {Record<string, LockedPackage>} LockedPackages by folder, `''` is the root
 */

/** Checks the running Node and installs what package-lock.json names, unless it is there. */
export async function ensureDependencies() {
	requireNode(process.versions.node);
	if (await isInstalled()) return;
	await withLock(path.join(tmpdir(), `npm-install-${digest(REPOSITORY)}.lock`), async () => {
		if (await isInstalled()) return;
		// Not `npm ci`: it refuses a lock file that lacks the optional packages of other platforms, and
		// not every registry has those. `--no-save` leaves the lock file as it is.
		await withProgress('Installing the dependencies', () =>
			runNpm(['install', '--no-save', '--ignore-scripts', '--include=dev', '--include=optional'], {
				folder: REPOSITORY,
				purpose: 'install the dependencies',
			}),
		);
	});
}

/** @param {string} version */
export function requireNode(version) {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	const [lowestMajor = 0, lowestMinor = 0] = LOWEST_NODE;
	if (major > lowestMajor || (major === lowestMajor && minor >= lowestMinor)) return;
	throw new SetupError(
		`This needs Node ${LOWEST_NODE.join('.')} or newer; the one that runs is ${version}.`,
	);
}

/**
 * npm writes its own record of what it installed when all is in place. It must agree with
 * package-lock.json; optional packages are those of other platforms.
 */
async function isInstalled() {
	const [wanted, installed] = await Promise.all([
		lockedPackages(path.join(REPOSITORY, 'package-lock.json')),
		lockedPackages(path.join(REPOSITORY, 'node_modules', '.package-lock.json')),
	]);
	return Object.entries(wanted).every(
		([folder, { version, optional, peer }]) =>
			folder === '' ||
			installed[folder]?.version === version ||
			((optional === true || peer === true) && installed[folder] === undefined),
	);
}

/**
 * @param {string} file
 * @returns {Promise<LockedPackages>}
 */
async function lockedPackages(file) {
	try {
		return JSON.parse(await readFile(file, 'utf8')).packages;
	} catch {
		return {};
	}
}

/** @param {string} text */
function digest(text) {
	return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
