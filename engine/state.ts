import { createAdmission } from './admission';
import { boundedByBytes, boundedByCount } from './bounded';
import { withSample, type LatencySample, type LatencySignal } from './policies/latency';
import { withTokenSample, type TokenSample } from './policies/tokenFactor';
import { createSingleFlight, type SingleFlight } from './singleFlight';
import type { Admission } from './spec/admission';
import type { ChatResult } from './spec/result';

/** An accepted answer as it is stored. */
export interface StoredAnswer {
	readonly result: ChatResult;
	readonly expiresAtMs: number;
}

/** Where accepted answers are kept between items and executions. */
export interface ResponseCache {
	readonly get: (key: string, nowMs: number) => Promise<ChatResult | undefined>;
	readonly set: (key: string, result: ChatResult, expiresAtMs: number) => Promise<void>;
}

/** Until when a vendor asked not to be called, per key and model. */
export interface Cooldowns {
	/** Milliseconds since the epoch; 0 when it may be called now. */
	readonly untilMs: (key: string) => number;
	readonly coolUntil: (key: string, untilMs: number) => void;
	/** It answers again. */
	readonly end: (key: string) => void;
}

/** Which of its keys a credential used last for a model, so that they take turns. */
export interface KeyTurns {
	/** Index of the key; -1 before the first call. */
	readonly last: (key: string) => number;
	readonly note: (key: string, keyIndex: number) => void;
}

/** What is measured about one credential and model, for the strategies that look at it. */
export interface Signals {
	/** Peak EWMA in milliseconds; absent before the first call. */
	readonly latencyMs: (key: string) => number | undefined;
	/** Calls that are open now. */
	readonly inFlight: (key: string) => number;
	/** Notes the start of a call; the function that it returns notes its end, once. */
	readonly start: (key: string) => (sample?: LatencySample) => void;
	/** What the token counts that it reports come to, relative to the estimate; 1 before the first. */
	readonly tokenFactor: (key: string) => number;
	readonly noteTokens: (key: string, sample: TokenSample) => void;
}

/** In which form which model is not to be asked for JSON, as its vendor said. */
export interface FormatRefusals {
	readonly has: (key: string) => boolean;
	readonly add: (key: string) => void;
}

/** Every mutable thing of the engine; one per process, bounded. */
export interface EngineState {
	readonly cache: ResponseCache;
	readonly flights: SingleFlight<ChatResult>;
	readonly cooldowns: Cooldowns;
	readonly keyTurns: KeyTurns;
	readonly signals: Signals;
	/** Breakers, limits and budgets. */
	readonly admission: Admission;
	readonly formatRefusals: FormatRefusals;
	/** Forgets everything and frees the memory. */
	readonly clear: () => void;
}

export interface EngineStateOptions {
	/** Bytes that stored answers may take; default 64 MB. */
	readonly cacheBytes?: number;
}

const DEFAULT_CACHE_BYTES = 64 * 1024 * 1024;
/** Keys and models that are remembered beyond their answers. */
const MAX_REMEMBERED = 10_000;
/** What an entry costs beside its text: key, numbers and object headers. */
const ENTRY_OVERHEAD_BYTES = 1024;

export function createEngineState(options: EngineStateOptions = {}): EngineState {
	const answers = boundedByBytes<StoredAnswer>(
		options.cacheBytes ?? DEFAULT_CACHE_BYTES,
		({ result }) => ENTRY_OVERHEAD_BYTES + 2 * storedChars(result),
	);
	const admission = createAdmission();
	const cooling = boundedByCount<number>(MAX_REMEMBERED);

	const turns = boundedByCount<number>(MAX_REMEMBERED);
	const latencies = boundedByCount<LatencySignal>(MAX_REMEMBERED);
	const factors = boundedByCount<number>(MAX_REMEMBERED);
	const refused = boundedByCount<true>(MAX_REMEMBERED);
	const open = new Map<string, number>();

	return {
		cache: {
			get: async (key, nowMs) => {
				const stored = answers.get(key);
				if (stored === undefined) return undefined;
				if (stored.expiresAtMs > nowMs) return stored.result;
				answers.delete(key);
				return undefined;
			},
			set: async (key, result, expiresAtMs) => {
				answers.set(key, { result, expiresAtMs });
			},
		},
		flights: createSingleFlight(),
		admission,
		cooldowns: {
			untilMs: (key) => cooling.get(key) ?? 0,
			coolUntil: (key, untilMs) => {
				cooling.set(key, Math.max(untilMs, cooling.get(key) ?? 0));
			},
			end: (key) => void cooling.delete(key),
		},
		keyTurns: {
			last: (key) => turns.get(key) ?? -1,
			note: (key, keyIndex) => void turns.set(key, keyIndex),
		},
		signals: {
			latencyMs: (key) => latencies.get(key)?.ewmaMs,
			inFlight: (key) => open.get(key) ?? 0,
			start: (key) => {
				open.set(key, (open.get(key) ?? 0) + 1);
				return (sample) => {
					const left = (open.get(key) ?? 1) - 1;
					if (left > 0) open.set(key, left);
					else open.delete(key);
					if (sample !== undefined) latencies.set(key, withSample(latencies.get(key), sample));
				};
			},
			tokenFactor: (key) => factors.get(key) ?? 1,
			noteTokens: (key, sample) => void factors.set(key, withTokenSample(factors.get(key), sample)),
		},
		formatRefusals: {
			has: (key) => refused.has(key),
			add: (key) => void refused.set(key, true),
		},
		clear: () => {
			answers.clear();
			refused.clear();
			cooling.clear();
			admission.clear();
			turns.clear();
			latencies.clear();
			factors.clear();
		},
	};
}

/** The text, the parsed document and the raw reply are what grows; the rest is the overhead. */
function storedChars({ response }: ChatResult): number {
	const data = response.data === undefined ? 0 : response.text.length;
	const raw = response.raw === undefined ? 0 : JSON.stringify(response.raw).length;
	return response.text.length + data + raw;
}
