import { createAdmission, type LocalAdmission } from './admission';
import { boundedByBytes, boundedByCount } from './bounded';
import {
	p95Of,
	withHedge,
	withLatency,
	withoutHedge,
	withRequest,
	type LatencyWindow,
} from './policies/hedge';
import { withSample, type LatencySample, type LatencySignal } from './policies/latency';
import { withTokenSample, type TokenSample } from './policies/tokenFactor';
import { createSingleFlight, type SingleFlight } from './singleFlight';
import type { Admission } from './spec/admission';
import type { Candidate } from './spec/provider';
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
	/** @param saidAtMs when the vendor said so; absent: long ago */
	readonly coolUntil: (key: string, untilMs: number, saidAtMs?: number) => void;
	/** It answers again; what was asked before the pause was said proves nothing. */
	readonly end: (key: string, askedAtMs?: number) => void;
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
	/** The 95th percentile of its latest answers, in milliseconds; absent while there are too few. */
	readonly p95Ms: (key: string) => number | undefined;
	/** Notes the start of a call; the function that it returns notes its end, once. */
	readonly start: (key: string) => (sample?: LatencySample) => void;
	/** Notes how long a call took, where its end alone does not tell. */
	readonly noteLatency: (key: string, sample: LatencySample) => void;
	/** What the token counts that it reports come to, relative to the estimate; 1 before the first. */
	readonly tokenFactor: (key: string) => number;
	readonly noteTokens: (key: string, sample: TokenSample) => void;
}

/** How many calls of a credential and model may be hedged. */
export interface HedgeBudget {
	readonly countRequest: (key: string) => void;
	/** Takes one; `false` when there is none left. */
	readonly take: (key: string) => boolean;
	/** Puts one back: it was not sent. */
	readonly giveBack: (key: string) => void;
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
	readonly hedges: HedgeBudget;
	/** Breakers, limits and budgets. */
	readonly admission: Admission;
	readonly formatRefusals: FormatRefusals;
	/** Learns what other processes noted about these models since; before an item is routed. */
	readonly catchUp: (candidates: readonly Candidate[]) => Promise<void>;
	/** Forgets everything and frees the memory. */
	readonly clear: () => void;
}

/** The state of this process alone. */
export interface LocalState extends EngineState {
	readonly admission: LocalAdmission;
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

export function createEngineState(options: EngineStateOptions = {}): LocalState {
	const answers = boundedByBytes<StoredAnswer>(
		options.cacheBytes ?? DEFAULT_CACHE_BYTES,
		({ result }) => ENTRY_OVERHEAD_BYTES + 2 * storedChars(result),
	);
	const admission = createAdmission();
	const cooling = boundedByCount<{ untilMs: number; saidAtMs: number }>(MAX_REMEMBERED);
	const turns = boundedByCount<number>(MAX_REMEMBERED);
	const latencies = boundedByCount<LatencySignal>(MAX_REMEMBERED);
	const windows = boundedByCount<LatencyWindow>(MAX_REMEMBERED);
	const hedges = boundedByCount<number>(MAX_REMEMBERED);
	const factors = boundedByCount<number>(MAX_REMEMBERED);
	const refused = boundedByCount<true>(MAX_REMEMBERED);
	const open = new Map<string, number>();
	const noteLatency: Signals['noteLatency'] = (key, sample) => {
		latencies.set(key, withSample(latencies.get(key), sample));
		if (sample.ok) windows.set(key, withLatency(windows.get(key), sample.latencyMs));
	};

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
			untilMs: (key) => cooling.get(key)?.untilMs ?? 0,
			coolUntil: (key, untilMs, saidAtMs = 0) => {
				const known = cooling.get(key);
				cooling.set(key, { untilMs: Math.max(untilMs, known?.untilMs ?? 0), saidAtMs });
			},
			end: (key, askedAtMs = Infinity) => {
				if ((cooling.get(key)?.saidAtMs ?? 0) <= askedAtMs) cooling.delete(key);
			},
		},
		keyTurns: {
			last: (key) => turns.get(key) ?? -1,
			note: (key, keyIndex) => void turns.set(key, keyIndex),
		},
		signals: {
			latencyMs: (key) => latencies.get(key)?.ewmaMs,
			p95Ms: (key) => p95Of(windows.get(key)),
			noteLatency,
			inFlight: (key) => open.get(key) ?? 0,
			start: (key) => {
				open.set(key, (open.get(key) ?? 0) + 1);
				let isEnded = false;
				return (sample) => {
					if (isEnded) return;
					isEnded = true;
					const left = (open.get(key) ?? 1) - 1;
					if (left > 0) open.set(key, left);
					else open.delete(key);
					if (sample !== undefined) noteLatency(key, sample);
				};
			},
			tokenFactor: (key) => factors.get(key) ?? 1,
			noteTokens: (key, sample) => void factors.set(key, withTokenSample(factors.get(key), sample)),
		},
		hedges: {
			countRequest: (key) => void hedges.set(key, withRequest(hedges.get(key))),
			take: (key) => {
				const left = withHedge(hedges.get(key));
				if (left !== undefined) hedges.set(key, left);
				return left !== undefined;
			},
			giveBack: (key) => void hedges.set(key, withoutHedge(hedges.get(key) ?? 0)),
		},
		formatRefusals: {
			has: (key) => refused.has(key),
			add: (key) => void refused.set(key, true),
		},
		catchUp: async () => undefined,
		clear: () => {
			answers.clear();
			refused.clear();
			cooling.clear();
			admission.clear();
			turns.clear();
			latencies.clear();
			windows.clear();
			hedges.clear();
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
