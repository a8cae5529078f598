import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod/v4-mini';

export interface LocalRegistry {
	readonly url: string;
	readonly close: () => Promise<void>;
}

const manifestSchema = z.looseObject({ name: z.string(), version: z.string() });

/**
 * An npm registry on loopback that has one package. It passes nothing on: a package without
 * dependencies needs no other.
 */
export async function startLocalRegistry(tarball: string): Promise<LocalRegistry> {
	const bytes = await readFile(tarball);
	const manifest = manifestSchema.parse(JSON.parse(readManifest(bytes)));
	const { name, version } = manifest;
	const file = `/${name}/-/${name}-${version}.tgz`;

	const server = createServer((request, response) => {
		const path = decodeURIComponent(new URL(request.url ?? '/', url).pathname);
		if (path === file) {
			response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(bytes);
			return;
		}
		const body =
			path === `/${name}` ? packument() : path === `/${name}/${version}` ? release() : {};
		const status = Object.keys(body).length > 0 ? 200 : 404;
		response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	const url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;

	const release = () => ({
		...manifest,
		dist: {
			tarball: `${url}${file}`,
			shasum: createHash('sha1').update(bytes).digest('hex'),
			integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`,
		},
	});
	const packument = () => ({
		name,
		'dist-tags': { latest: version },
		versions: { [version]: release() },
	});

	return {
		url,
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

const BLOCK_BYTES = 512;
const NAME_BYTES = 100;
const SIZE_AT = 124;
const SIZE_BYTES = 12;

/** Reads `package/package.json` out of a tar file: each entry is a head of one block, then its data. */
function readManifest(tarball: Buffer): string {
	const tar = gunzipSync(tarball);
	for (let at = 0; at + BLOCK_BYTES <= tar.length; ) {
		const field = (from: number, length: number) =>
			(tar.toString('latin1', at + from, at + from + length).split('\0')[0] ?? '').trim();
		const size = Number.parseInt(field(SIZE_AT, SIZE_BYTES), 8) || 0;
		const dataAt = at + BLOCK_BYTES;
		if (field(0, NAME_BYTES) === 'package/package.json') {
			return tar.toString('utf8', dataAt, dataAt + size);
		}
		at = dataAt + Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
	}
	throw new Error('The tarball holds no package.json');
}
