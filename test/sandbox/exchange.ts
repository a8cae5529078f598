import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CallLog, OpenCall } from './callLog';
import { decideReply, type ReplyParts } from './decideReply';
import { deliver } from './delivery';
import { logFacts, readCall } from './incoming';
import type { KeyRing } from './keys';
import { readBody } from './readBody';
import type { Route } from './routes';

export interface ExchangeParts extends ReplyParts {
	readonly log: CallLog;
	readonly keys: KeyRing;
	readonly nowMs: () => number;
	readonly nextCallNumber: () => number;
}

/** The whole life of one call: logged as it comes in, understood, decided on, waited for, sent. */
export async function exchange(
	request: IncomingMessage,
	response: ServerResponse,
	url: URL,
	route: Route,
	parts: ExchangeParts,
): Promise<void> {
	const call = parts.log.open({ vendor: route.vendor, endpoint: route.endpoint });
	response.once('close', call.abandon);
	const body = await bodyOrGone(request, call);
	if (body === 'gone') return;
	const read = readCall(
		{
			route,
			url,
			method: request.method ?? 'GET',
			headers: request.headers,
			body: body.text,
			callNumber: parts.nextCallNumber(),
			nowMs: parts.nowMs(),
		},
		parts.keys,
	);
	call.note(logFacts(read));
	const { reply, mode, latencyMs, facts } = decideReply(read, parts);
	call.note(facts);
	if (latencyMs > 0 && !(await waited(response, latencyMs))) return;
	deliver(response, reply, mode, call);
}

async function bodyOrGone(
	request: IncomingMessage,
	call: OpenCall,
): Promise<{ readonly text: string | undefined } | 'gone'> {
	try {
		return { text: await readBody(request) };
	} catch {
		call.abandon();
		return 'gone';
	}
}

/** `false` when the client left before the time was over. */
async function waited(response: ServerResponse, latencyMs: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const leave = () => {
			clearTimeout(timer);
			resolve(false);
		};
		const timer = setTimeout(() => {
			response.off('close', leave);
			resolve(true);
		}, latencyMs);
		response.once('close', leave);
	});
}
