import { LRUCache } from 'lru-cache';
import { createSingleFlight, type SingleFlight } from './singleFlight';
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
}

/** Every mutable thing of the engine; one per process, bounded. */
export interface EngineState {
	readonly cache: ResponseCache;
	readonly flights: SingleFlight<ChatResult>;
	readonly cooldowns: Cooldowns;
	/** Forgets everything and frees the memory. */
	readonly clear: () => void;
}

export interface EngineStateOptions {
	/** Bytes that stored answers may take; default 64 MB. */
	readonly cacheBytes?: number;
}

const DEFAULT_CACHE_BYTES = 64 * 1024 * 1024;
const MAX_COOLDOWNS = 10_000;
/** What an entry costs beside its text: key, numbers and object headers. */
const ENTRY_OVERHEAD_BYTES = 1024;

export function createEngineState(options: EngineStateOptions = {}): EngineState {
	const answers = new LRUCache<string, StoredAnswer>({
		maxSize: options.cacheBytes ?? DEFAULT_CACHE_BYTES,
		sizeCalculation: ({ result }) => ENTRY_OVERHEAD_BYTES + 2 * storedChars(result),
	});
	const cooling = new LRUCache<string, number>({ max: MAX_COOLDOWNS });

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
		cooldowns: {
			untilMs: (key) => cooling.get(key) ?? 0,
			coolUntil: (key, untilMs) => {
				cooling.set(key, Math.max(untilMs, cooling.get(key) ?? 0));
			},
		},
		clear: () => {
			answers.clear();
			cooling.clear();
		},
	};
}

/** The text, the parsed document and the raw reply are what grows; the rest is the overhead. */
function storedChars({ response }: ChatResult): number {
	const raw = response.raw === undefined ? 0 : JSON.stringify(response.raw).length;
	const data = response.data === undefined ? 0 : response.text.length;
	return response.text.length + data + raw;
}
