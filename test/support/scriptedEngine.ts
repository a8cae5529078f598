import { setMaxListeners } from 'node:events';
import {
	createEngineState,
	createRuntime,
	DEFAULT_FALLBACK_ON,
	type ChatRequest,
	type ChatResponse,
	type EngineState,
	type Outcome,
	type Plan,
	type ProviderFailure,
	type Run,
	type VendorCandidate,
} from '../../engine/index';
import type { Vendors } from '../../engine/vendors';
import { createFakeClock, type FakeClock } from './fakeClock';

/** One scripted reply: a text, a response, a failure, or what takes time. */
export type Scripted =
	| string
	| Partial<ChatResponse>
	| ProviderFailure
	| { readonly afterMs: number; readonly reply: string | ProviderFailure }
	/** Answers by what it is asked. */
	| ((request: ChatRequest) => string | ProviderFailure);

export interface CallSeen {
	readonly modelId: string;
	/** As the vendor's adapter got it. */
	readonly request: ChatRequest;
	readonly key: string | undefined;
	readonly atMs: number;
	aborted: boolean;
}

export interface ScriptedEngine {
	readonly run: Run;
	readonly stop: AbortController;
	readonly clock: FakeClock;
	readonly state: EngineState;
	/** What the vendors saw, in order. */
	readonly calls: CallSeen[];
}

/**
 * An engine whose vendors reply by a script: one list of replies for each model; the last one
 * repeats. Time is a fake clock, randomness is always the middle of the range.
 */
export function scriptedEngine(
	script: Readonly<Record<string, readonly Scripted[]>>,
): ScriptedEngine {
	const clock = createFakeClock();
	const state = createEngineState();
	const stop = new AbortController();
	setMaxListeners(0, stop.signal);
	const calls: CallSeen[] = [];
	const next = new Map<string, number>();

	async function generate(call: {
		modelId: string;
		request: ChatRequest;
		apiKey?: { reveal: () => string };
		signal: AbortSignal;
	}): Promise<Outcome<ChatResponse>> {
		const { modelId, request, signal } = call;
		const seen: CallSeen = {
			modelId,
			request,
			key: call.apiKey?.reveal(),
			atMs: clock.nowMs(),
			aborted: false,
		};
		calls.push(seen);
		signal.addEventListener('abort', () => (seen.aborted = true));
		const replies = script[modelId] ?? [];
		const turn = next.get(modelId) ?? 0;
		next.set(modelId, turn + 1);
		const scripted = replies[Math.min(turn, replies.length - 1)];
		if (scripted === undefined) throw new Error(`No script for ${modelId}`);
		if (typeof scripted === 'function') return outcomeOf(modelId, scripted(call.request));
		if (typeof scripted === 'object' && 'afterMs' in scripted) {
			await clock.sleep(scripted.afterMs, signal);
			return outcomeOf(modelId, scripted.reply);
		}
		return outcomeOf(modelId, scripted);
	}

	const provider = {
		generate,
		jsonMode: () => ({ native: 'schema', inWords: false }),
		listModels: async () => ({ ok: true as const, value: [] }),
	};
	const vendors = {
		providers: new Proxy({}, { get: () => provider }),
		createTransport: () => ({ fetch, close: async () => undefined }),
	} as unknown as Vendors;
	const runtime = createRuntime({
		state,
		clock,
		random: () => 0.5,
		loadVendors: async () => vendors,
	});
	return { run: { runtime, signal: stop.signal }, stop, clock, state, calls };
}

function outcomeOf(
	modelId: string,
	scripted: string | Partial<ChatResponse> | ProviderFailure,
): Outcome<ChatResponse> {
	if (typeof scripted === 'object' && 'kind' in scripted) return { ok: false, failure: scripted };
	const given = typeof scripted === 'string' ? { text: scripted } : scripted;
	return {
		ok: true,
		value: {
			text: '',
			finishReason: { unified: 'stop', raw: 'stop' },
			usage: { inputTokens: 10, outputTokens: 5 },
			modelId,
			warnings: [],
			...given,
		},
	};
}

/** A candidate `openai/<modelId>` with a price, and as many keys as named. */
export function candidate(
	modelId: string,
	{ keys = ['key-1'], identity = 'credential-1' }: { keys?: string[]; identity?: string } = {},
): VendorCandidate {
	return {
		kind: 'vendor',
		id: `openai/${modelId}`,
		provider: 'openai',
		modelId,
		settings: {},
		limits: {},
		price: { inputPriceUsd: 1, outputPriceUsd: 2 },
		weight: 1,
		connection: {
			provider: 'openai',
			baseUrl: 'http://127.0.0.1:9/v1',
			keys: keys.map((key) => ({ fingerprint: key, reveal: () => key })),
			identity,
		},
	};
}

export function planOf(candidates: readonly VendorCandidate[], changes: Partial<Plan> = {}): Plan {
	return {
		strategy: 'priority',
		candidates,
		retry: { maxRetries: 2, maxAttempts: 8, baseDelayMs: 500, maxDelayMs: 8000 },
		fallbackOn: DEFAULT_FALLBACK_ON,
		attemptTimeoutMs: 60_000,
		deadlineMs: 180_000,
		cache: { mode: 'off', ttlMs: 3_600_000, scope: 'workflow-1', refresh: false },
		keepRaw: false,
		skipped: [],
		...changes,
	};
}

export const CACHED = {
	cache: { mode: 'exact', ttlMs: 3_600_000, scope: 'workflow-1', refresh: false },
} as const;

export function ask(text = 'What is 6 × 7?'): ChatRequest {
	return { messages: [{ role: 'user', content: text }], outputFormat: 'text' };
}

export const failure = (
	kind: ProviderFailure['kind'],
	more: Partial<ProviderFailure> = {},
): ProviderFailure => ({ kind, message: `scripted ${kind}`, ...more });
