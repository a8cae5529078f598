// @ts-check
import { existsSync } from 'node:fs';
import path from 'node:path';
import { runNpm } from './npm.mjs';
import { cacheFolder } from './paths.mjs';
import { withProgress } from './progress.mjs';
import { installOnce } from './stamp.mjs';

export const PORTKEY_VERSION = '1.15.2';

/**
 * Portkey's gateway in the user's cache, for comparison only.
 *
 * @param {string} node the executable of Node 24
 * @returns {Promise<string>} its start script
 */
export async function ensurePortkey(node) {
	const folder = path.join(cacheFolder(), `portkey-${PORTKEY_VERSION}`);
	const script = path.join(folder, 'node_modules/@portkey-ai/gateway/build/start-server.js');
	await installOnce({
		folder,
		contents: { portkey: PORTKEY_VERSION },
		isComplete: async () => existsSync(script),
		install: () =>
			withProgress(`Getting Portkey's gateway ${PORTKEY_VERSION}`, () =>
				runNpm(['install', `@portkey-ai/gateway@${PORTKEY_VERSION}`, '--ignore-scripts'], {
					folder,
					node,
					purpose: "install Portkey's gateway",
				}),
			),
	});
	return script;
}
