import type { IncomingHttpHeaders } from 'node:http';
import { promptText, type ChatAsk } from './ask';
import { fingerprintOf, type CallFactsNoted } from './callLog';
import type { ChatEndpoint, Dialect, ReplyContext } from './dialect';
import { digest } from './hash';
import { isObject, parseJson, textAt, type JsonObject } from './json';
import type { KeyRing } from './keys';
import type { Problem } from './problem';
import { DIALECTS, type Route } from './routes';

/** A request as it came off the wire. */
export interface Incoming {
	readonly route: Route;
	readonly method: string;
	readonly url: URL;
	readonly headers: IncomingHttpHeaders;
	/** `undefined` when it was too large. */
	readonly body: string | undefined;
	readonly callNumber: number;
	readonly nowMs: number;
}

/** A request as far as it can be understood, right or wrong. */
export interface ReadCall extends Incoming {
	readonly dialect: Dialect;
	readonly endpoint?: ChatEndpoint;
	readonly context: ReplyContext;
	readonly json?: JsonObject;
	readonly ask?: ChatAsk;
	readonly askedModel?: string;
	readonly keyFingerprint?: string;
	readonly keyProblem?: Problem;
}

export function readCall(incoming: Incoming, keys: KeyRing): ReadCall {
	const { route, headers, url, callNumber, nowMs } = incoming;
	const dialect = DIALECTS[route.vendor];
	const endpoint = dialect.chat[route.endpoint];
	const { key, problem } = dialect.authenticate(headers, url.searchParams, keys);
	const parsed = incoming.body === undefined ? undefined : parseJson(incoming.body);
	const json = isObject(parsed) ? parsed : undefined;
	const askedModel = route.pathModel ?? textAt(json, 'model');
	return {
		...incoming,
		dialect,
		context: { callNumber, nowMs, ...(askedModel === undefined ? {} : { askedModel }) },
		...(endpoint === undefined ? {} : { endpoint }),
		...(json === undefined ? {} : { json }),
		...(endpoint === undefined || json === undefined ? {} : { ask: endpoint.read(json) }),
		...(askedModel === undefined ? {} : { askedModel }),
		...(key === undefined ? {} : { keyFingerprint: fingerprintOf(key) }),
		...(problem === undefined ? {} : { keyProblem: problem }),
	};
}

/** What the log shows of a request, whatever becomes of it. */
export function logFacts({ ask, askedModel, keyFingerprint }: ReadCall): CallFactsNoted {
	return {
		...(askedModel === undefined ? {} : { model: askedModel }),
		...(keyFingerprint === undefined ? {} : { keyFingerprint }),
		...(ask === undefined ? {} : { stream: ask.stream, promptDigest: digest(promptText(ask)) }),
	};
}
