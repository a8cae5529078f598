import '../support/timed';
/** Vendors that misbehave in ways the sandbox does not, over real HTTP. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import {
	apiKeyOf,
	executeChat,
	listModels,
	type Connection,
	type EngineError,
	type Plan,
} from '../../engine/index';
import { runtime } from '../../nodes/shared/runtime';
import { ask, planOf } from '../support/scriptedEngine';

const ECHOED = 'echoed-by-the-vendor';
const ANSWER = {
	id: 'chatcmpl-1',
	object: 'chat.completion',
	created: 1,
	model: 'some-model',
	choices: [{ index: 0, message: { role: 'assistant', content: '42' }, finish_reason: 'stop' }],
	usage: { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 },
};

let server: Server | undefined;
const sockets = new Set<Socket>();

async function serve(listener: RequestListener): Promise<string> {
	server = createServer(listener);
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
	});
	await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

afterEach(async () => {
	await runtime().close();
	runtime().state.clear();
	server?.closeAllConnections();
	await new Promise((resolve) => server?.close(resolve));
});

const connection = (baseUrl: string): Connection => ({
	provider: 'openaiCompatible',
	baseUrl,
	keys: [apiKeyOf(ECHOED)],
	identity: 'hostile',
});

const plan = (baseUrl: string, changes: Partial<Plan> = {}): Plan => {
	return planOf(
		[
			{
				kind: 'vendor',
				id: 'openaiCompatible/some-model',
				provider: 'openaiCompatible',
				modelId: 'some-model',
				settings: {},
				limits: {},
				price: {},
				weight: 1,
				connection: connection(baseUrl),
			},
		],
		{
			retry: { maxRetries: 0, maxAttempts: 8, baseDelayMs: 1, maxDelayMs: 1 },
			attemptTimeoutMs: 5_000,
			...changes,
		},
	);
};

const run = () => ({ runtime: runtime(), signal: new AbortController().signal });
const failing = async (work: Promise<unknown>): Promise<EngineError> =>
	await work.then(
		() => {
			throw new Error('It answered');
		},
		(error: EngineError) => error,
	);

test('a key that the vendor echoes reaches nobody', async () => {
	const url = await serve((request, response) => {
		const key = request.headers.authorization ?? '';
		response.writeHead(401, { 'content-type': 'application/json', 'x-request-id': `for ${key}` });
		response.end(
			JSON.stringify({ error: { message: `Wrong key: ${key}`, code: 'invalid_api_key' } }),
		);
	});
	const error = await failing(executeChat(ask(), plan(url), run()));
	expect(error.message).toContain('[key removed]');
	expect(JSON.stringify([error.message, error.advice, error.trace])).not.toContain(ECHOED);
	const listed = await listModels(connection(url), run());
	expect(JSON.stringify(listed)).not.toContain(ECHOED);
});

test('a key echoed in an answer is masked there too', async () => {
	const url = await serve((_request, response) => {
		const echo = { ...ANSWER, model: ECHOED, system_fingerprint: ECHOED };
		response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(echo));
	});
	const result = await executeChat(ask(), plan(url, { keepRaw: true }), run());
	expect(JSON.stringify(result)).not.toContain(ECHOED);
	expect(result.response.raw).toMatchObject({ system_fingerprint: '[key removed]' });
});

test('replies that nobody can read leave no connection behind', async () => {
	const url = await serve((_request, response) => {
		response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'zstd' });
		response.end(Buffer.alloc(512 * 1024));
	});
	for (let call = 0; call < 20; call++) {
		const error = await failing(executeChat(ask(), plan(url), run()));
		expect(error.trace?.attempts[0]?.outcome).toBe('malformed-response');
	}
	await new Promise((resolve) => setTimeout(resolve, 50));
	expect(sockets.size).toBeLessThanOrEqual(1);
});

test('a body that is not encoded as it says is malformed', async () => {
	const url = await serve((_request, response) => {
		response.writeHead(200, { 'content-encoding': 'gzip' }).end('this is no gzip');
	});
	const error = await failing(executeChat(ask(), plan(url), run()));
	expect(error.trace?.attempts[0]?.outcome).toBe('malformed-response');
});

test('a body beyond all measure ends the call, not the process', async () => {
	const url = await serve((_request, response) => {
		response.writeHead(200, { 'content-type': 'application/json' });
		const chunk = Buffer.alloc(1024 * 1024, 0x20);
		let sent = 0;
		const more = () => {
			while (sent++ < 64 && response.write(chunk));
			if (sent < 64) response.once('drain', more);
			else response.end();
		};
		more();
	});
	const error = await failing(executeChat(ask(), plan(url), run()));
	expect(error.message).toContain('larger than');
});

test('an answer with a field nested 100,000 deep is still an answer', async () => {
	const body = JSON.stringify(ANSWER).replace(
		/}$/,
		`,"extra":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
	);
	const url = await serve((_request, response) => {
		response.writeHead(200, { 'content-type': 'application/json' }).end(body);
	});
	const cache = { mode: 'exact', ttlMs: 1_000, scope: 'x', refresh: false } as const;
	const { response, trace } = await executeChat(ask(), plan(url, { keepRaw: true, cache }), run());
	expect(response.text).toBe('42');
	expect(response.raw).toBeUndefined();
	expect(trace.warnings.join()).toContain('raw response was left out');
});

test('credentials do not follow a redirect', async () => {
	const seen: string[] = [];
	const url = await serve((request, response) => {
		seen.push(request.url ?? '');
		response.writeHead(302, { location: '/elsewhere' }).end();
	});
	const error = await failing(executeChat(ask(), plan(url), run()));
	expect(error.message).toContain('redirects');
	expect(seen).toEqual(['/v1/chat/completions']);
});
