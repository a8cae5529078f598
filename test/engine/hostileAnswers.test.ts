/** Answers that are made to hurt, byte by byte: told what they are, and nothing of them is left. */
import { gzipSync } from 'node:zlib';
import type { EngineError } from '../../engine/index';
import { ANSWER, flood, raw, rawVendor, SENT_ALONG, whole, type Reply } from './rawVendor';

const MEGABYTE = 1024 * 1024;
const vendor = rawVendor();

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
	const attemptMs = kind === 'timeout' ? 1_500 : 15_000;
	globalThis.gc?.();
	const before = process.memoryUsage();
	let peak = 0;
	const look = setInterval(() => {
		const { arrayBuffers, heapUsed } = process.memoryUsage();
		peak = Math.max(peak, arrayBuffers + heapUsed - before.arrayBuffers - before.heapUsed);
	}, 5);
	const startedAtMs = Date.now();
	const error = await vendor.answerOf(hostile, { attemptMs }).then(
		() => undefined,
		(thrown: EngineError) => thrown,
	);
	clearInterval(look);
	expect(error?.trace?.attempts.map(({ outcome }) => outcome)).toEqual([kind]);
	expect(error?.message).not.toContain(SENT_ALONG);
	expect(error?.message.length).toBeLessThan(1_000);
	expect(Date.now() - startedAtMs).toBeLessThan(attemptMs + 1_000);
	expect(peak).toBeLessThan(192 * MEGABYTE);

	// No connection of it is left where its reply was not whole, and the next answer is an answer.
	const hurt = vendor.used();
	expect((await vendor.answerOf(whole(ANSWER))).response.text).toBe('42');
	for (let turn = 0; turn < 100 && hurt.some((socket) => !socket.destroyed); turn++) {
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
	expect(hurt.map((socket) => socket.destroyed)).toEqual([!isWhole]);
});
