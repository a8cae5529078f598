import type { JsonValue } from '../spec/json';
import type { ReplyHeaders } from '../spec/provider';

/** The vendor's reply as it came over the wire. */
export interface Reply {
	readonly status: number;
	/** Names in lower case. */
	readonly headers: ReplyHeaders;
	readonly text: string;
}

/** One HTTP exchange, kept for judging what went wrong. */
export interface Exchange {
	readonly fetch: typeof globalThis.fetch;
	/** Absent until a reply was read whole. */
	readonly reply: () => Reply | undefined;
}

/**
 * Wraps `fetch` for one call: a second request would be one that no trail shows.
 *
 * @param readable makes of a body what the vendor's code can read; the reply keeps it as it came
 */
export function startExchange(
	fetch: typeof globalThis.fetch,
	readable: (text: string) => string = (text) => text,
): Exchange {
	let used = false;
	let reply: Reply | undefined;
	return {
		reply: () => reply,
		fetch: async (input, init) => {
			if (used) throw new Error('The vendor asked for a second request within one answer');
			used = true;
			const response = await fetch(input, init);
			const text = await response.text();
			reply = {
				status: response.status,
				headers: Object.fromEntries(response.headers.entries()),
				text,
			};
			const hasNoBody = [204, 205, 304].includes(response.status);
			return new Response(hasNoBody ? null : readable(text), {
				status: response.status,
				headers: response.headers,
			});
		},
	};
}

/** The reply's body as JSON, or `undefined` when it is none. */
export function bodyOf(reply: Reply | undefined): JsonValue | undefined {
	if (reply === undefined) return undefined;
	try {
		return JSON.parse(reply.text) as JsonValue;
	} catch {
		return undefined;
	}
}
