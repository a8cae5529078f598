/** Answers that are made to hurt, byte by byte: told what they are, and nothing of them is left. */
import {
	createServer as createTcpServer,
	type AddressInfo,
	type Server,
	type Socket,
} from 'node:net';
import { gzipSync } from 'node:zlib';
import { createServer as createHttpServer } from 'node:http';
import {
	apiKeyOf,
	executeChat,
	type ChatResult,
	type EngineError,
	type ProviderId,
	type VendorCandidate,
} from '../../engine/index';
import { runtime } from '../../nodes/shared/runtime';
import { ask, planOf } from '../support/scriptedEngine';

const SENT_ALONG = 'sent-along-0123456789';
const ATTEMPT_MS = 1_500;
const MEGABYTE = 1024 * 1024;

/** Writes a reply to a connection, however it likes. */
type Reply = (socket: Socket) => void;

let reply: Reply = () => undefined;
let server: Server;
const sockets = new Set<Socket>();
/** Those that carried a reply since the start of the test. */
const used = new Set<Socket>();

beforeAll(async () => {
	server = createTcpServer((socket) => {
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
			reply(socket);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	reply = whole(ANSWER);
	// The first call of a process loads the vendors' code.
	await answerOf();
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

const chat = (content: string, usage: unknown = { prompt_tokens: 10, completion_tokens: 2 }) =>
	`{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":${content}}}],"usage":${JSON.stringify(usage)}}`;
const ANSWER = chat('"42"');

function whole(body: string | Buffer, headers: readonly string[] = []): Reply {
	const bytes = Buffer.from(body);
	return (socket) => {
		socket.write(
			`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${bytes.length}\r\n${headers.map((one) => `${one}\r\n`).join('')}\r\n`,
		);
		socket.write(bytes);
	};
}

const raw =
	(...parts: readonly string[]): Reply =>
	(socket) => {
		for (const part of parts) socket.write(part, 'latin1');
	};

/** Writes a part again and again for as long as anybody reads. */
const flood =
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

function candidate(provider: ProviderId = 'openaiCompatible', path = '/v1'): VendorCandidate {
	return {
		kind: 'vendor',
		id: `${provider}/m`,
		provider,
		modelId: 'm',
		settings: {},
		limits: {},
		price: { inputPriceUsd: 1, outputPriceUsd: 2 },
		weight: 1,
		connection: {
			provider,
			baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
			keys: [apiKeyOf(SENT_ALONG)],
			identity: 'hostile',
		},
	};
}

async function answerOf(json = false): Promise<ChatResult> {
	return await executeChat(
		{ ...ask(), ...(json ? { outputFormat: 'json' as const } : {}) },
		planOf([candidate()], {
			attemptTimeoutMs: ATTEMPT_MS,
			jsonRepair: 'off',
			retry: { maxRetries: 0, maxAttempts: 8, baseDelayMs: 1, maxDelayMs: 1 },
		}),
		{ runtime: runtime(), signal: new AbortController().signal },
	);
}

const OK = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n`;
const bomb = gzipSync(Buffer.alloc(256 * MEGABYTE));

test.each<{ name: string; kind: string; isWhole?: true; reply: Reply }>([
	{
		name: 'a body of 64 MB',
		kind: 'malformed-response',
		reply: flood(`${OK}Content-Length: ${64 * MEGABYTE}\r\n\r\n`, Buffer.alloc(MEGABYTE, ' ')),
	},
	{
		name: 'a body without an end',
		kind: 'malformed-response',
		reply: flood(`${OK}\r\n`, Buffer.alloc(MEGABYTE, ' ')),
	},
	{
		name: 'a gzip bomb: 256 MB in 260 KB',
		kind: 'malformed-response',
		reply: whole(bomb, ['Content-Encoding: gzip']),
	},
	{
		name: 'a bomb within a bomb',
		isWhole: true,
		kind: 'malformed-response',
		reply: whole(gzipSync(bomb), ['Content-Encoding: gzip, gzip']),
	},
	{
		name: 'one header of 1 MB',
		kind: 'malformed-response',
		reply: raw(`${OK}X-Large: ${'x'.repeat(MEGABYTE)}\r\n\r\n`),
	},
	{
		name: '20,000 headers',
		kind: 'malformed-response',
		reply: raw(OK, Array.from({ length: 20_000 }, (_, n) => `X-${n}: ${n}\r\n`).join(''), '\r\n'),
	},
	{
		name: 'headers without an end',
		kind: 'malformed-response',
		reply: flood(OK, Buffer.from('X-More: and more\r\n'.repeat(1_000))),
	},
	{
		name: 'interim replies without an end',
		kind: 'timeout',
		reply: flood('', Buffer.from('HTTP/1.1 103 Early Hints\r\n\r\n'), 5),
	},
	{
		name: 'chunked garbage',
		kind: 'malformed-response',
		reply: raw(CHUNKED, 'zzz\r\nnot a chunk\r\n'),
	},
	{
		name: 'a chunk that is not as long as it says',
		kind: 'malformed-response',
		reply: raw(CHUNKED, 'ffffffffffffffff1\r\nx\r\n0\r\n\r\n'),
	},
	{ name: 'no HTTP at all', kind: 'malformed-response', reply: raw('SSH-2.0-OpenSSH_9.9\r\n') },
	{
		name: 'two lengths',
		kind: 'network',
		reply: raw(`${OK}Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}    `),
	},
	{
		name: 'a length and chunks',
		kind: 'network',
		reply: raw(`${OK}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`),
	},
	{
		name: 'slow loris: a byte of a header now and then',
		kind: 'timeout',
		reply: flood(OK, Buffer.from('x'), 100),
	},
	{
		name: 'slow loris: a byte of the body now and then',
		kind: 'timeout',
		reply: flood(`${OK}Content-Length: 5000\r\n\r\n`, Buffer.from(' '), 100),
	},
	{
		name: 'JSON that is nothing but depth',
		isWhole: true,
		kind: 'malformed-response',
		reply: whole('['.repeat(16 * MEGABYTE)),
	},
	{
		name: 'a number beyond all numbers',
		isWhole: true,
		kind: 'malformed-response',
		reply: whole('1e999999'),
	},
])('$name is $kind, soon and in bounded memory', async ({ kind, isWhole, reply: hostile }) => {
	reply = hostile;
	globalThis.gc?.();
	const before = process.memoryUsage();
	let peak = 0;
	const look = setInterval(() => {
		const { arrayBuffers, heapUsed } = process.memoryUsage();
		peak = Math.max(peak, arrayBuffers + heapUsed - before.arrayBuffers - before.heapUsed);
	}, 5);
	const startedAtMs = Date.now();
	const error = await answerOf().then(
		() => undefined,
		(thrown: EngineError) => thrown,
	);
	clearInterval(look);
	expect(error?.trace?.attempts.map(({ outcome }) => outcome)).toEqual([kind]);
	expect(error?.message).not.toContain(SENT_ALONG);
	expect(error?.message.length).toBeLessThan(1_000);
	expect(Date.now() - startedAtMs).toBeLessThan(ATTEMPT_MS + 1_000);
	expect(peak).toBeLessThan(192 * MEGABYTE);

	// No connection of it is left where its reply was not whole, and the next answer is an answer.
	const hurt = [...used];
	reply = whole(ANSWER);
	expect((await answerOf()).response.text).toBe('42');
	for (let turn = 0; turn < 100 && hurt.some((socket) => !socket.destroyed); turn++) {
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
	expect(hurt.map((socket) => socket.destroyed)).toEqual([!isWhole]);
});

test.each<{ name: string; content: string | Buffer; text: string }>([
	{
		name: 'invalid UTF-8',
		content: Buffer.concat([Buffer.from('"a'), Buffer.from([0xff, 0xc0, 0xaf]), Buffer.from('b"')]),
		text: 'a\ufffd\ufffd\ufffdb',
	},
	{ name: 'a lone surrogate', content: String.raw`"a\ud800b"`, text: 'a\ufffdb' },
	{ name: 'half an emoji at the end', content: String.raw`"ok \ud83d"`, text: 'ok \ufffd' },
	{ name: 'NUL characters', content: String.raw`"a\u0000b"`, text: 'a\u0000b' },
])('$name in an answer is text that every database takes', async ({ content, text }) => {
	const [start = '', end = ''] = chat('§').split('§');
	reply = whole(Buffer.concat([Buffer.from(start), Buffer.from(content), Buffer.from(end)]));
	const { response } = await answerOf();
	expect(response.text).toBe(text);
	expect(Buffer.from(response.text).toString()).toBe(response.text);
});

test.each<{ name: string; usage: unknown }>([
	{ name: 'negative', usage: { prompt_tokens: -10, completion_tokens: -1 } },
	{ name: 'huge', usage: { prompt_tokens: 1e18, completion_tokens: 1e15 } },
	{ name: 'beyond all numbers', usage: { prompt_tokens: 1e308, completion_tokens: 1e308 } },
	{ name: 'broken', usage: { prompt_tokens: 1.5, completion_tokens: 'many' } },
	{ name: 'empty', usage: {} },
	{ name: 'null', usage: null },
])('usage that is $name is not known, and neither is the cost', async ({ usage }) => {
	reply = whole(chat('"42"', usage));
	const { response, trace } = await answerOf();
	expect(response.text).toBe('42');
	expect(response.usage).toEqual({});
	expect(trace.costUsd).toBeUndefined();
});

test('usage that is absent is not known', async () => {
	reply = whole(ANSWER.replace(/,"usage":.*(?=}$)/, ''));
	const { response, trace } = await answerOf();
	expect(response.usage).toEqual({});
	expect(trace.costUsd).toBeUndefined();
});

test('keys named __proto__ and constructor are data, and touch no object', async () => {
	const data =
		'{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"answer":42}';
	reply = whole(chat(JSON.stringify(data)));
	const { response } = await answerOf(true);
	expect(Reflect.get({}, 'polluted')).toBeUndefined();
	expect(Object.keys(response.data as object)).toEqual(['__proto__', 'constructor', 'answer']);
	expect(Reflect.get(response.data as object, 'polluted')).toBeUndefined();
	expect(response.text).toBe(data);
});

test('a reply with a key named __proto__ of its own is refused, and touches no object', async () => {
	reply = whole(ANSWER.replace('{', '{"__proto__":{"polluted":1},'));
	const error = await answerOf().then(
		() => undefined,
		(thrown: EngineError) => thrown,
	);
	expect(error?.trace?.attempts[0]?.outcome).toBe('malformed-response');
	expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

test('a redirect to another host is not followed, and that host learns nothing', async () => {
	let seen = 0;
	const other = createHttpServer((_request, response) => {
		seen++;
		response.end(ANSWER);
	});
	await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
	const { port } = other.address() as AddressInfo;
	for (const status of [301, 302, 303, 307, 308]) {
		reply = raw(
			`HTTP/1.1 ${status} Moved\r\nLocation: http://127.0.0.1:${port}/v1/chat/completions\r\nContent-Length: 0\r\n\r\n`,
		);
		const error = await answerOf().then(
			() => undefined,
			(thrown: EngineError) => thrown,
		);
		expect(error?.message).toContain(`redirects (HTTP ${status})`);
	}
	expect(seen).toBe(0);
	await new Promise((resolve) => other.close(resolve));
});
