import type { Json } from './json';

export const VENDORS = ['openai', 'anthropic', 'google', 'compatible', 'local'] as const;
/** Whose API is spoken: the first part of the path. */
export type Vendor = (typeof VENDORS)[number];

export const ENDPOINTS = [
	'chat.completions',
	'responses',
	'messages',
	'generateContent',
	'streamGenerateContent',
	'models',
	'model',
	'unknown',
] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

export interface AskMessage {
	readonly role: 'system' | 'user' | 'assistant' | 'tool';
	readonly text: string;
}

export interface AskTool {
	readonly name: string;
	/** JSON Schema of the arguments; absent means any object. */
	readonly schema?: Json;
}

export type ReasoningEffort = 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max';

/** What a chat request asks, the same for every dialect. */
export interface ChatAsk {
	readonly messages: readonly AskMessage[];
	/** Images, documents and audio clips beside the text. */
	readonly attachmentCount: number;
	readonly maxOutputTokens?: number;
	readonly stop: readonly string[];
	/** `json`: any JSON document; a schema narrows it. */
	readonly format: 'text' | 'json';
	readonly jsonSchema?: Json;
	readonly tools: readonly AskTool[];
	/** A tool that must be called; absent means the model may answer in words. */
	readonly forcedTool?: AskTool;
	readonly effort?: ReasoningEffort;
	/** Tokens that may go into reasoning, where the request says so. */
	readonly reasoningBudget?: number;
	/** How many alternatives are wanted. */
	readonly choices: number;
	readonly stream: boolean;
	/** Chat Completions: whether a stream ends with a usage chunk. */
	readonly streamUsage: boolean;
	/** Anthropic: the request marks a prefix for the prompt cache. */
	readonly marksCache: boolean;
}

/** Everything that was said, in order: what is matched, counted and digested. */
export function promptText(ask: ChatAsk): string {
	return ask.messages.map(({ text }) => text).join('\n\n');
}

export interface UsageCounts {
	/** Whole prompt, cached part included. */
	readonly inputTokens: number;
	readonly cachedTokens: number;
	readonly cacheWriteTokens: number;
	/** Visible answer, reasoning excluded. */
	readonly textTokens: number;
	readonly reasoningTokens: number;
}

/** A model's answer before a dialect puts it on the wire. */
export interface Answer {
	/** The dated snapshot that answers. */
	readonly model: string;
	readonly text: string;
	readonly finish: 'stop' | 'length' | 'stop-sequence' | 'refusal' | 'tool';
	/** The sequence that ended the text. */
	readonly stopSequence?: string;
	readonly toolCall?: { readonly name: string; readonly input: Json };
	readonly usage: UsageCounts;
	/** The recorded question that matched, and whose recorded answer was given. */
	readonly questionId?: string;
	readonly recordedModel?: string;
}
