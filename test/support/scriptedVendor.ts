/** A vendor over real HTTP that replies by a script: for what the sandbox does not do. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { apiKeyOf, type ProviderId, type VendorCandidate } from '../../engine/index';

/** One thing that the vendor does; a text is written as it is. */
export type Step =
	| string
	/** Milliseconds. */
	| { readonly pauseMs: number }
	/** Drops the connection. */
	| 'reset!'
	/** Never says anything more. */
	| 'hang!';

export interface ScriptedReply {
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly steps: readonly Step[];
}

export interface SeenCall {
	readonly path: string;
	readonly body: Readonly<Record<string, unknown>>;
	/** When the client's socket closed, on `performance.now()`; absent while it is open. */
	closedAtMs?: number;
}

export interface ScriptedVendor {
	readonly url: () => string;
	/** The replies to the next calls, in order; the last one repeats. */
	readonly reply: (...replies: readonly ScriptedReply[]) => void;
	readonly calls: () => readonly SeenCall[];
	readonly openSockets: () => number;
	readonly candidate: (
		provider: ProviderId,
		settings?: VendorCandidate['settings'],
		key?: string,
	) => VendorCandidate;
}

/** One for a test file; script and log are empty before each test. */
export function scriptedVendor(): ScriptedVendor {
	let server: Server | undefined;
	let script: readonly ScriptedReply[] = [];
	let calls: SeenCall[] = [];
	const sockets = new Set<Socket>();
	const url = () => `http://127.0.0.1:${(server?.address() as AddressInfo).port}/v1`;

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const call: SeenCall = {
			path: request.url ?? '',
			body: JSON.parse(Buffer.concat(chunks).toString() || '{}') as SeenCall['body'],
		};
		calls.push(call);
		response.once('close', () => (call.closedAtMs = performance.now()));
		const reply = script[Math.min(calls.length, script.length) - 1];
		if (reply === undefined) throw new Error('No reply is scripted');
		response.writeHead(reply.status ?? 200, {
			'content-type': 'text/event-stream',
			...reply.headers,
		});
		response.flushHeaders();
		for (const step of reply.steps) {
			if (step === 'hang!') return;
			if (step === 'reset!') return void response.socket?.resetAndDestroy();
			if (typeof step === 'object') await sleep(step.pauseMs);
			else response.write(step);
		}
		response.end();
	}

	beforeAll(async () => {
		server = createServer((request, response) => {
			answer(request, response).catch((error: Error) => response.destroy(error));
		});
		server.on('connection', (socket) => {
			sockets.add(socket);
			socket.on('close', () => sockets.delete(socket));
		});
		await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
	});
	beforeEach(() => {
		script = [];
		calls = [];
	});
	afterAll(async () => {
		server?.closeAllConnections();
		await new Promise((resolve) => server?.close(resolve));
	});

	return {
		url,
		reply: (...replies) => {
			script = replies;
		},
		calls: () => calls,
		openSockets: () => sockets.size,
		candidate: (provider, settings = {}, key = 'a-key-of-the-scripted-vendor') => ({
			kind: 'vendor',
			id: `${provider}/some-model`,
			provider,
			modelId: 'some-model',
			settings,
			limits: {},
			price: {},
			weight: 1,
			connection: {
				provider,
				baseUrl: url(),
				keys: [apiKeyOf(key)],
				identity: `${provider} by a script`,
			},
		}),
	};
}

/** Server-sent events, as the vendors write them. */
export function events(...data: readonly (object | string)[]): string {
	return data
		.map((one) => {
			const type = typeof one === 'object' && 'type' in one ? `event: ${String(one.type)}\n` : '';
			return `${type}data: ${typeof one === 'string' ? one : JSON.stringify(one)}\n\n`;
		})
		.join('');
}
