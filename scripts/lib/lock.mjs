// @ts-check
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { withProgress } from './progress.mjs';

const HEARTBEAT_MS = 5_000;
const STALE_AFTER_MS = 60_000;
const POLL_MS = 250;

/**
 * Runs `work` while no other process holds the lock of that name. A lock whose owner died is taken
 * over: its process is gone, or it stopped showing signs of life.
 *
 * @template T
 * @param {string} folder the lock: a folder, because making one is atomic everywhere
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(folder, work) {
	await mkdir(path.dirname(folder), { recursive: true });
	if (!(await take(folder))) {
		await withProgress('Waiting for another process that does the same', async () => {
			while (!(await take(folder))) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
		});
	}
	const heartbeat = setInterval(() => {
		const now = new Date();
		utimes(folder, now, now).catch(() => clearInterval(heartbeat));
	}, HEARTBEAT_MS);
	try {
		return await work();
	} finally {
		clearInterval(heartbeat);
		await rm(folder, { recursive: true, force: true });
	}
}

/** @param {string} folder */
async function take(folder) {
	try {
		await mkdir(folder);
	} catch {
		if (await isStale(folder)) await discard(folder);
		return false;
	}
	await writeFile(ownerFile(folder), JSON.stringify({ pid: process.pid, host: hostname() }));
	return true;
}

/** @param {string} folder */
async function isStale(folder) {
	const touched = await stat(folder).catch(() => undefined);
	if (touched === undefined) return false;
	if (Date.now() - touched.mtimeMs > STALE_AFTER_MS) return true;
	try {
		const { pid, host } = JSON.parse(await readFile(ownerFile(folder), 'utf8'));
		return host === hostname() && !isAlive(pid);
	} catch {
		return false;
	}
}

/** @param {number} pid */
function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}

/**
 * Renamed first: of two that find it stale, one moves it and the other finds nothing.
 *
 * @param {string} folder
 */
async function discard(folder) {
	const aside = `${folder}.${process.pid}.stale`;
	const moved = await rename(folder, aside).then(
		() => true,
		() => false,
	);
	if (moved) await rm(aside, { recursive: true, force: true });
}

/** @param {string} folder */
function ownerFile(folder) {
	return path.join(folder, 'owner.json');
}
