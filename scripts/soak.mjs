// @ts-check
/** `npm run test:soak [-- --minutes 30]`: the engine under load, and what grew. */
import { bundleTypeScript } from './lib/bundleTypeScript.mjs';
import { ensureDependencies } from './lib/ensureDependencies.mjs';
import { REPOSITORY } from './lib/paths.mjs';
import { runVisibly } from './lib/runCommand.mjs';
import { runScript } from './lib/setupError.mjs';

await runScript(async () => {
	await ensureDependencies();
	const sandbox = await bundleTypeScript('test/sandbox/main.ts');
	const program = await bundleTypeScript('test/soak/main.ts');
	return await runVisibly(
		process.execPath,
		['--expose-gc', '--enable-source-maps', program, ...process.argv.slice(2)],
		{ cwd: REPOSITORY, env: { ...process.env, SANDBOX_PROGRAM: sandbox } },
	);
});
