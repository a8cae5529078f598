import type { ServerResponse } from 'node:http';
import type { OpenCall } from './callLog';
import type { DeliveryMode } from './faults/fault';
import type { Reply } from './problem';

/** Pause between two bytes of a body that drips: a reply of 1,000 bytes takes over three minutes. */
const DRIP_MS = 200;

/** Puts a reply on the wire, or fails to, and says so in the log. */
export function deliver(
	response: ServerResponse,
	reply: Reply,
	mode: DeliveryMode,
	call: OpenCall,
): void {
	const bytes = Buffer.from(reply.body, 'utf8');
	switch (mode) {
		case 'hang':
			call.note({ status: 'hang' });
			return;
		case 'reset':
			call.end({ status: 'reset' });
			response.socket?.resetAndDestroy();
			return;
		case 'empty-body':
			finish(response, reply, Buffer.alloc(0), call);
			return;
		case 'truncated-json':
			finish(response, reply, bytes.subarray(0, half(bytes)), call);
			return;
		case 'hang-body':
			head(response, reply, bytes.length, call);
			response.flushHeaders();
			return;
		case 'reset-mid-body':
			head(response, reply, bytes.length, call);
			// The first half must have left before the socket goes, or the client sees a plain reset.
			response.write(bytes.subarray(0, half(bytes)), () => {
				setTimeout(() => {
					call.end({});
					response.socket?.resetAndDestroy();
				}, 5);
			});
			return;
		case 'stall-mid-body':
			head(response, reply, bytes.length, call);
			response.write(bytes.subarray(0, half(bytes)));
			return;
		case 'no-end':
		case 'no-end-open':
			endless(response, reply, mode, call);
			return;
		case 'slow-drip':
			head(response, reply, bytes.length, call);
			drip(response, bytes, call);
			return;
		case 'whole':
			finish(response, reply, bytes, call);
	}
}

function head(response: ServerResponse, reply: Reply, length: number, call: OpenCall): void {
	call.note({ status: reply.status });
	const isStream = reply.headers['content-type']?.startsWith('text/event-stream') === true;
	response.writeHead(reply.status, {
		...reply.headers,
		...(isStream ? {} : { 'content-length': length }),
	});
}

/** The log says so before the bytes leave: whoever has the answer also finds the call ended. */
function finish(response: ServerResponse, reply: Reply, bytes: Buffer, call: OpenCall): void {
	head(response, reply, bytes.length, call);
	call.end({});
	response.once('close', () => {
		if (!response.writableFinished) call.cutShort();
	});
	response.end(bytes);
}

/** What ends a stream, where the vendor has such a thing. */
const END_MARK = /(event: message_stop\n)?data: (\[DONE\]|\{"type":"message_stop"\})\n\n$/;

function endless(
	response: ServerResponse,
	reply: Reply,
	mode: 'no-end' | 'no-end-open',
	call: OpenCall,
): void {
	call.note({ status: reply.status });
	// Without a length the body ends with a chunk of its own.
	response.writeHead(reply.status, reply.headers);
	const isStream = END_MARK.test(reply.body);
	response.write(reply.body.replace(END_MARK, ''), () => {
		if (mode === 'no-end-open') return;
		call.end({});
		if (isStream) response.end();
		else response.socket?.end();
	});
}

function drip(response: ServerResponse, bytes: Buffer, call: OpenCall): void {
	response.flushHeaders();
	let sent = 0;
	const timer = setInterval(() => {
		sent += 1;
		if (sent >= bytes.length) {
			clearInterval(timer);
			call.end({});
			response.end(bytes.subarray(sent - 1));
			return;
		}
		response.write(bytes.subarray(sent - 1, sent));
	}, DRIP_MS);
	response.once('close', () => clearInterval(timer));
}

function half(bytes: Buffer): number {
	return Math.floor(bytes.length / 2);
}
