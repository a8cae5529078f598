import type { JsonObject, JsonValue } from '../spec/json';
import type { OnText } from '../spec/provider';
import { UnreadableReplyError, type TakeBytes, type WatchedFetch } from '../spec/transport';
import { errorBody, type StreamDialect, type StreamReader } from './streamDialect';
import { readEvents, type StreamEvent } from './streamEvents';

/** How one answer is streamed, and who takes its text. */
export interface Streaming {
	readonly dialect: StreamDialect;
	readonly onText: OnText;
}

/**
 * Makes a request for a whole answer as one for a stream, hands on the text as it arrives, and
 * gives the reply that the request would have had without. A reply that is no stream (an error, a
 * server that does not stream) is given as it came.
 *
 * @throws {UnreadableReplyError} when the stream ends before the vendor said why the model stopped
 */
export function streamed(
	fetch: WatchedFetch,
	{ dialect, onText }: Streaming,
): typeof globalThis.fetch {
	return async (input, init) => {
		const body = JSON.parse(String(init?.body)) as JsonObject;
		const asked = dialect.ask({ url: String(input), body });
		const stream = startStream(dialect.read(), onText);
		let headers = new Headers();
		let whole: Response;
		try {
			whole = await fetch(
				asked.url,
				{ ...init, body: JSON.stringify(asked.body) },
				(status, replyHeaders) => {
					headers = replyHeaders;
					return status >= 200 && status < 300 ? stream.take : undefined;
				},
			);
			stream.end();
		} catch (error) {
			if (!(error instanceof VendorError)) {
				// All of the answer may be there when the connection breaks.
				const reply = init?.signal?.aborted ? undefined : stream.reply();
				if (reply === undefined) throw error;
				return replyOf(reply, headers);
			}
			return replyOf(error.body, headers);
		}
		if (!stream.isStream()) return whole;
		const reply = stream.reply();
		if (reply !== undefined) return replyOf(reply, headers);
		throw new UnreadableReplyError('The stream ended before the answer was whole');
	};
}

/** The vendor told of an error within the stream: nothing after it is wanted. */
class VendorError extends Error {
	constructor(readonly body: JsonObject) {
		super('The vendor sent an error within the stream');
	}
}

interface OpenStream {
	/** @throws {VendorError | UnreadableReplyError} */
	readonly take: TakeBytes;
	/** @throws as `take` */
	readonly end: () => void;
	/** Whether there was any event in it. */
	readonly isStream: () => boolean;
	readonly reply: StreamReader['reply'];
}

function startStream(reader: StreamReader, onText: OnText): OpenStream {
	const decoder = new TextDecoder();
	const events = readEvents();
	let isStream = false;

	function takeEvent({ name, data }: StreamEvent): void {
		isStream = true;
		// The end mark of Chat Completions is no JSON; some send it after an error, too.
		if (data.trim() === '' || data.trim() === '[DONE]') return;
		const isWhole = reader.reply() !== undefined;
		const value = parsed(data);
		if (value === undefined) {
			if (isWhole) return;
			if (name === 'error') throw new VendorError({ error: data });
			throw new UnreadableReplyError('The stream holds an event that is not JSON');
		}
		const error = isWhole ? undefined : errorBody(value);
		if (error !== undefined) throw new VendorError(error);
		const piece = reader.take(value);
		if (piece !== '') onText(piece);
	}

	return {
		take: (bytes) => {
			events.push(decoder.decode(bytes, { stream: true })).forEach(takeEvent);
			// Some leave the connection open, without the mark that ends a stream.
			return reader.reply() === undefined ? undefined : 'whole';
		},
		// What is no JSON here was cut by the end.
		end: () =>
			events
				.end()
				.filter(({ data }) => parsed(data) !== undefined)
				.forEach(takeEvent),
		isStream: () => isStream,
		reply: reader.reply,
	};
}

function replyOf(body: JsonObject, headers: Headers): Response {
	return new Response(JSON.stringify(body), { status: 200, headers });
}

function parsed(json: string): JsonValue | undefined {
	try {
		return JSON.parse(json) as JsonValue;
	} catch {
		return undefined;
	}
}
