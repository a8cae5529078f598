import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { apiKeyOf, executeChat, type ChatResult, type VendorCandidate } from '../../engine/index';
import { runtime } from '../../nodes/shared/runtime';
import { ask, planOf } from '../support/scriptedEngine';

export const SENT_ALONG = 'sent-along-0123456789';

/** Writes a reply to a connection, however it likes. */
export type Reply = (socket: Socket) => void;

export const chat = (
	content: string,
	usage: unknown = { prompt_tokens: 10, completion_tokens: 2 },
) =>
	`{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":${content}}}],"usage":${JSON.stringify(usage)}}`;
export const ANSWER = chat('"42"');

export function whole(body: string | Buffer, headers: readonly string[] = []): Reply {
	const bytes = Buffer.from(body);
	return (socket) => {
		socket.write(
			`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${bytes.length}\r\n${headers.map((one) => `${one}\r\n`).join('')}\r\n`,
		);
		socket.write(bytes);
	};
}

export const raw =
	(...parts: readonly string[]): Reply =>
	(socket) => {
		for (const part of parts) socket.write(part, 'latin1');
	};

/** Writes a part again and again for as long as anybody reads. */
export const flood =
	(head: string, part: Buffer, pauseMs?: number): Reply =>
	(socket) => {
		socket.write(head);
		const more = () => {
			if (socket.destroyed) return;
			const isRead = socket.write(part);
			if (pauseMs !== undefined) setTimeout(more, pauseMs);
			else if (isRead) setImmediate(more);
			else socket.once('drain', more);
		};
		more();
	};

/** A vendor for the tests of a file whose replies are written byte by byte. */
export function rawVendor() {
	let next: Reply = () => undefined;
	let server: Server;
	const sockets = new Set<Socket>();
	/** Those that carried a reply since the start of the test. */
	const used = new Set<Socket>();

	beforeAll(async () => {
		server = createServer((socket) => {
			sockets.add(socket);
			socket.on('close', () => sockets.delete(socket));
			socket.on('error', () => undefined);
			let asked = '';
			socket.on('data', (bytes) => {
				asked += bytes.toString('latin1');
				const [head = '', body] = asked.split('\r\n\r\n');
				const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
				if (body === undefined || body.length < length) return;
				asked = '';
				used.add(socket);
				next(socket);
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		// The first call of a process loads the vendors' code.
		await answerOf(whole(ANSWER));
	}, 60_000);
	beforeEach(() => used.clear());
	afterEach(async () => {
		await runtime().close();
		runtime().state.clear();
	});
	afterAll(async () => {
		for (const socket of sockets) socket.destroy();
		await new Promise((resolve) => server.close(resolve));
	});

	function candidate(): VendorCandidate {
		return {
			kind: 'vendor',
			id: 'openaiCompatible/m',
			provider: 'openaiCompatible',
			modelId: 'm',
			settings: {},
			limits: {},
			price: { inputPriceUsd: 1, outputPriceUsd: 2 },
			weight: 1,
			connection: {
				provider: 'openaiCompatible',
				baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
				keys: [apiKeyOf(SENT_ALONG)],
				identity: 'hostile',
			},
		};
	}

	async function answerOf(
		reply: Reply,
		{ json = false, attemptMs = 15_000 } = {},
	): Promise<ChatResult> {
		next = reply;
		return await executeChat(
			{ ...ask(), ...(json ? { outputFormat: 'json' as const } : {}) },
			planOf([candidate()], {
				attemptTimeoutMs: attemptMs,
				jsonRepair: 'off',
				retry: { maxRetries: 0, maxAttempts: 8, baseDelayMs: 1, maxDelayMs: 1 },
			}),
			{ runtime: runtime(), signal: new AbortController().signal },
		);
	}

	return {
		answerOf,
		/** The connections that carried a reply since the start of the test. */
		used: () => [...used],
	};
}
