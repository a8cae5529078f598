import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import path from 'node:path';
import * as z from 'zod/v4-mini';
import type { Browser } from 'playwright-core';
import { openBrowser, openEditor } from './support/browser';
import { chain, items, MANUAL } from './support/chain';
import {
	installCommunityPackage,
	listCommunityPackages,
	removeCommunityPackage,
} from './support/communityPackages';
import { runWorkflow } from './support/executions';
import { readHost } from './support/host';
import { startLocalRegistry, type LocalRegistry } from './support/localRegistry';
import { startN8n, type RunningN8n } from './support/n8nProcess';
import { writeNpmStandIn } from './support/npmStandIn';
import { screenshot } from './support/screenshot';
import { signIn, type Session } from './support/session';
import { makeTemporaryFolder } from './support/temporaryFolder';
import { OWNER } from './support/testBed';
import { createWorkflow } from './support/workflows';

const PACKAGE = 'n8n-nodes-multi-model';
const NODES = ['multiModelRouter', 'parallelFanOut', 'reconcile'].map(
	(name) => `${PACKAGE}.${name}`,
);
const CREDENTIALS = [
	'multiModelAnthropicApi',
	'multiModelGoogleApi',
	'multiModelOpenAiApi',
	'multiModelOpenAiCompatibleApi',
];

describe('installing the package', () => {
	const host = readHost();
	let registry: LocalRegistry;
	let n8n: RunningN8n;
	let session: Session;
	let browser: Browser;
	let remove: () => Promise<void>;

	before(async () => {
		const temporary = await makeTemporaryFolder();
		remove = temporary.remove;
		registry = await startLocalRegistry(host.tarball);
		const npmFolder = path.join(temporary.folder, 'npm-stand-in');
		await writeNpmStandIn(npmFolder, registry.url, host.npmScript);
		n8n = await startN8n(host, {
			userFolder: path.join(temporary.folder, 'n8n'),
			pathFirst: [npmFolder],
		});
		session = await signIn(n8n.url, OWNER);
		browser = await openBrowser(host);
	});

	after(async () => {
		await browser.close();
		await n8n.stop();
		await registry.close();
		await remove();
	});

	it('installs by the call that the panel makes, under the published type names', async () => {
		const installed = await installCommunityPackage(session, PACKAGE);
		assert.deepEqual(installed.installedNodes.map(({ type }) => type).sort(), NODES);

		const named = z.array(z.looseObject({ name: z.string() }));
		const nodeTypes = named.parse(await session.request('GET', '/types/nodes.json'));
		const ours = nodeTypes.filter(({ name }) => NODES.includes(name));
		assert.deepEqual([...new Set(ours.map(({ name }) => name))].sort(), NODES);
		const credentialTypes = named.parse(await session.request('GET', '/types/credentials.json'));
		assert.deepEqual(
			credentialTypes
				.map(({ name }) => name)
				.filter((name) => CREDENTIALS.includes(name))
				.sort(),
			CREDENTIALS,
		);
	});

	it('runs at once, without a restart of n8n', async () => {
		const workflow = chain('After install', [
			MANUAL,
			items([
				{
					answers: [
						{ model: 'a', text: '4' },
						{ model: 'b', text: '4' },
					],
				},
			]),
			{ name: 'Reconcile', type: `${PACKAGE}.reconcile` },
		]);
		const { id } = await createWorkflow(session, workflow);
		const execution = await runWorkflow(session, id, MANUAL.name);
		assert.equal(execution.status, 'success', execution.error?.message);
		assert.equal(execution.items('Reconcile')[0]?.agreement, 1);
	});

	it('is removed by the call that the panel makes', async () => {
		await removeCommunityPackage(session, PACKAGE);
		assert.deepEqual(await listCommunityPackages(session), []);
	});

	it('installs by hand under Settings > Community nodes and is listed there', async () => {
		const page = await openEditor(browser, n8n.url, OWNER);
		await page.goto('/settings/community-nodes');
		await page.getByRole('button', { name: 'Install a community node' }).click();
		await page.getByTestId('package-name-input').fill(PACKAGE);
		await page.getByTestId('user-agreement-checkbox').click();
		await page.getByTestId('install-community-package-button').click();
		const card = page.getByTestId('community-package-card');
		await card.waitFor({ timeout: 60_000 });
		await page.getByTestId('communityPackageInstall-modal').waitFor({ state: 'hidden' });
		await screenshot(host, page, 'installed');
		assert.match(await card.innerText(), /n8n-nodes-multi-model[^]*3 nodes/);
		const [installed] = await listCommunityPackages(session);
		assert.equal(installed?.packageName, PACKAGE);
	});
});
