import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Readable, Transform } from 'node:stream';
import { lookup } from 'node:dns';
import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';
import { guardedLookup, isForbiddenHost } from './forbiddenAddresses';
import {
	UnreadableReplyError,
	type EgressFilter,
	type TakeBytes,
	type Transport,
	type WatchBody,
} from './spec/transport';

/** A longer body is not an answer of a chat model; it would only fill the memory. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;
const MAX_HEADER_BYTES = 64 * 1024;
/** Sockets per origin; further requests wait in the pool. */
const MAX_CONNECTIONS = 256;
const CONNECT_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 30_000;
/** What may follow a whole answer: its usage, the mark that ends a stream. */
const AFTER_WHOLE_MS = 3_000;

/** This address may not be called: the host's guard refuses it, or nobody ever should. */
export class EgressRefusedError extends Error {
	override readonly name = 'EgressRefusedError';
}

/**
 * A `fetch` over one connection pool. It makes exactly one request, follows no redirect (so a key
 * never travels to another host), reads the whole body and never waits on its own: the caller's
 * signal ends headers and body alike. HTTP_PROXY, HTTPS_PROXY and NO_PROXY are obeyed.
 */
export function createTransport({ egress }: { egress?: EgressFilter }): Transport {
	const settings: Agent.Options = {
		connections: MAX_CONNECTIONS,
		keepAliveTimeout: KEEP_ALIVE_MS,
		headersTimeout: 0,
		bodyTimeout: 0,
		maxHeaderSize: MAX_HEADER_BYTES,
		connect: {
			timeout: CONNECT_TIMEOUT_MS,
			lookup: guardedLookup(egress?.createSecureLookup() ?? lookup, forbidden),
		},
	};
	const dispatcher = dispatcherOf(settings);

	return {
		fetch: async (input, init = {}, watch) => {
			const url = new URL(input instanceof Request ? input.url : input);
			if (isForbiddenHost(url.hostname)) throw forbidden(url.host);
			await refuseBlocked(url, egress);
			return await request(dispatcher, url, init, watch);
		},
		close: async () => await dispatcher.destroy(),
	};
}

const PROXY_VARIABLES = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'];

function dispatcherOf(settings: Agent.Options): Dispatcher {
	const set = PROXY_VARIABLES.filter((name) => (process.env[name] ?? '') !== '');
	if (set.length === 0) return new Agent(settings);
	// Its value is not shown: it may hold a password.
	const wrong = set.find((name) => !/^https?:\/\/[^/]/.test(process.env[name] ?? ''));
	if (wrong !== undefined) {
		throw new Error(`The environment variable ${wrong} must be an http or https address`);
	}
	return new EnvHttpProxyAgent(settings);
}

function forbidden(host: string, address?: string): EgressRefusedError {
	const which = address === undefined ? '' : ` (${address})`;
	return new EgressRefusedError(
		`${host}${which} is never called: at link-local and metadata addresses a cloud hands out the secrets of its machines`,
	);
}

async function refuseBlocked(url: URL, egress: EgressFilter | undefined): Promise<void> {
	const verdict = await egress?.validateUrl(url.href);
	if (verdict === undefined || verdict.ok) return;
	throw new EgressRefusedError(
		`n8n's SSRF protection refuses ${url.host} (${verdict.error.message}): allow it with N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES`,
	);
}

async function request(
	dispatcher: Dispatcher,
	url: URL,
	init: RequestInit,
	watch?: WatchBody,
): Promise<Response> {
	const reply = await dispatcher.request({
		origin: url.origin,
		path: url.pathname + url.search,
		method: init.method ?? 'GET',
		headers: headersOf(init.headers),
		body: bodyOf(init.body),
		signal: init.signal ?? undefined,
	});
	const headers = new Headers();
	for (const [name, value] of Object.entries(reply.headers)) {
		for (const one of Array.isArray(value) ? value : [value]) {
			if (one !== undefined) headers.append(name, one);
		}
	}
	const { statusCode: status } = reply;
	const take = watch?.(status, headers);
	const bytes = await wholeBody(reply.body, headers.get('content-encoding'), take);
	if (status < 200 || status > 599) throw new UnreadableReplyError(`HTTP has no status ${status}`);
	const hasNoBody = [204, 205, 304].includes(status);
	return new Response(hasNoBody ? null : new TextDecoder().decode(bytes), { status, headers });
}

async function wholeBody(
	body: Dispatcher.ResponseData['body'],
	encoding: string | null,
	take: TakeBytes | undefined,
): Promise<Uint8Array> {
	try {
		const decoder = decoderOf(encoding);
		// A pipe does not carry errors on.
		if (decoder !== undefined) body.on('error', (error) => decoder.destroy(error));
		const bytes = await collect(decoder === undefined ? body : body.pipe(decoder), take);
		// Where nobody waited for its end, or a decoder saw it before the connection did.
		if (!body.readableEnded) body.on('error', () => undefined).destroy();
		return bytes;
	} catch (error) {
		// A body that nobody reads keeps its connection: after enough of them the pool is empty.
		body.on('error', () => undefined).destroy();
		throw isDecodingError(error)
			? new UnreadableReplyError(`The reply is not encoded as it says ("${encoding}")`)
			: error;
	}
}

async function collect(source: Readable, take: TakeBytes | undefined): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	let enough: NodeJS.Timeout | undefined;
	try {
		for await (const chunk of source as AsyncIterable<Uint8Array>) {
			bytes += chunk.byteLength;
			if (bytes > MAX_BODY_BYTES) {
				throw new UnreadableReplyError(`The reply is larger than ${MAX_BODY_BYTES} bytes`);
			}
			chunks.push(chunk);
			if (take?.(chunk) === 'whole') {
				enough ??= setTimeout(() => source.destroy(new EnoughError()), AFTER_WHOLE_MS);
			}
		}
	} catch (error) {
		if (!(error instanceof EnoughError)) throw error;
	} finally {
		clearTimeout(enough);
	}
	return Buffer.concat(chunks);
}

/** Nobody waits for the rest of a body. */
class EnoughError extends Error {
	override readonly name = 'EnoughError';
}

function isDecodingError(error: unknown): boolean {
	if (typeof error !== 'object' || error === null) return false;
	const code: unknown = Reflect.get(error, 'code');
	return typeof code === 'string' && /^(Z_|ERR_BROTLI|ERR__ERROR_FORMAT|ERR_PADDING)/.test(code);
}

function decoderOf(encoding: string | null): Transform | undefined {
	switch (encoding?.trim().toLowerCase() ?? '') {
		case '':
		case 'identity':
			return undefined;
		case 'gzip':
		case 'x-gzip':
			return createGunzip();
		case 'deflate':
			return createInflate();
		case 'br':
			return createBrotliDecompress({
				params: { [constants.BROTLI_DECODER_PARAM_LARGE_WINDOW]: 0 },
			});
		default:
			throw new UnreadableReplyError(`The reply is encoded as "${encoding}"`);
	}
}

function headersOf(headers: RequestInit['headers']): Record<string, string> {
	return Object.fromEntries(new Headers(headers).entries());
}

function bodyOf(body: RequestInit['body']): string | Uint8Array | null {
	if (body === undefined || body === null) return null;
	if (typeof body === 'string' || body instanceof Uint8Array) return body;
	throw new TypeError('Only text and bytes can be sent');
}
