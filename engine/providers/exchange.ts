import type { JsonValue } from '../spec/json';
import type { ReplyHeaders } from '../spec/provider';
import { UnreadableReplyError } from '../spec/transport';

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
			if (isTooDeep(text)) throw new UnreadableReplyError('The reply is nested too deep');
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

/** Shorter replies are parsed soon enough, whatever they are. */
const LONG = 1024 * 1024;
/** No reply of a vendor comes near. */
const MAX_DEPTH = 200_000;

/** Whether parsing would hold up everything else: depth costs JSON.parse 80 ms a megabyte. */
function isTooDeep(text: string): boolean {
	if (text.length < LONG) return false;
	let depth = 0;
	for (let at = 0; at < text.length && depth <= MAX_DEPTH; at++) {
		const code = text.charCodeAt(at);
		if (code === 0x5b || code === 0x7b) depth++;
		else if (code === 0x5d || code === 0x7d) depth--;
	}
	return depth > MAX_DEPTH;
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
