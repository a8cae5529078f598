/** The build: `dist/` from the sources. `npm run build` runs the task `build`. */
const { readFile, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');
const { thirdPartyNotices } = require('./scripts/lib/notices.cjs');

const DIST = path.join(__dirname, 'dist');
const LICENSES = path.join(__dirname, 'THIRD_PARTY_NOTICES.md');

/**
 * What several bundles share must exist once in a process: it holds the cache and the connections.
 * These modules get a bundle of their own and are required by the others.
 */
const SHARED = [
	'engine/index',
	'engine/vendors',
	'engine/redis/connectRedis',
	'nodes/shared/runtime',
];

const shared = {
	name: 'shared-modules',
	setup(build) {
		build.onResolve({ filter: /^\.{1,2}\// }, ({ importer, path: wanted, kind }) => {
			if (kind === 'entry-point') return undefined;
			const file = path.relative(__dirname, path.resolve(path.dirname(importer), wanted));
			const module = SHARED.find((name) => name === file.replaceAll(path.sep, '/'));
			if (module === undefined) return undefined;
			const [entry] = build.initialOptions.entryPoints;
			const from = path.dirname(path.relative(__dirname, entry));
			const target = path.relative(from, module).replaceAll(path.sep, '/');
			return { path: `${target.startsWith('.') ? target : `./${target}`}.js`, external: true };
		});
	},
};

/** zod ships its messages in forty languages; the vendors' code uses none of them. */
const englishOnly = {
	name: 'english-only',
	setup(build) {
		build.onResolve({ filter: /locales\/index\.js$/ }, ({ path: wanted, resolveDir }) => ({
			path: path.resolve(resolveDir, path.dirname(wanted), 'en.js'),
			namespace: 'one-locale',
		}));
		build.onLoad({ filter: /.*/, namespace: 'one-locale' }, async ({ path: file }) => ({
			contents: `export { default as en } from ${JSON.stringify(file)};`,
			resolveDir: path.dirname(file),
		}));
	},
};

/** Packages whose code is in the bundles, by their folder: what the notices must name. */
const bundled = new Set();

async function bundle(entry, outfile) {
	const { metafile } = await esbuild.build({
		entryPoints: [path.join(__dirname, entry)],
		outfile: path.join(DIST, outfile),
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		minify: true,
		keepNames: true,
		legalComments: 'none',
		external: ['n8n-workflow'],
		plugins: [shared, englishOnly],
		define: { 'process.env.NODE_ENV': '"production"' },
		metafile: true,
		logLevel: 'warning',
	});
	for (const input of Object.keys(metafile.inputs)) {
		const folder = /^(?:.*?:)?(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
		if (folder !== undefined) bundled.add(folder);
	}
}

async function clean() {
	await rm(DIST, { recursive: true, force: true });
}

async function bundles() {
	const { n8n } = require('./package.json');
	const faces = [...n8n.nodes, ...n8n.credentials].map((file) => file.replace(/^dist\//, ''));
	for (const file of [...SHARED.map((name) => `${name}.js`), ...faces]) {
		await bundle(file.replace(/\.js$/, '.ts'), file);
	}
}

function icons() {
	return src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
}

function codex() {
	return src('nodes/*/*.node.json').pipe(dest('dist/nodes'));
}

/** Licences of all that is bundled; fails the build when one is missing. */
async function notices() {
	const data = await readFile(path.join(__dirname, 'engine/catalog/NOTICE.md'), 'utf8');
	const text = `${await thirdPartyNotices([...bundled].sort())}\n${data}`;
	const before = await readFile(LICENSES, 'utf8').catch(() => '');
	if (text !== before) await writeFile(LICENSES, text);
}

exports.clean = clean;
exports.build = series(clean, parallel(bundles, icons, codex), notices);
exports.default = exports.build;
