/** A streamed answer is the answer that the same request gets whole: for every dialect, over HTTP. */
import '../../support/timed';
import {
	apiKeyOf,
	executeChat,
	type ChatRequest,
	type ChatResult,
	type ModelSettings,
	type ProviderId,
	type VendorCandidate,
} from '../../../engine/index';
import { chatCompletionsStream } from '../../../engine/providers/streamChatCompletions';
import { errorBody, type StreamDialect } from '../../../engine/providers/streamDialect';
import { readEvents } from '../../../engine/providers/streamEvents';
import { generateContentStream } from '../../../engine/providers/streamGenerateContent';
import { messagesStream } from '../../../engine/providers/streamMessages';
import { responsesStream } from '../../../engine/providers/streamResponses';
import type { JsonValue } from '../../../engine/spec/json';
import { runtime } from '../../../nodes/shared/runtime';
import { DEFAULT_API_KEYS, startSandbox, type Endpoint, type Sandbox } from '../../sandbox/index';
import { planOf } from '../../support/scriptedEngine';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => {
	await runtime().close();
	await sandbox.close();
});
beforeEach(() => sandbox.reset());

interface DialectCase {
	readonly name: string;
	readonly provider: ProviderId;
	readonly path: string;
	readonly model: string;
	readonly key: string;
	readonly settings?: ModelSettings;
	/** Tokens that cut the answer within its text; absent where no limit does. */
	readonly cutAt?: number;
	readonly endpoint: Endpoint;
}

const [OPENAI, ANTHROPIC, GOOGLE, COMPATIBLE] = [
	DEFAULT_API_KEYS.openai[0],
	DEFAULT_API_KEYS.anthropic[0],
	DEFAULT_API_KEYS.google[0],
	DEFAULT_API_KEYS.compatible[0],
];

const DIALECTS: readonly DialectCase[] = [
	{
		name: 'OpenAI Responses',
		provider: 'openai',
		path: 'openai/v1',
		model: 'gpt-4o-mini',
		key: OPENAI,
		cutAt: 16,
		endpoint: 'responses',
	},
	{
		name: 'OpenAI Responses with reasoning',
		provider: 'openai',
		path: 'openai/v1',
		model: 'gpt-5-mini',
		key: OPENAI,
		cutAt: 330,
		endpoint: 'responses',
	},
	{
		name: 'OpenAI Chat Completions',
		provider: 'openai',
		path: 'openai/v1',
		model: 'gpt-4o-mini',
		key: OPENAI,
		settings: { seed: 7 },
		cutAt: 16,
		endpoint: 'chat.completions',
	},
	{
		name: 'Anthropic Messages',
		provider: 'anthropic',
		path: 'anthropic/v1',
		model: 'claude-3-5-haiku-20241022',
		key: ANTHROPIC,
		cutAt: 16,
		endpoint: 'messages',
	},
	{
		name: 'Anthropic Messages with thinking',
		provider: 'anthropic',
		path: 'anthropic/v1',
		model: 'claude-haiku-4-5',
		key: ANTHROPIC,
		settings: {
			maxOutputTokens: 4000,
			providerOptions: { thinking: { type: 'enabled', budget_tokens: 1024 } },
		},
		endpoint: 'messages',
	},
	{
		name: 'Gemini',
		provider: 'google',
		path: 'google/v1beta',
		model: 'gemini-1.5-flash',
		key: GOOGLE,
		cutAt: 16,
		endpoint: 'streamGenerateContent',
	},
	{
		name: 'Gemini with thoughts',
		provider: 'google',
		path: 'google/v1beta',
		model: 'gemini-2.5-flash',
		key: GOOGLE,
		cutAt: 336,
		endpoint: 'streamGenerateContent',
	},
	{
		name: 'a compatible server',
		provider: 'openaiCompatible',
		path: 'compatible/v1',
		model: 'mistral-large-2411',
		key: COMPATIBLE,
		cutAt: 16,
		endpoint: 'chat.completions',
	},
];

const REQUEST: ChatRequest = {
	messages: [{ role: 'user', content: 'Write three sentences about the sea, with an Ü and a 🌊.' }],
	outputFormat: 'text',
};

function candidateOf(dialect: DialectCase, settings: ModelSettings = {}): VendorCandidate {
	const { provider, path, model, key } = dialect;
	return {
		kind: 'vendor',
		id: `${provider}/${model}`,
		provider,
		modelId: model,
		settings: { ...dialect.settings, ...settings },
		limits: {},
		price: {},
		weight: 1,
		connection: {
			provider,
			baseUrl: `${sandbox.url}/${path}`,
			keys: [apiKeyOf(key)],
			identity: `${provider} in the sandbox`,
		},
	};
}

