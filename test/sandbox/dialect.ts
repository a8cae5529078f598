import type { IncomingHttpHeaders } from 'node:http';
import type { Answer, ChatAsk, Endpoint } from './ask';
import type { Model, Shelf } from './catalogue/model';
import type { Json, JsonObject } from './json';
import type { KeyRing } from './keys';
import type { Problem, Reply } from './problem';

/** What a reply needs to know besides its content. */
export interface ReplyContext {
	/** Counts every call since the start; IDs and remaining limits come from it. */
	readonly callNumber: number;
	readonly nowMs: number;
	/** The model ID as sent; absent where the call names none. */
	readonly askedModel?: string;
}

export interface Authentication {
	/** The key that was sent, right or wrong. */
	readonly key?: string;
	readonly problem?: Problem;
}

/** One way to ask for an answer. */
export interface ChatEndpoint {
	/** Everything the vendor would refuse: the schema first, then rules between fields and model. */
	readonly check: (
		body: JsonObject,
		model: Model | undefined,
		headers: IncomingHttpHeaders,
	) => Problem | undefined;
	readonly read: (body: JsonObject) => ChatAsk;
	/** The reply's JSON document. */
	readonly whole: (answer: Answer, ask: ChatAsk, context: ReplyContext) => Json;
	/** The reply as server-sent events. */
	readonly stream: (answer: Answer, ask: ChatAsk, context: ReplyContext) => string;
}

/** How one vendor speaks HTTP. */
export interface Dialect {
	readonly shelf: Shelf;
	readonly authenticate: (
		headers: IncomingHttpHeaders,
		query: URLSearchParams,
		keys: KeyRing,
	) => Authentication;
	readonly chat: Readonly<Partial<Record<Endpoint, ChatEndpoint>>>;
	/** Request ID and rate limits, on every reply. */
	readonly headers: (context: ReplyContext) => Readonly<Record<string, string>>;
	readonly problem: (problem: Problem, context: ReplyContext) => Reply;
	readonly listModels: (query: URLSearchParams) => Json;
	readonly describeModel: (model: Model) => Json;
}

/** `data:` frames, each with its event's name where the vendor sends one. */
export function eventStream(
	frames: readonly (readonly [event: string | undefined, data: Json | string])[],
): string {
	return frames
		.map(([event, data]) => {
			const text = typeof data === 'string' ? data : JSON.stringify(data);
			return `${event === undefined ? '' : `event: ${event}\n`}data: ${text}\n\n`;
		})
		.join('');
}

/** A text in the pieces that a model streams: a few words each. */
export function pieces(text: string): readonly string[] {
	return text.match(/(?:\s*\S+){1,4}\s*$|(?:\s*\S+){1,4}|\s+/g) ?? [];
}

export function bearerKey(headers: IncomingHttpHeaders): string | undefined {
	return /^Bearer\s+(\S.*)$/i.exec(headers.authorization ?? '')?.[1]?.trim();
}

export function headerText(headers: IncomingHttpHeaders, name: string): string | undefined {
	const value = headers[name];
	const text = Array.isArray(value) ? value[0] : value;
	return text === undefined || text === '' ? undefined : text;
}
