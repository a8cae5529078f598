import { DEFAULT_API_KEYS, startSandbox, type Sandbox } from './index';
import { CALLS, callOf, chat, wire } from './support/clients';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const WITH_KEY = CALLS.filter(({ vendor }) => vendor !== 'local');

const UNAUTHORISED: Readonly<Record<string, { missing: object; wrong: object }>> = {
	openai: {
		missing: { error: { type: 'invalid_request_error', code: null } },
		wrong: { error: { type: 'invalid_request_error', code: 'invalid_api_key' } },
	},
	anthropic: {
		missing: { error: { type: 'authentication_error', message: 'x-api-key header is required' } },
		wrong: { error: { type: 'authentication_error', message: 'invalid x-api-key' } },
	},
	google: {
		missing: { error: { code: 403, status: 'PERMISSION_DENIED' } },
		wrong: { error: { code: 400, details: [{ reason: 'API_KEY_INVALID' }] } },
	},
};

describe.each(WITH_KEY)('$name', (call) => {
	const expected = UNAUTHORISED[call.vendor] ?? UNAUTHORISED.openai;
	const google = call.vendor === 'google';
	const version = { 'anthropic-version': '2023-06-01' };

	test('answers a known key', async () => {
		expect((await chat(sandbox.url, call, 'Hello')).status).toBe(200);
	});

	test('refuses a call without a key, in its own words', async () => {
		const reply = await chat(sandbox.url, call, 'Hello', { headers: version });
		expect(reply.status).toBe(google ? 403 : 401);
		expect(reply.json).toMatchObject(expected?.missing ?? {});
		expect(sandbox.calls()[0]).not.toHaveProperty('keyFingerprint');
	});

	test('refuses a wrong key, in its own words', async () => {
		const headers = {
			...version,
			authorization: 'Bearer nope',
			'x-api-key': 'nope',
			'x-goog-api-key': 'nope',
		};
		const reply = await chat(sandbox.url, call, 'Hello', { headers });
		expect(reply.status).toBe(google ? 400 : 401);
		expect(reply.json).toMatchObject(expected?.wrong ?? {});
	});

	test('refuses a wrong key before it looks at the request', async () => {
		const headers = {
			...version,
			authorization: 'Bearer x',
			'x-api-key': 'x',
			'x-goog-api-key': 'x',
		};
		const reply = await wire(`${sandbox.url}${call.path('no-such-model')}`, {
			headers,
			body: '{ not json',
		});
		expect(reply.status).toBe(google ? 400 : 401);
		expect(reply.json).toMatchObject(expected?.wrong ?? {});
	});
});

test('Anthropic wants a version that exists', async () => {
	const call = callOf('Anthropic');
	const key = { 'x-api-key': DEFAULT_API_KEYS.anthropic[0] };
	const none = await chat(sandbox.url, call, 'Hello', { headers: key });
	expect([none.status, none.text]).toEqual([400, expect.stringContaining('header is required')]);
	const wrong = { ...key, 'anthropic-version': '2020-01-01' };
	const bad = await chat(sandbox.url, call, 'Hello', { headers: wrong });
	expect([bad.status, bad.text]).toEqual([400, expect.stringContaining('not a valid version')]);
});

test('Gemini also takes the key from the query', async () => {
	const call = callOf('Gemini');
	const url = `${sandbox.url}${call.path(call.model)}?key=${DEFAULT_API_KEYS.google[0]}`;
	const reply = await wire(url, { body: call.body(call.model, 'Hello') });
	expect(reply.status).toBe(200);
});

test('the keyless server takes calls with and without a key', async () => {
	const call = callOf('without a key');
	const headers = { authorization: 'Bearer whatever' };
	expect((await chat(sandbox.url, call, 'Hello')).status).toBe(200);
	expect((await chat(sandbox.url, call, 'Hello', { headers })).status).toBe(200);
});

test('the accepted keys of a vendor can be replaced, the others stay', async () => {
	const own = await startSandbox({ apiKeys: { openai: ['own-key'] } });
	const openai = callOf('Chat Completions');
	const headers = { authorization: 'Bearer own-key' };
	expect((await chat(own.url, openai, 'Hello')).status).toBe(401);
	expect((await chat(own.url, openai, 'Hello', { headers })).status).toBe(200);
	expect((await chat(own.url, callOf('Anthropic'), 'Hello')).status).toBe(200);
	await own.close();
});
