// @ts-check
import path from 'node:path';
// As a whole: a Node too old for parseArgs must get as far as our message.
import util from 'node:util';
import { bundleTypeScript } from './lib/bundleTypeScript.mjs';
import { ensureDependencies, requireNode } from './lib/ensureDependencies.mjs';
import { ensureServers } from './lib/ensureServers.mjs';
import { REPOSITORY } from './lib/paths.mjs';
import { prepareHost } from './lib/prepareHost.mjs';
import { runVisibly } from './lib/runCommand.mjs';
import { runScript } from './lib/setupError.mjs';

const JEST = path.join(REPOSITORY, 'node_modules', 'jest', 'bin', 'jest.js');
const HELP = `npm run test:queue [-- --only engine|n8n]

State in Redis, against real servers that it starts and stops on loopback: first the engine with
Redis, then the packed package in n8n's queue mode, one main and two workers with PostgreSQL.
`;

await runScript(async () => {
	requireNode(process.versions.node);
	const { values } = util.parseArgs({
		options: { only: { type: 'string' }, help: { type: 'boolean' } },
	});
	if (values.help) {
		console.log(HELP);
		return;
	}
	await ensureDependencies();
	const servers = await ensureServers();
	if (values.only !== 'n8n') {
		const config = path.join('test', 'queue', 'jest.config.json');
		const exitCode = await runVisibly(process.execPath, [JEST, '-c', config], { cwd: REPOSITORY });
		if (exitCode !== 0 || values.only === 'engine') return exitCode;
	}
	const host = await prepareHost();
	const bundle = await bundleTypeScript('test/queue/queueMode.test.ts');
	return await runVisibly(
		host.node24,
		['--enable-source-maps', '--test', '--test-reporter=spec', bundle],
		{
			cwd: REPOSITORY,
			env: {
				...process.env,
				MULTI_MODEL_HOST: JSON.stringify(host),
				POSTGRES_FOLDER: servers.postgresFolder,
			},
		},
	);
});
