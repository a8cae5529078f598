/** What a user downloads: its size, and what n8n's start pays for it. Fails above the limits. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureNode24 } from './lib/ensureNode24.mjs';

const MAX_TARBALL_BYTES = 2.5 * 1024 * 1024;
const MAX_LOAD_MS = 60;
const LOADS = 5;

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const node24 = await ensureNode24();
const folder = mkdtempSync(path.join(tmpdir(), 'multi-model-pack-'));
let failed = false;

/** @param {string} what @param {number} value @param {number} limit @param {string} unit */
function check(what, value, limit, unit) {
	const ok = value <= limit;
	failed ||= !ok;
	console.log(
		`${ok ? 'ok  ' : 'FAIL'}  ${what}: ${value.toFixed(2)} ${unit} (limit ${limit} ${unit})`,
	);
}

try {
	const [{ filename, files }] = JSON.parse(
		execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
			cwd: root,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		}),
	);
	const tarball = path.join(folder, filename);
	check('tarball', statSync(tarball).size / 1024 / 1024, MAX_TARBALL_BYTES / 1024 / 1024, 'MB');

	const strays = files
		.map(({ path: file }) => file)
		.filter((file) => !/^(dist\/|[^/]+\.(md|json)$)/.test(file));
	if (strays.length > 0) {
		failed = true;
		console.log(`FAIL  files that do not belong in the package: ${strays.join(', ')}`);
	}
	if (Object.keys(manifest.dependencies ?? {}).length > 0) {
		failed = true;
		console.log('FAIL  "dependencies" must stay empty: everything is bundled');
	}

	execFileSync('tar', ['-xzf', tarball, '-C', folder]);
	const faces = [...manifest.n8n.nodes, ...manifest.n8n.credentials].map((file) =>
		path.join(folder, 'package', file),
	);
	const program = `
		require('n8n-workflow');
		const faces = ${JSON.stringify(faces)};
		const startedAt = performance.now();
		for (const face of faces) {
			const name = require('node:path').basename(face).split('.')[0];
			new (require(face)[name])();
		}
		const ms = performance.now() - startedAt;
		const vendors = Object.keys(require.cache).filter((file) => file.match(/engine\\/(vendors|redis\\/connectRedis)\\.js$/));
		console.log(JSON.stringify({ ms, vendors: vendors.length }));
	`;
	const runs = Array.from({ length: LOADS }, () =>
		JSON.parse(
			execFileSync(node24, ['-e', program], {
				encoding: 'utf8',
				env: { ...process.env, NODE_PATH: path.join(root, 'node_modules') },
			}),
		),
	).sort((a, b) => a.ms - b.ms);
	const median = runs[Math.floor(LOADS / 2)];
	check('requiring all node and credential files (median of 5)', median.ms, MAX_LOAD_MS, 'ms');
	check('lazy chunks loaded by it', median.vendors, 0, 'chunks');
} finally {
	rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
