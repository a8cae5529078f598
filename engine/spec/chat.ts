import type { JsonObject, JsonSchema, JsonValue } from './json';
import type { PromptSections } from './preprocessing';

/** One media file handed to a model. */
export interface Attachment {
	readonly kind: 'image' | 'pdf' | 'audio';
	/** IANA media type, e.g. `image/png`. */
	readonly mediaType: string;
	readonly data: Uint8Array;
	readonly fileName?: string;
}

export const CHAT_ROLES = ['system', 'user', 'assistant'] as const;
export type ChatRole = (typeof CHAT_ROLES)[number];

export interface ChatMessage {
	readonly role: ChatRole;
	readonly content: string;
	/** Media of a user message; absent means none. */
	readonly attachments?: readonly Attachment[];
	/** What stands around a user message, which then is the task; written as each vendor wants it. */
	readonly sections?: PromptSections;
}

/** What is asked, the same for every candidate. */
export interface ChatRequest {
	/** In order; system messages first; at least one user message. */
	readonly messages: readonly ChatMessage[];
	/** `json` asks for one JSON document, of `jsonSchema` where given. Default `text`. */
	readonly outputFormat: 'text' | 'json';
	readonly jsonSchema?: JsonSchema;
}

export const REASONING_EFFORTS = ['none', 'minimal', 'low', 'medium', 'high'] as const;

/** Settings of one candidate that change its answer. Absent means the vendor's default. */
export interface ModelSettings {
	/** 0–2. */
	readonly temperature?: number;
	/** 0–1. */
	readonly topP?: number;
	readonly seed?: number;
	/** Sequences at which the model stops writing. */
	readonly stop?: readonly string[];
	/** Tokens, reasoning included where the vendor counts it so. */
	readonly maxOutputTokens?: number;
	readonly reasoningEffort?: (typeof REASONING_EFFORTS)[number];
	/** Passed to the vendor as it is, in the vendor's own words. */
	readonly providerOptions?: JsonObject;
}

/**
 * Token counts as the vendor reported them. A key that is absent was not reported; it is never 0
 * for "unknown". `inputTokens` and `outputTokens` are totals: cached input and reasoning included.
 */
export interface TokenUsage {
	readonly inputTokens?: number;
	readonly outputTokens?: number;
	/** Part of `inputTokens` that was read from the vendor's prompt cache. */
	readonly cachedInputTokens?: number;
	/** Part of `inputTokens` that was written to the vendor's prompt cache. */
	readonly cacheWriteTokens?: number;
	/** Part of `outputTokens` that was spent on reasoning. */
	readonly reasoningTokens?: number;
}

export const UNIFIED_FINISH_REASONS = [
	'stop',
	'length',
	'content-filter',
	'tool-calls',
	'error',
	'other',
] as const;

/** Why the model stopped: the shared word and the vendor's own. */
export interface FinishReason {
	readonly unified: (typeof UNIFIED_FINISH_REASONS)[number];
	/** Absent when the vendor gave none. */
	readonly raw?: string;
}

/** One complete answer. */
export interface ChatResponse {
	readonly text: string;
	/** The parsed document where `outputFormat` is `json`. */
	readonly data?: JsonValue;
	readonly finishReason: FinishReason;
	readonly usage: TokenUsage;
	/** The model that the vendor says answered; often a dated snapshot of the one asked for. */
	readonly modelId: string;
	/** Settings that the vendor could not honour, in sentences. */
	readonly warnings: readonly string[];
	/** The vendor's reply as it came, for `output.includeRaw`; absent for connected models. */
	readonly raw?: JsonValue;
}
