// @ts-check
import { readdir } from 'node:fs/promises';
import path from 'node:path';
// As a whole: a Node too old for parseArgs must get as far as our message.
import util from 'node:util';
import { bundleTypeScript } from './lib/bundleTypeScript.mjs';
import { requireNode } from './lib/ensureDependencies.mjs';
import { REPOSITORY } from './lib/paths.mjs';
import { prepareHost } from './lib/prepareHost.mjs';
import { runVisibly } from './lib/runCommand.mjs';
import { runScript } from './lib/setupError.mjs';

const FOLDER = 'test/e2e';
const HELP = `npm run test:e2e [-- [--screenshots] [part of a file name ...]]

Runs the packed package in a real n8n, driven by a real browser.

  --screenshots   put the pictures into docs/images instead of test/e2e/output
`;

await runScript(async () => {
	requireNode(process.versions.node);
	const { values, positionals } = util.parseArgs({
		allowPositionals: true,
		options: { screenshots: { type: 'boolean' }, help: { type: 'boolean' } },
	});
	if (values.help) {
		console.log(HELP);
		return;
	}
	const host = await prepareHost({ browser: true });
	const files = (await readdir(path.join(REPOSITORY, FOLDER)))
		.filter((file) => file.endsWith('.test.ts'))
		.filter((file) => positionals.length === 0 || positionals.some((part) => file.includes(part)));
	const bundles = [];
	for (const file of files) bundles.push(await bundleTypeScript(`${FOLDER}/${file}`));
	return await runVisibly(
		host.node24,
		['--enable-source-maps', '--test', '--test-concurrency=1', '--test-reporter=spec', ...bundles],
		{
			cwd: REPOSITORY,
			env: {
				...process.env,
				MULTI_MODEL_HOST: JSON.stringify(host),
				...(values.screenshots ? { SCREENSHOT_FOLDER: 'docs/images' } : {}),
			},
		},
	);
});
