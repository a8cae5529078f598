import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { childEnvironment } from './childEnvironment';
import type { Host } from './host';

const PACKAGE_NAME = 'n8n-nodes-multi-model';

/**
 * Puts the packed package where n8n loads community nodes from, before n8n starts: the node types
 * have their published names. What another build left there is replaced.
 */
export async function installIntoNodesFolder(host: Host, userFolder: string): Promise<void> {
	const folder = path.join(userFolder, '.n8n', 'nodes');
	const modules = path.join(folder, 'node_modules');
	const stamp = path.join(modules, PACKAGE_NAME, 'installed-from.sha256');
	const digest = createHash('sha256')
		.update(await readFile(host.tarball))
		.digest('hex');
	if ((await readFile(stamp, 'utf8').catch(() => '')) === digest) return;

	// npm takes a package of the same name and version for the same package.
	await rm(path.join(modules, PACKAGE_NAME), { recursive: true, force: true });
	await rm(path.join(modules, '.package-lock.json'), { force: true });
	await mkdir(folder, { recursive: true });
	await promisify(execFile)(
		process.execPath,
		[
			host.npmScript,
			'install',
			host.tarball,
			'--prefix',
			folder,
			'--global=false',
			'--ignore-scripts',
			'--legacy-peer-deps',
			'--package-lock=false',
			'--audit=false',
			'--fund=false',
			'--update-notifier=false',
		],
		{ cwd: folder, env: childEnvironment({}) },
	);
	await writeFile(stamp, digest);
}
