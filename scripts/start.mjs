// @ts-check
import path from 'node:path';
import { pathToFileURL } from 'node:url';
// As a whole: a Node too old for parseArgs must get as far as our message.
import util from 'node:util';
import { bundleTypeScript } from './lib/bundleTypeScript.mjs';
import { requireNode } from './lib/ensureDependencies.mjs';
import { cacheFolder } from './lib/paths.mjs';
import { isPortFree } from './lib/ports.mjs';
import { prepareHost } from './lib/prepareHost.mjs';
import { runScript, SetupError } from './lib/setupError.mjs';

const HELP = `npm start [-- [--once] [--port <number>]]

Shows the nodes at work in a real n8n, without any key: installs and builds what is missing, starts
n8n with this package and a sandbox that stands in for the vendors, runs the hybrid example over
recorded questions, prints the figures and keeps the editor open until Ctrl-C.

  --once          end after the figures; the exit code is 0 when all went well
  --port <number> n8n's port (5678)
`;

await runScript(async () => {
	requireNode(process.versions.node);
	const { values } = readArguments();
	if (values.help) {
		console.log(HELP);
		return;
	}
	const port = Number(values.port);
	if (!Number.isInteger(port) || port < 1 || port > 65_535) {
		throw new SetupError(`--port must be a number from 1 to 65535, and is "${values.port}".`);
	}
	if (!(await isPortFree(port))) {
		throw new SetupError(
			`Port ${port} is taken. Choose another one: npm start -- --port ${port + 1}`,
		);
	}
	process.env.MULTI_MODEL_HOST = JSON.stringify(await prepareHost());
	const program = await bundleTypeScript('test/e2e/demo.ts');
	const { runDemo } = await import(pathToFileURL(program).href);
	const userFolder = path.join(cacheFolder(), `demo-${port}`);
	return await runDemo({ once: values.once, port, userFolder });
});

function readArguments() {
	try {
		return util.parseArgs({
			options: {
				once: { type: 'boolean', default: false },
				port: { type: 'string', default: '5678' },
				help: { type: 'boolean', default: false },
			},
		});
	} catch (error) {
		throw new SetupError(`${error instanceof Error ? error.message : error}\n\n${HELP}`);
	}
}
