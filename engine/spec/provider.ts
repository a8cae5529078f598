import type { ChatRequest, ChatResponse, ModelSettings } from './chat';
import type { Outcome } from './failures';
import type { JsonSchema, JsonValue } from './json';
import type { WatchedFetch } from './transport';

/** Vendors by the name that stands before the slash in a candidate's ID. */
export const PROVIDER_IDS = ['openai', 'anthropic', 'google', 'openaiCompatible', 'local'] as const;
export type ProviderId = (typeof PROVIDER_IDS)[number];

/** One API key. `reveal` is called in the transport's request and nowhere else. */
export interface ApiKey {
	/** Short digest that tells keys apart in breakers and traces without being one. */
	readonly fingerprint: string;
	readonly reveal: () => string;
}

/** A vendor's endpoint with its keys: what one credential holds. */
export interface Connection {
	readonly provider: ProviderId;
	/** Without a trailing slash, the version path included where the vendor has one. */
	readonly baseUrl: string;
	/** In order of preference; empty only for keyless local servers. */
	readonly keys: readonly ApiKey[];
	/** Digest of the credential's identity: part of cache, breaker and limit keys. */
	readonly identity: string;
	/** Extra request headers, e.g. an organisation; never secret. */
	readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Takes the text of an answer piece by piece while it is being written. The pieces put together
 * are the answer's text. Must not throw.
 */
export type OnText = (piece: string) => void;

/** A chat model that the host already built (an n8n sub-node), called through this port. */
export interface ConnectedModel {
	/** What the model calls itself; used in the output when it does not report who answered. */
	readonly modelId: string;
	/** The vendor, where the model tells it: names the row of the catalogue that holds its price. */
	readonly provider?: string;
	/** Sentences about what cannot be controlled from here, e.g. its own retries. */
	readonly warnings: readonly string[];
	readonly generate: (
		request: ChatRequest,
		settings: ModelSettings,
		signal: AbortSignal,
		readRetryAfter: ReadRetryAfter,
		onText?: OnText,
	) => Promise<Outcome<ChatResponse>>;
}

export interface CandidateLimits {
	/** Requests per minute, for this credential and model. */
	readonly requestsPerMinute?: number;
	/** Input and output tokens per minute, for this credential and model. */
	readonly tokensPerMinute?: number;
	/** Calls open at the same time, for this credential and model. */
	readonly maxConcurrent?: number;
}

/** US$ per million tokens, as the builder typed it; overrides the catalogue. */
export interface PriceOverride {
	readonly inputPriceUsd?: number;
	readonly outputPriceUsd?: number;
}

interface CandidateFacts {
	/** `openai/gpt-…`, `connected/1`; unique within a plan by `id` and settings. */
	readonly id: string;
	readonly settings: ModelSettings;
	readonly limits: CandidateLimits;
	readonly price: PriceOverride;
	/** Share of the traffic under the strategy `weighted`; default 1. */
	readonly weight: number;
	readonly tier?: 'fast' | 'strong';
	/** Letter of its row under `weighted`, for comparing arms. */
	readonly arm?: string;
}

/** A model of a vendor, reached over HTTP with a credential of ours. */
export interface VendorCandidate extends CandidateFacts {
	readonly kind: 'vendor';
	readonly provider: ProviderId;
	/** The vendor's own model ID: what follows the first slash of `id`. */
	readonly modelId: string;
	readonly connection: Connection;
}

/** A model that the host connected. Answers are cached within one execution only. */
export interface ConnectedCandidate extends CandidateFacts {
	readonly kind: 'connected';
	readonly model: ConnectedModel;
	/** Unique for the execution: keeps cached answers inside it. */
	readonly identity: string;
}

export type Candidate = VendorCandidate | ConnectedCandidate;

/** A reply's headers, names in lower case. */
export type ReplyHeaders = Readonly<Record<string, string>>;

/** How long a reply asks to wait, in milliseconds; `undefined` when it does not say. */
export type ReadRetryAfter = (
	headers: ReplyHeaders,
	body: JsonValue | undefined,
) => number | undefined;

/** One call to a vendor: exactly one HTTP request, the whole answer read. */
export interface ProviderCall {
	readonly modelId: string;
	readonly request: ChatRequest;
	readonly settings: ModelSettings;
	/** The longest answer that the model can give, in tokens; absent when not known. */
	readonly maxOutputTokens?: number;
	/** Whether the model reasons before it answers; absent when not known. */
	readonly supportsReasoning?: boolean;
	/** Whether the reply as it came is wanted. */
	readonly keepRaw: boolean;
	readonly connection: Connection;
	/** Absent only where the connection has no keys. */
	readonly apiKey?: ApiKey;
	readonly signal: AbortSignal;
	readonly fetch: WatchedFetch;
	readonly readRetryAfter: ReadRetryAfter;
	/** Is told of the headers of the reply, whatever its status. */
	readonly onHeaders?: (headers: ReplyHeaders) => void;
	/** Asks for a stream and takes its text; absent: the whole answer is read at once. */
	readonly onText?: OnText;
}

export interface ModelListing {
	/** The vendor's own model ID, without a provider before it. */
	readonly modelId: string;
	/** What the vendor calls it; defaults to the ID. */
	readonly label: string;
}

export interface ListModelsCall {
	readonly connection: Connection;
	readonly apiKey?: ApiKey;
	readonly signal: AbortSignal;
	readonly fetch: typeof globalThis.fetch;
	readonly readRetryAfter: ReadRetryAfter;
}

/** How a request for JSON is put to a vendor. */
export interface JsonMode {
	/** What the vendor's own JSON mode is told: the schema, only that it is to be JSON, or nothing. */
	readonly native: 'schema' | 'json' | 'none';
	/** Whether the prompt says it too. */
	readonly inWords: boolean;
}

/** A vendor's dialect: one file each in `engine/providers/`. */
export interface Provider {
	readonly id: ProviderId;
	readonly generate: (call: ProviderCall) => Promise<Outcome<ChatResponse>>;
	/**
	 * How this vendor is asked for JSON.
	 *
	 * @param supportsSchema whether the model takes a schema; absent: not known
	 */
	readonly jsonMode: (schema: JsonSchema | undefined, supportsSchema?: boolean) => JsonMode;
	/** Chat models that this key may use. */
	readonly listModels: (call: ListModelsCall) => Promise<Outcome<readonly ModelListing[]>>;
}
