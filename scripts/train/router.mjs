// @ts-check
/**
 * `MULTI_MODEL_DATA=<folder of the recorded sets> node scripts/train/router.mjs`: learns what the
 * Router's `auto` strategy knows and writes engine/routing/difficulty.json. The same folder gives
 * the same file, byte for byte.
 */
import { spawnSync } from 'node:child_process';
import { bundleTypeScript } from '../lib/bundleTypeScript.mjs';
import { REPOSITORY } from '../lib/paths.mjs';

const program = await bundleTypeScript('scripts/train/router.ts');
const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], {
	stdio: 'inherit',
	cwd: REPOSITORY,
});
process.exitCode = status ?? 1;
