// @ts-check
import path from 'node:path';
import { REPOSITORY, WORK_FOLDER } from './paths.mjs';

/**
 * Bundles a TypeScript program of this repository so that any Node runs it. Packages stay outside:
 * they are found in node_modules, where the bundle lies too.
 *
 * @param {string} entry from the root of the repository
 * @returns {Promise<string>} the bundle
 */
export async function bundleTypeScript(entry) {
	// Installed by the caller, after this file was loaded.
	const { build } = await import('esbuild');
	const outfile = path.join(WORK_FOLDER, 'bundles', entry.replace(/\.ts$/, '.mjs'));
	await build({
		absWorkingDir: REPOSITORY,
		entryPoints: [entry],
		outfile,
		bundle: true,
		packages: 'external',
		platform: 'node',
		target: 'node20',
		format: 'esm',
		sourcemap: 'inline',
		logLevel: 'error',
	});
	return outfile;
}