async function both(
	candidate: VendorCandidate,
): Promise<{ whole: ChatResult; streamed: ChatResult; pieces: string[] }> {
	const pieces: string[] = [];
	const run = { runtime: runtime(), signal: new AbortController().signal };
	const whole = await executeChat(REQUEST, planOf([candidate]), run);
	sandbox.reset();
	const onText = (piece: string) => void pieces.push(piece);
	const streamed = await executeChat(REQUEST, planOf([candidate]), { ...run, onText });
	return { whole, streamed, pieces };
}

describe.each(DIALECTS)('$name', (dialect) => {
	test('streams the very answer: text, usage, cost, reason and model', async () => {
		const { whole, streamed, pieces } = await both(candidateOf(dialect));
		expect(streamed.response).toEqual(whole.response);
		expect(streamed.trace.costUsd).toBe(whole.trace.costUsd);
		expect(streamed.response.usage.outputTokens).toBeGreaterThan(0);
		expect(pieces.join('')).toBe(whole.response.text);
		expect(pieces.length).toBeGreaterThan(3);
		const { endpoint } = dialect;
		expect(sandbox.calls()).toMatchObject([{ endpoint, stream: true, aborted: false }]);
	});
});

test.each(DIALECTS.filter(({ cutAt }) => cutAt !== undefined))(
	'$name streams an answer that is cut at the output limit as one that is cut',
	async (dialect) => {
		const candidate = candidateOf(dialect, { maxOutputTokens: dialect.cutAt });
		const { whole, streamed, pieces } = await both(candidate);
		expect(streamed.response).toEqual(whole.response);
		expect(streamed.response.finishReason.unified).toBe('length');
		expect(pieces.join('')).toBe(whole.response.text);
	},
);

test('the reply of a stream, put together, is the reply that comes whole', async () => {
	const run = { runtime: runtime(), signal: new AbortController().signal };
	for (const dialect of DIALECTS) {
		const plan = planOf([candidateOf(dialect)], { keepRaw: true });
		const whole = await executeChat(REQUEST, plan, run);
		sandbox.reset();
		const streamed = await executeChat(REQUEST, plan, { ...run, onText: () => undefined });
		expect([dialect.name, timeless(streamed.response.raw)]).toEqual([
			dialect.name,
			timeless(whole.response.raw),
		]);
	}
});

/** Without what differs between any two calls, and what says nothing. */
function timeless(raw: JsonValue | undefined): unknown {
	return JSON.parse(
		JSON.stringify(raw, (key, value: unknown) =>
			/^(id|created|created_at|completed_at|responseId|signature|thoughtSignature)$/.test(key) ||
			value === null ||
			(Array.isArray(value) && value.length === 0)
				? undefined
				: value,
		),
	);
}

describe('events', () => {
	test('are read alike however the body is cut', () => {
		const body =
			': a comment\r\n\r\nevent: one\r\ndata: {"a":1}\r\n\r\n\ndata:first\ndata: second\nid: 7\n\ndata: last';
		const expected = [
			{ name: 'one', data: '{"a":1}' },
			{ data: 'first\nsecond' },
			{ data: 'last' },
		];
		for (let size = 1; size <= body.length; size++) {
			const reader = readEvents();
			const cuts = Array.from({ length: Math.ceil(body.length / size) }, (_, index) =>
				body.slice(index * size, (index + 1) * size),
			);
			expect([...cuts.flatMap(reader.push), ...reader.end()]).toEqual(expected);
		}
	});

	test('of one line in a hundred thousand pieces are read in time', () => {
		const reader = readEvents();
		const startedAtMs = performance.now();
		reader.push('data: ');
		for (let piece = 0; piece < 100_000; piece++) reader.push('0123456789');
		const [event] = reader.push('\n\n');
		expect(event?.data).toHaveLength(1_000_000);
		expect(performance.now() - startedAtMs).toBeLessThan(500);
	});
});

