// @ts-check
/** `npm run bench -- <name>`: runs test/bench/<name>.bench.ts and passes its exit code on. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { bundleTypeScript } from './lib/bundleTypeScript.mjs';
import { ensureDependencies } from './lib/ensureDependencies.mjs';
import { REPOSITORY } from './lib/paths.mjs';
import { prepareHost } from './lib/prepareHost.mjs';

/** Benches that run in the real n8n. */
const IN_N8N = ['builtinNodes'];

const [name, ...args] = process.argv.slice(2);
const names = readdirSync(path.join(REPOSITORY, 'test', 'bench'))
	.filter((file) => file.endsWith('.bench.ts'))
	.map((file) => file.replace('.bench.ts', ''));

if (name === undefined || !names.includes(name)) {
	console.error(
		`Name one of the benches: ${names.map((one) => `npm run bench -- ${one}`).join(', ')}`,
	);
	process.exitCode = 2;
} else {
	await ensureDependencies();
	const host = IN_N8N.includes(name) ? await prepareHost() : undefined;
	const program = await bundleTypeScript(`test/bench/${name}.bench.ts`);
	const { status } = spawnSync(
		host?.node24 ?? process.execPath,
		['--expose-gc', program, ...args],
		{
			stdio: 'inherit',
			env: {
				...process.env,
				...(host === undefined ? {} : { MULTI_MODEL_HOST: JSON.stringify(host) }),
			},
		},
	);
	process.exitCode = status ?? 1;
}
