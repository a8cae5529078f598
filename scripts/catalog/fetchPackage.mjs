import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { runNpm } from '../lib/npm.mjs';
import { SetupError } from '../lib/setupError.mjs';

const BLOCK_BYTES = 512;

/** Files of an npm tarball (plain ustar; npm writes nothing else for short paths). */
function readTar(tar) {
	const files = new Map();
	const text = (start, length) =>
		tar
			.subarray(start, start + length)
			.toString('utf8')
			.replace(/\0.*$/s, '');
	for (let at = 0; at + BLOCK_BYTES <= tar.length && tar[at] !== 0; ) {
		const size = parseInt(text(at + 124, 12).trim(), 8);
		const path = [text(at + 345, 155), text(at, 100)].filter(Boolean).join('/');
		const start = at + BLOCK_BYTES;
		files.set(path.replace(/^package\//, ''), tar.subarray(start, start + size));
		at = start + Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
	}
	return files;
}

/**
 * The files of one pinned npm package, path to content. Packed, not installed: nothing of it runs
 * and what it depends on is not needed. Refuses a package whose content is not the pinned one.
 */
export async function fetchPackage({ name, version, integrity }, folder) {
	const listing = await runNpm(
		['pack', `${name}@${version}`, '--json', '--pack-destination', folder],
		{ folder, purpose: `download ${name} ${version}` },
	);
	const [{ filename }] = JSON.parse(listing);
	const tarball = readFileSync(join(folder, filename));
	const actual = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
	if (actual !== integrity) {
		throw new SetupError(`${name}@${version} is not the pinned package: its content is ${actual}.`);
	}
	return readTar(gunzipSync(tarball));
}
