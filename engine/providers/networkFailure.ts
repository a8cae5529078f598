import type { ProviderFailure } from '../spec/failures';

/** Codes of errors that happen before a request is on the wire. */
const NOT_SENT = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'UND_ERR_CONNECT_TIMEOUT',
	'CERT_HAS_EXPIRED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** What broke when no whole reply arrived. Names the host that was called, never a header. */
export function networkFailure(error: unknown): ProviderFailure {
	const unreadable = causes(error).find(({ name }) => name === 'UnreadableReplyError');
	if (unreadable !== undefined) return { kind: 'malformed-response', message: unreadable.message };
	const refused = causes(error).find(({ name }) => name === 'EgressRefusedError');
	if (refused !== undefined) return { kind: 'network', message: refused.message, notSent: true };
	const code = causes(error)
		.map((cause) => cause.code)
		.find((one): one is string => typeof one === 'string');
	if (code !== undefined && NOT_SENT.has(code)) {
		return { kind: 'network', message: `No connection (${code})`, notSent: true };
	}
	// Nothing was sent: HTTP does not allow what stands in a header. Its words would quote the key.
	if (code === 'UND_ERR_INVALID_ARG' || causes(error).some(({ name }) => name === 'TypeError')) {
		const message =
			'The request cannot be sent: its key or address holds characters that HTTP does not allow';
		return { kind: 'invalid-request', message, notSent: true };
	}
	const noHttp = causes(error).find(({ name }) => name === 'HTTPParserError');
	if (noHttp !== undefined || code === 'UND_ERR_HEADERS_OVERFLOW') {
		return {
			kind: 'malformed-response',
			message: `The reply is no HTTP that can be read (${code ?? noHttp?.name})`,
		};
	}
	const detail = code ?? causes(error).at(-1)?.name ?? 'unknown error';
	return {
		kind: 'network',
		message: `The connection broke before the answer was whole (${detail})`,
	};
}

/** The error and what caused it, outermost first; errors of another realm are no `Error` here. */
function causes(error: unknown): Fault[] {
	const chain: Fault[] = [];
	for (let next = error; isFault(next) && chain.length < 8; next = next.cause) chain.push(next);
	return chain;
}

interface Fault {
	readonly name: string;
	readonly message: string;
	readonly code?: unknown;
	readonly cause?: unknown;
}

function isFault(error: unknown): error is Fault {
	return typeof error === 'object' && error !== null && 'message' in error && 'name' in error;
}
