import { createCallLog, type CallRecord } from './callLog';
import { control, CONTROL_PREFIX } from './control';
import { exchange, type ExchangeParts } from './exchange';
import { faultOf } from './faults/fault';
import { createFaultBoard } from './faults/faultBoard';
import { listen } from './httpServer';
import { createKeyRing, type ApiKeys } from './keys';
import { checkLatency, type LatencyDistribution } from './latency';
import type { Match } from './match';
import { questionIndex } from './recorded/questionIndex';
import { recordings } from './recorded/recordings';
import { routeOf } from './routes';
import { createPromptCache } from './usage/promptCache';

export type { Endpoint, Vendor } from './ask';
export type { CallRecord } from './callLog';
export { FAULT_NAMES } from './faults/fault';
export { DEFAULT_API_KEYS, type ApiKeys } from './keys';
export type { LatencyDistribution } from './latency';
export type { Match } from './match';
export { recordedQuestions, type RecordedQuestion } from './recorded/recordedQuestions';
export { vendorOfModel } from './catalogue/shelves';

export interface SandboxOptions {
	/** 0, the default, takes a free port. */
	readonly port?: number;
	/** Replaces the accepted keys of the vendors that it names. */
	readonly apiKeys?: ApiKeys;
}

/** A running stand-in for the vendors' APIs. Base URLs: `${url}/openai/v1`, `${url}/anthropic/v1`,
 * `${url}/google/v1beta`, `${url}/compatible/v1`, `${url}/local/v1` (keyless). */
export interface Sandbox {
	readonly url: string;
	/** Every request that reached a vendor's path, in order, open and aborted ones included. */
	readonly calls: () => readonly CallRecord[];
	readonly clearCalls: () => void;
	/**
	 * Lets the calls that match fail in the way named (`FAULT_NAMES`), all of them or the next `times`.
	 * Several faults strike in the order in which they were set.
	 */
	readonly setFault: (match: Match, fault: string, options?: { readonly times?: number }) => void;
	/** Also restarts the counters of model IDs with `--times-<n>`. */
	readonly clearFaults: () => void;
	/** Lets the calls that match wait before their reply; the latency set last counts. */
	readonly setLatency: (match: Match, distribution: LatencyDistribution) => void;
	readonly clearLatency: () => void;
	/** Forgets calls, faults, latencies and prompt caches. */
	readonly reset: () => void;
	readonly close: () => Promise<void>;
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const log = createCallLog(Date.now);
	const board = createFaultBoard();
	const promptCache = createPromptCache();
	let callNumber = 0;
	const parts: ExchangeParts = {
		log,
		board,
		promptCache,
		keys: createKeyRing(options.apiKeys),
		findQuestion: questionIndex(recordings()),
		nowMs: Date.now,
		nextCallNumber: () => (callNumber += 1),
	};
	const reset = () => {
		log.clear();
		board.clearFaults();
		board.clearLatency();
		promptCache.clear();
	};
	const server = await listen(options.port ?? 0, async (request, response, url) => {
		if (url.pathname.startsWith(CONTROL_PREFIX)) {
			await control(request, response, url, { log, board, reset });
			return;
		}
		const route = routeOf(request.method ?? 'GET', url.pathname);
		if (route !== undefined) {
			await exchange(request, response, url, route, parts);
			return;
		}
		response.writeHead(404, { 'content-type': 'text/plain' });
		response.end(`No vendor lives at ${url.pathname}`);
	});
	return {
		url: server.url,
		calls: log.list,
		clearCalls: log.clear,
		setFault: (match, fault, { times } = {}) => board.setFault(match, faultOf(fault), times),
		clearFaults: board.clearFaults,
		setLatency: (match, distribution) => board.setLatency(match, checkLatency(distribution)),
		clearLatency: board.clearLatency,
		reset,
		close: server.close,
	};
}
