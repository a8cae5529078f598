// @ts-check
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runNpm } from './npm.mjs';
import { cacheFolder } from './paths.mjs';
import { withProgress } from './progress.mjs';
import { runCommand } from './runCommand.mjs';
import { SetupError } from './setupError.mjs';
import { installOnce } from './stamp.mjs';

/**
 * @typedef {object} Chromium
 * @property {string} executable
 * @property {Record<string, string>} env what it needs to find its libraries and fonts
 */

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PLACES = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
	'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];
const FONTS_FILE = 'fonts.conf';
const PACKAGE = { name: '@sparticuz/chromium', version: '153.0.0' };

/**
 * A browser for the end-to-end tests: the one of CHROMIUM_PATH, one that is installed, Debian's,
 * or one from npm. CHROMIUM_FROM=npm goes to the last at once.
 *
 * @param {string} node the executable of Node 24, runs what unpacks the browser from npm
 * @returns {Promise<Chromium>}
 */
export async function ensureChromium(node) {
	const { CHROMIUM_PATH, CHROMIUM_FROM } = process.env;
	if (CHROMIUM_FROM === 'npm') return await chromiumFromNpm(node);
	if (CHROMIUM_PATH) {
		if (existsSync(CHROMIUM_PATH)) return { executable: CHROMIUM_PATH, env: {} };
		throw new SetupError(`CHROMIUM_PATH is ${CHROMIUM_PATH}, and there is no such file.`);
	}
	const installed = findChromium() ?? (await chromiumFromDebian());
	return installed === undefined ? await chromiumFromNpm(node) : { executable: installed, env: {} };
}

function findChromium() {
	const folders = (process.env.PATH ?? '').split(path.delimiter);
	const onPath = COMMANDS.flatMap((name) => folders.map((folder) => path.join(folder, name)));
	return [...onPath, ...PLACES].find((file) => existsSync(file));
}

async function chromiumFromDebian() {
	const isRoot = process.getuid?.() === 0;
	if (!isRoot || !existsSync('/etc/debian_version')) return undefined;
	return await withProgress('Installing Chromium from Debian', async () => {
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		await runCommand('apt-get', ['update'], { env });
		const install = ['install', '-y', '--no-install-recommends', 'chromium'];
		await runCommand('apt-get', install, { env });
		return findChromium();
	});
}

/**
 * @param {string} node
 * @returns {Promise<Chromium>}
 */
async function chromiumFromNpm(node) {
	if (`${process.platform}-${process.arch}` !== 'linux-x64') {
		throw new SetupError('No Chromium or Chrome was found: install one, or set CHROMIUM_PATH.');
	}
	const { name, version } = PACKAGE;
	const folder = path.join(cacheFolder(), `chromium-${version}`);
	await installOnce({
		folder,
		contents: { [name]: version },
		isComplete: async () => false,
		install: () => withProgress(`Getting Chromium ${version}`, () => unpack(folder, node)),
	});
	return {
		executable: path.join(folder, 'chromium'),
		env: {
			LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib'),
			FONTCONFIG_FILE: path.join(folder, FONTS_FILE),
		},
	};
}

/**
 * The package unpacks into the temporary folder, and its libraries only where it takes the machine
 * for a bare Amazon Linux: both are told to it by the environment.
 *
 * @param {string} folder
 * @param {string} node
 */
async function unpack(folder, node) {
	const { name, version } = PACKAGE;
	await runNpm(['install', `${name}@${version}`, '--ignore-scripts', '--engine-strict=false'], {
		folder,
		purpose: `get Chromium ${version} from npm`,
	});
	const script = `import('${name}').then(({ default: chromium }) => chromium.executablePath())`;
	const { exitCode, output } = await runCommand(node, ['-e', script], {
		cwd: folder,
		env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
	});
	if (exitCode !== 0) throw new SetupError(`Could not unpack Chromium ${version}.`, output);
	await writeFile(path.join(folder, FONTS_FILE), fontSettings(folder));
}

/**
 * Its own settings look for fonts in fixed places; without a single font the browser crashes.
 *
 * @param {string} folder
 */
function fontSettings(folder) {
	return `<?xml version="1.0" ?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
	<dir>${folder}/fonts</dir>
	<dir>/usr/share/fonts</dir>
	<cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`;
}
