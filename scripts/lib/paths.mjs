// @ts-check
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE_NAME = 'n8n-nodes-multi-model';

/** The root of this repository. */
export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** What is built from the sources for one run; goes with node_modules. */
export const WORK_FOLDER = path.join(REPOSITORY, 'node_modules', '.cache', PACKAGE_NAME);

/** The platform's folder for what can be fetched again: Node 24, n8n, a browser. */
export function cacheFolder() {
	return path.join(userCache(), PACKAGE_NAME);
}

function userCache() {
	const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
	if (XDG_CACHE_HOME) return XDG_CACHE_HOME;
	if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Caches');
	if (process.platform === 'win32' && LOCALAPPDATA) return LOCALAPPDATA;
	return path.join(homedir(), '.cache');
}
