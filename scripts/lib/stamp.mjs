// @ts-check
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withLock } from './lock.mjs';

/**
 * Makes a folder once. The stamp is written last, so an interrupted install is seen and redone,
 * and so is one for another version or platform.
 *
 * @param {object} wanted
 * @param {string} wanted.folder
 * @param {Record<string, string>} wanted.contents what the folder holds, e.g. versions
 * @param {() => Promise<boolean>} wanted.isComplete whether a folder without a stamp is good as it is
 * @param {() => Promise<void>} wanted.install fills the empty folder
 */
export async function installOnce({ folder, contents, isComplete, install }) {
	const stamp = path.join(folder, 'installed.json');
	const text = JSON.stringify(contents);
	const isStamped = async () => (await readFile(stamp, 'utf8').catch(() => '')) === text;
	if (await isStamped()) return;
	await withLock(`${folder}.lock`, async () => {
		if (await isStamped()) return;
		if (!(await isComplete())) {
			await rm(folder, { recursive: true, force: true });
			await mkdir(folder, { recursive: true });
			await writeFile(path.join(folder, 'package.json'), '{"private":true}');
			await install();
		}
		await writeFile(`${stamp}.new`, text);
		await rename(`${stamp}.new`, stamp);
	});
}
