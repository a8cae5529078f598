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

/** The one way out: pooled connections, no retries, no redirects, whole bodies. */
export interface Transport {
	readonly fetch: typeof globalThis.fetch;
	/** Ends open connections. */
	readonly close: () => Promise<void>;
}
