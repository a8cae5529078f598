import { member, type JsonObject, type JsonValue } from '../spec/json';

/**
 * How one API streams. A stream is put together to the very reply that the same request gets
 * without one, so that text, usage, finish reason and errors have one way of being read.
 */
export interface StreamDialect {
	/** The same request, asking for a stream. */
	readonly ask: (request: StreamRequest) => StreamRequest;
	readonly read: () => StreamReader;
}

export interface StreamRequest {
	readonly url: string;
	readonly body: JsonObject;
}

/** Puts together one stream. */
export interface StreamReader {
	/** Takes the data of one event; returns the text that it adds to the answer, often none. */
	readonly take: (data: JsonValue) => string;
	/** The whole reply; absent until the vendor has said why the model stopped. */
	readonly reply: () => JsonObject | undefined;
}

/**
 * The body of an error reply, when that is what an event tells: `error` as in the vendor's other
 * replies, or, in OpenAI's Responses, in the event itself or in the response that failed.
 */
export function errorBody(data: JsonValue): JsonObject | undefined {
	const error = member(data, 'error');
	if (isText(error) || isObject(error)) return { error };
	switch (member(data, 'type')) {
		case 'error':
			return { error: { ...picked(data, ['message', 'code', 'param']) } };
		case 'response.failed': {
			const cause = member(member(data, 'response'), 'error');
			return { error: isObject(cause) ? cause : { code: 'server_error' } };
		}
		default:
			return undefined;
	}
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isText(value: JsonValue | undefined): value is string {
	return typeof value === 'string' && value !== '';
}

/** The elements of a list; none for what is no list. */
export function elements(value: JsonValue | undefined): readonly JsonValue[] {
	return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

/** The members that are there and not null. */
export function present(value: JsonValue | undefined): JsonObject {
	if (!isObject(value)) return {};
	return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null));
}

function picked(value: JsonValue, keys: readonly string[]): JsonObject {
	return Object.fromEntries(
		keys.flatMap((key) => {
			const one = member(value, key);
			return one === undefined ? [] : [[key, one]];
		}),
	);
}
