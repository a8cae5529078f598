import type { IncomingMessage } from 'node:http';

/** Anthropic's limit; the other vendors' are near it. */
const MOST_BODY_BYTES = 32 * 1024 * 1024;

/** The whole body; `undefined` when it is too large. Rejects when the client goes away before its end. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		bytes += chunk.length;
		// Read to the end all the same: a client that is still sending would see a reset instead.
		if (bytes <= MOST_BODY_BYTES) chunks.push(chunk);
	}
	return bytes > MOST_BODY_BYTES ? undefined : Buffer.concat(chunks).toString('utf8');
}
