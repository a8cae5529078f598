// @ts-check
// As a whole: a Node too old for parseArgs must get as far as our message.
import util from 'node:util';
import { bundleTypeScript } from './lib/bundleTypeScript.mjs';
import { requireNode } from './lib/ensureDependencies.mjs';
import { ensurePortkey, PORTKEY_VERSION } from './lib/ensurePortkey.mjs';
import { REPOSITORY } from './lib/paths.mjs';
import { prepareHost } from './lib/prepareHost.mjs';
import { runVisibly } from './lib/runCommand.mjs';
import { runScript } from './lib/setupError.mjs';

const HELP = `npm run test:faults [-- --portkey]

Runs the 16 faults of FailoverBench against the packed package in a real n8n, judged from the
caller's and from the vendor's side, and again without a healthy backup.

  --portkey   the same scenarios against Portkey's gateway, on the same sandbox
`;

await runScript(async () => {
	requireNode(process.versions.node);
	const { values } = util.parseArgs({
		options: { portkey: { type: 'boolean' }, help: { type: 'boolean' } },
	});
	if (values.help) {
		console.log(HELP);
		return;
	}
	const host = await prepareHost();
	const portkey = values.portkey ? await ensurePortkey(host.node24) : undefined;
	const program = await bundleTypeScript('test/faults/main.ts');
	return await runVisibly(host.node24, ['--enable-source-maps', program], {
		cwd: REPOSITORY,
		env: {
			...process.env,
			MULTI_MODEL_HOST: JSON.stringify(host),
			...(portkey === undefined ? {} : { PORTKEY_SCRIPT: portkey, PORTKEY_VERSION }),
		},
	});
});
