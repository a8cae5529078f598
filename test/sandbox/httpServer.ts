import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const LOOPBACK = '127.0.0.1';

export interface HttpServer {
	readonly url: string;
	/** Ends every connection, answered or not. */
	readonly close: () => Promise<void>;
}

/** A server that nothing outside this machine can reach; port 0 takes a free one. */
export async function listen(
	port: number,
	handle: (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>,
): Promise<HttpServer> {
	const open = new Set<ServerResponse>();
	let whenIdle: (() => void) | undefined;
	const server = createServer((request, response) => {
		open.add(response);
		response.once('close', () => {
			open.delete(response);
			if (open.size === 0) whenIdle?.();
		});
		const url = new URL(request.url ?? '/', `http://${LOOPBACK}`);
		handle(request, response, url).catch((error: unknown) => {
			// A fault of the sandbox itself must not look like one of the vendor.
			if (response.headersSent) response.destroy();
			else response.writeHead(599, { 'content-type': 'text/plain' });
			response.end(`The sandbox failed: ${error instanceof Error ? error.stack : String(error)}`);
		});
	});
	// Clients pool connections; a socket that closes under their next request looks like a fault.
	server.keepAliveTimeout = 60_000;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, LOOPBACK, resolve);
	});
	return {
		url: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`,
		close: async () => {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			// Replies that are cut off hear of it after their sockets.
			const idle = new Promise<void>((resolve) => {
				whenIdle = resolve;
				if (open.size === 0) resolve();
			});
			server.closeAllConnections();
			await Promise.all([closed, idle]);
		},
	};
}
