// @ts-check
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { runNpm } from './npm.mjs';
import { REPOSITORY, WORK_FOLDER } from './paths.mjs';
import { withProgress } from './progress.mjs';
import { runCommand } from './runCommand.mjs';
import { SetupError } from './setupError.mjs';

const GULP = path.join(REPOSITORY, 'node_modules', 'gulp', 'bin', 'gulp.js');

/** Builds `dist/` from the sources. */
export async function build() {
	const { exitCode, output } = await withProgress('Building the package', () =>
		runCommand(process.execPath, [GULP, 'build'], { cwd: REPOSITORY }),
	);
	if (exitCode !== 0) throw new SetupError('The build failed.', output);
}

/**
 * Packs what the build made, as it is published.
 *
 * @returns {Promise<string>} the tarball
 */
export async function packPackage() {
	const folder = path.join(WORK_FOLDER, 'packed');
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	const listing = await runNpm(
		['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
		{ folder: REPOSITORY, purpose: 'pack the package' },
	);
	const [{ filename }] = JSON.parse(listing);
	return path.join(folder, filename);
}
