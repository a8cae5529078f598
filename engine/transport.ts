import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Transform } from 'node:stream';
import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';
import type { EgressFilter, Transport } from './spec/transport';

/** A longer body is not an answer of a chat model; it would only fill the memory. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;
const MAX_HEADER_BYTES = 64 * 1024;
/** Sockets per origin; further requests wait in the pool. */
const MAX_CONNECTIONS = 256;
const CONNECT_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 30_000;

/** The reply is not one that can be read: too large, or not encoded as it says. */
export class UnreadableReplyError extends Error {
	override readonly name = 'UnreadableReplyError';
}

/** The host's guard does not let this address be called. */
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
			...(egress === undefined ? {} : { lookup: egress.createSecureLookup() }),
		},
	};
	const usesProxy = ['http_proxy', 'https_proxy'].some(
		(name) => process.env[name] !== undefined || process.env[name.toUpperCase()] !== undefined,
	);
	const dispatcher = usesProxy ? new EnvHttpProxyAgent(settings) : new Agent(settings);

	return {
		fetch: async (input, init = {}) => {
			const url = new URL(input instanceof Request ? input.url : input);
			await refuseBlocked(url, egress);
			return await request(dispatcher, url, init);
		},
		close: async () => await dispatcher.destroy(),
	};
}

async function refuseBlocked(url: URL, egress: EgressFilter | undefined): Promise<void> {
	const verdict = await egress?.validateUrl(url.href);
	if (verdict === undefined || verdict.ok) return;
	throw new EgressRefusedError(
		`n8n's SSRF protection refuses ${url.host} (${verdict.error.message}): allow it with N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES`,
	);
}

async function request(dispatcher: Dispatcher, url: URL, init: RequestInit): Promise<Response> {
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
	const bytes = await wholeBody(reply.body, headers.get('content-encoding'));
	const hasNoBody = reply.statusCode === 204 || reply.statusCode === 304;
	return new Response(hasNoBody ? null : new TextDecoder().decode(bytes), {
		status: reply.statusCode,
		headers,
	});
}

async function wholeBody(
	body: Dispatcher.ResponseData['body'],
	encoding: string | null,
): Promise<Uint8Array> {
	const decoder = decoderOf(encoding);
	const source = decoder === undefined ? body : body.pipe(decoder);
	// A pipe does not carry errors on.
	if (decoder !== undefined) body.on('error', (error) => decoder.destroy(error));
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	for await (const chunk of source as AsyncIterable<Uint8Array>) {
		bytes += chunk.byteLength;
		if (bytes > MAX_BODY_BYTES) {
			body.destroy();
			throw new UnreadableReplyError(`The reply is larger than ${MAX_BODY_BYTES} bytes`);
		}
		chunks.push(chunk);
	}
	return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
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
