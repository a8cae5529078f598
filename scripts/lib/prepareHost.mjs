// @ts-check
import { build, packPackage } from './buildPackage.mjs';
import { ensureChromium } from './ensureChromium.mjs';
import { ensureDependencies } from './ensureDependencies.mjs';
import { ensureN8n } from './ensureN8n.mjs';
import { ensureNode24 } from './ensureNode24.mjs';
import { npmScript } from './npm.mjs';
import { REPOSITORY } from './paths.mjs';

/**
 * Everything that a run in the real n8n needs, from an empty clone on: dependencies, build, tarball,
 * Node 24, n8n and, where asked for, a browser.
 *
 * @param {{ browser?: boolean }} [wanted]
 * @returns {Promise<import('../../test/e2e/support/host').Host>}
 */
export async function prepareHost({ browser = false } = {}) {
	await ensureDependencies();
	await build();
	const tarball = await packPackage();
	const node24 = await ensureNode24();
	const n8nScript = await ensureN8n(node24);
	return {
		repository: REPOSITORY,
		node24,
		n8nScript,
		npmScript: npmScript(),
		tarball,
		...(browser ? { chromium: await ensureChromium(node24) } : {}),
	};
}