describe('errors within a stream', () => {
	test.each([
		{
			vendor: 'Anthropic',
			data: { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
			error: { type: 'overloaded_error', message: 'Overloaded' },
		},
		{
			vendor: 'Chat Completions',
			data: { error: { message: 'Too many', type: 'requests', code: 'rate_limit_exceeded' } },
			error: { message: 'Too many', type: 'requests', code: 'rate_limit_exceeded' },
		},
		{
			vendor: 'Responses, an event of its own',
			data: { type: 'error', code: 'server_error', message: 'Failed', param: null },
			error: { code: 'server_error', message: 'Failed', param: null },
		},
		{
			vendor: 'Responses, a response that failed',
			data: {
				type: 'response.failed',
				response: { status: 'failed', error: { code: 'rate_limit_exceeded', message: 'Slow' } },
			},
			error: { code: 'rate_limit_exceeded', message: 'Slow' },
		},
		{
			vendor: 'Gemini',
			data: { error: { code: 503, message: 'Overloaded', status: 'UNAVAILABLE' } },
			error: { code: 503, message: 'Overloaded', status: 'UNAVAILABLE' },
		},
		{ vendor: 'a server with a text', data: { error: 'out of memory' }, error: 'out of memory' },
	] as ReadonlyArray<{ vendor: string; data: JsonValue; error: JsonValue }>)(
		'of $vendor are told as in a reply',
		({ data, error }) => {
			expect(errorBody(data)).toEqual({ error });
		},
	);

	test.each([
		{ data: { type: 'response.created', response: { error: null } } },
		{ data: { choices: [{ delta: { content: 'error' } }] } },
		{ data: { error: null } },
		{ data: { error: '' } },
	] as ReadonlyArray<{ data: JsonValue }>)(
		'are not seen where there are none: $data',
		({ data }) => {
			expect(errorBody(data)).toBeUndefined();
		},
	);
});

describe('a stream is whole when the vendor said why the model stopped', () => {
	const cases: readonly {
		name: string;
		dialect: StreamDialect;
		text: JsonValue;
		end: JsonValue;
	}[] = [
		{
			name: 'Chat Completions',
			dialect: chatCompletionsStream,
			text: { choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: null }] },
			end: { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
		},
		{
			name: 'Responses',
			dialect: responsesStream,
			text: { type: 'response.output_text.delta', delta: 'Hi' },
			end: { type: 'response.completed', response: { status: 'completed', output: [] } },
		},
		{
			name: 'Messages',
			dialect: messagesStream,
			text: { type: 'content_block_start', index: 0, content_block: { type: 'text', text: 'Hi' } },
			end: { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: {} },
		},
		{
			name: 'Gemini',
			dialect: generateContentStream,
			text: { candidates: [{ content: { parts: [{ text: 'Hi' }] } }] },
			end: { candidates: [{ finishReason: 'STOP' }] },
		},
	];

	test.each(cases)('$name', ({ dialect, text, end }) => {
		const reader = dialect.read();
		expect(reader.take(text)).toBe('Hi');
		expect(reader.reply()).toBeUndefined();
		expect(reader.take(end)).toBe('');
		expect(reader.reply()).toBeDefined();
	});

	test.each(cases)('$name reads events that are nonsense without an error', ({ dialect, end }) => {
		const reader = dialect.read();
		const nonsense: JsonValue[] = [
			null,
			1,
			'x',
			[],
			{},
			{ type: 7 },
			{ choices: {} },
			{ choices: [null] },
			{ choices: [{ delta: 'x', finish_reason: 3 }] },
			{ type: 'content_block_delta', index: 9, delta: { type: 'text_delta', text: 'lost' } },
			{ type: 'content_block_start', index: 0, content_block: { type: 'thinking' } },
			{ type: 'content_block_delta', index: 0, delta: { type: 'constructor' } },
			{ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 7 } },
			{ type: 'response.completed' },
			{ candidates: [{ content: { parts: [null, { text: 3 }] } }] },
		];
		expect(nonsense.map(reader.take).join('')).toBe('');
		expect(reader.reply()).toBeUndefined();
		reader.take(end);
		expect(reader.reply()).toBeDefined();
	});
});

test('thoughts, refusals and reasoning are no text of the answer', () => {
	const chat = chatCompletionsStream.read();
	const delta = (content: JsonValue) => ({ choices: [{ index: 0, delta: content }] });
	expect(chat.take(delta({ refusal: 'I cannot' }))).toBe('');
	expect(chat.take(delta({ reasoning_content: 'Hm' }))).toBe('');
	expect(
		chat.take(
			delta({
				content: [
					{ type: 'thinking', thinking: [] },
					{ type: 'text', text: 'Yes' },
				],
			}),
		),
	).toBe('Yes');
	chat.take({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
	expect(chat.reply()).toMatchObject({
		choices: [{ message: { content: 'Yes', refusal: 'I cannot', reasoning_content: 'Hm' } }],
	});
	const gemini = generateContentStream.read();
	const parts: JsonValue = [{ text: 'Hm', thought: true }, { text: 'Yes' }];
	expect(gemini.take({ candidates: [{ content: { parts } }] })).toBe('Yes');
	const responses = responsesStream.read();
	expect(responses.take({ type: 'response.refusal.delta', delta: 'No' })).toBe('');
	expect(responses.take({ type: 'response.reasoning_summary_text.delta', delta: 'Hm' })).toBe('');
});

test("a builder's own stream options go before ours, and null leaves them out", () => {
	const ask = (body: { [key: string]: JsonValue }) =>
		chatCompletionsStream.ask({ url: 'x', body }).body;
	expect(ask({})).toEqual({ stream: true, stream_options: { include_usage: true } });
	expect(ask({ stream_options: { a: 1 } })).toEqual({ stream: true, stream_options: { a: 1 } });
	expect(ask({ stream_options: null })).toEqual({ stream: true });
});
