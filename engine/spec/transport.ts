import type { LookupFunction } from 'node:net';

/** The host's own guard on outgoing connections (n8n's SSRF protection has this shape). */
export interface EgressFilter {
	/** Whether the address may be called; the refusal comes as data. */
	readonly validateUrl: (
		url: string,
	) => Promise<{ readonly ok: true } | { readonly ok: false; readonly error: Error }>;
	/** A DNS lookup that refuses addresses which may not be called. */
	readonly createSecureLookup: () => LookupFunction;
}

/** Takes a piece of a body. `whole`: all that matters is here, and what may follow is not waited for. */
export type TakeBytes = (bytes: Uint8Array) => 'whole' | void;

/**
 * Is told of a reply's head, and then of its body piece by piece, decoded. What it throws ends the
 * call.
 */
export type WatchBody = (status: number, headers: Headers) => TakeBytes | undefined;

/** `fetch` that reads the whole body before it returns; who wants it sooner watches. */
export type WatchedFetch = (
	input: string | URL | Request,
	init?: RequestInit,
	watch?: WatchBody,
) => Promise<Response>;

/** A reply, or a part of it, that cannot be read; the message says what is wrong with it. */
export class UnreadableReplyError extends Error {
	override readonly name = 'UnreadableReplyError';
}

/** The one way out: pooled connections, no retries, no redirects, whole bodies. */
export interface Transport {
	readonly fetch: WatchedFetch;
	/** Ends open connections. */
	readonly close: () => Promise<void>;
}
