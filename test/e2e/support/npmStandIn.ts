import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * A folder with an `npm` that takes another registry than the one it is told. n8n asks the public
 * registry unless it has a licence for another; first on its PATH, this serves it ours.
 */
export async function writeNpmStandIn(
	folder: string,
	registryUrl: string,
	npmScript: string,
): Promise<string> {
	const program = `#!${process.execPath}
const { spawnSync } = require('node:child_process');
const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--registry'));
const args = [${JSON.stringify(npmScript)}, ...asked, ${JSON.stringify(`--registry=${registryUrl}`)}];
const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
process.exit(status ?? 1);
`;
	await mkdir(folder, { recursive: true });
	const file = path.join(folder, 'npm');
	await writeFile(file, program);
	await chmod(file, 0o755);
	return folder;
}
