const { readdir, readFile } = require('node:fs/promises');
const path = require('node:path');

const HEAD = `# Third-party notices

The files in \`dist/\` contain code of these packages. This page is written by the build from what
the bundles really hold.
`;

/**
 * Name, version, licence and licence text of each package.
 *
 * @param {readonly string[]} folders package folders under node_modules
 * @returns {Promise<string>} Markdown
 */
async function thirdPartyNotices(folders) {
	const entries = [];
	for (const folder of folders) entries.push(await notice(folder));
	entries.sort((a, b) => (a.name < b.name ? -1 : 1));
	const parts = entries.map(
		({ name, version, license, text }) =>
			`## ${name} ${version}\n\nLicence: ${license}\n\n\`\`\`text\n${text.trim()}\n\`\`\`\n`,
	);
	return [HEAD, ...parts].join('\n');
}

/** @param {string} folder */
async function notice(folder) {
	const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
	const { name, version, license } = manifest;
	if (typeof license !== 'string')
		throw new Error(`${name} does not say under which licence it is`);
	const file = (await readdir(folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
	const text =
		file === undefined
			? `The package ships no licence file. ${license}, ${authorOf(manifest)}`
			: await readFile(path.join(folder, file), 'utf8');
	return { name, version, license, text: text.replaceAll('\r\n', '\n').replaceAll('```', "'''") };
}

/** @param {{ author?: string | { name?: string }, name: string }} manifest */
function authorOf({ author, name }) {
	const named = typeof author === 'string' ? author : author?.name;
	return `copyright of ${named ?? `the authors of ${name}`}`;
}

module.exports = { thirdPartyNotices };
