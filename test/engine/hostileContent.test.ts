/** Answers whose content is made to hurt: text, keys and counts that no model should write. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EngineError } from '../../engine/index';
import { ANSWER, chat, raw, rawVendor, whole } from './rawVendor';

const vendor = rawVendor();

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
	const { response } = await vendor.answerOf(
		whole(Buffer.concat([Buffer.from(start), Buffer.from(content), Buffer.from(end)])),
	);
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
	const { response, trace } = await vendor.answerOf(whole(chat('"42"', usage)));
	expect(response.text).toBe('42');
	expect(response.usage).toEqual({});
	expect(trace.costUsd).toBeUndefined();
});

test('usage that is absent is not known', async () => {
	const { response, trace } = await vendor.answerOf(whole(ANSWER.replace(/,"usage":.*(?=}$)/, '')));
	expect(response.usage).toEqual({});
	expect(trace.costUsd).toBeUndefined();
});

test('keys named __proto__ and constructor are data, and touch no object', async () => {
	const data =
		'{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"answer":42}';
	const { response } = await vendor.answerOf(whole(chat(JSON.stringify(data))), { json: true });
	expect(Reflect.get({}, 'polluted')).toBeUndefined();
	expect(Object.keys(response.data as object)).toEqual(['__proto__', 'constructor', 'answer']);
	expect(Reflect.get(response.data as object, 'polluted')).toBeUndefined();
	expect(response.text).toBe(data);
});

test('a reply with a key named __proto__ of its own is refused, and touches no object', async () => {
	const error = await vendor
		.answerOf(whole(ANSWER.replace('{', '{"__proto__":{"polluted":1},')))
		.then(
			() => undefined,
			(thrown: EngineError) => thrown,
		);
	expect(error?.trace?.attempts[0]?.outcome).toBe('malformed-response');
	expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

test('a redirect to another host is not followed, and that host learns nothing', async () => {
	let seen = 0;
	const other = createServer((_request, response) => {
		seen++;
		response.end(ANSWER);
	});
	await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
	const { port } = other.address() as AddressInfo;
	for (const status of [301, 302, 303, 307, 308]) {
		const error = await vendor
			.answerOf(
				raw(
					`HTTP/1.1 ${status} Moved\r\nLocation: http://127.0.0.1:${port}/v1/chat/completions\r\nContent-Length: 0\r\n\r\n`,
				),
			)
			.then(
				() => undefined,
				(thrown: EngineError) => thrown,
			);
		expect(error?.message).toContain(`redirects (HTTP ${status})`);
	}
	expect(seen).toBe(0);
	await new Promise((resolve) => other.close(resolve));
});
