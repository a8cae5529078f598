/** An answer that is watched while it is being written: what may follow a break, and what not. */
import '../support/timed';
import { setTimeout as sleep } from 'node:timers/promises';
import {
	executeChat,
	routeChat,
	type ChatRequest,
	type EngineError,
	type Plan,
	type ProviderId,
	type VendorCandidate,
} from '../../engine/index';
import { runtime } from '../../nodes/shared/runtime';
import { events, scriptedVendor, type ScriptedReply, type Step } from '../support/scriptedVendor';
import { ask, CACHED, failure, planOf, scriptedEngine, candidate } from '../support/scriptedEngine';

const vendor = scriptedVendor();
beforeEach(() => runtime().state.clear());
afterAll(async () => await runtime().close());

/** One answer, "Hello world", as each dialect streams it. */
interface Wire {
	readonly name: string;
	readonly provider: ProviderId;
	readonly settings?: VendorCandidate['settings'];
	/** Before the first word. */
	readonly start: string;
	/** `Hello`, then ` world`. */
	readonly words: readonly [string, string];
	readonly end: string;
	readonly error: string;
	/** The kind that the error is. */
	readonly kind: string;
}

const chunk = (delta: object, reason: string | null = null) => ({
	id: 'c',
	object: 'chat.completion.chunk',
	created: 1,
	model: 'some-model',
	choices: [{ index: 0, delta, finish_reason: reason }],
});
const CHAT = {
	start: events(chunk({ role: 'assistant', content: '' })),
	words: [events(chunk({ content: 'Hello' })), events(chunk({ content: ' world' }))],
	end: events(
		chunk({}, 'stop'),
		{ ...chunk({}), choices: [], usage: { prompt_tokens: 10, completion_tokens: 2 } },
		'[DONE]',
	),
	error: events({ error: { message: 'Too busy', type: 'server_error', code: 'overloaded_error' } }),
	kind: 'overloaded',
} as const;

const outputText = (delta: string) => ({
	type: 'response.output_text.delta',
	item_id: 'm',
	output_index: 0,
	content_index: 0,
	delta,
});
const geminiPart = (text: string, more: object = {}) => ({
	candidates: [{ content: { role: 'model', parts: [{ text }] }, index: 0, ...more }],
	usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 2, totalTokenCount: 12 },
	modelVersion: 'some-model',
});

const WIRES: readonly Wire[] = [
	{
		name: 'OpenAI Responses',
		provider: 'openai',
		start: events({ type: 'response.created', response: { id: 'r', error: null } }),
		words: [events(outputText('Hello')), events(outputText(' world'))],
		end: events({
			type: 'response.completed',
			response: {
				id: 'r',
				object: 'response',
				created_at: 1,
				model: 'some-model',
				status: 'completed',
				error: null,
				incomplete_details: null,
				output: [
					{
						type: 'message',
						id: 'm',
						role: 'assistant',
						status: 'completed',
						content: [{ type: 'output_text', text: 'Hello world', annotations: [] }],
					},
				],
				usage: { input_tokens: 10, output_tokens: 2, total_tokens: 12 },
			},
		}),
		error: events({
			type: 'response.failed',
			response: { id: 'r', error: { code: 'rate_limit_exceeded', message: 'Too busy' } },
		}),
		kind: 'rate-limit',
	},
	{ name: 'OpenAI Chat Completions', provider: 'openai', settings: { seed: 1 }, ...CHAT },
	{
		name: 'Anthropic',
		provider: 'anthropic',
		start: events(
			{
				type: 'message_start',
				message: {
					id: 'm',
					type: 'message',
					role: 'assistant',
					model: 'some-model',
					content: [],
					stop_reason: null,
					stop_sequence: null,
					usage: { input_tokens: 10, output_tokens: 1 },
				},
			},
			{ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
			{ type: 'ping' },
		),
		words: [
			events({
				type: 'content_block_delta',
				index: 0,
				delta: { type: 'text_delta', text: 'Hello' },
			}),
			events({
				type: 'content_block_delta',
				index: 0,
				delta: { type: 'text_delta', text: ' world' },
			}),
		],
		end: events(
			{ type: 'content_block_stop', index: 0 },
			{
				type: 'message_delta',
				delta: { stop_reason: 'end_turn', stop_sequence: null },
				usage: { output_tokens: 2 },
			},
			{ type: 'message_stop' },
		),
		error: events({ type: 'error', error: { type: 'overloaded_error', message: 'Too busy' } }),
		kind: 'overloaded',
	},
	{
		name: 'Gemini',
		provider: 'google',
		start: '',
		words: [events(geminiPart('Hello')), events(geminiPart(' world'))],
		end: events(geminiPart('', { finishReason: 'STOP' })),
		error: events({ error: { code: 503, message: 'Too busy', status: 'UNAVAILABLE' } }),
		kind: 'overloaded',
	},
	{ name: 'a compatible server', provider: 'openaiCompatible', ...CHAT },
];

const whole = ({ start, words, end }: Wire): ScriptedReply => ({ steps: [start, ...words, end] });
const broken = ({ start, words }: Wire, ...then: readonly Step[]): ScriptedReply => ({
	steps: [start, words[0], { pauseMs: 20 }, ...then],
});

const MANY_CALLS = { maxRetries: 1, maxAttempts: 8, baseDelayMs: 1, maxDelayMs: 2 };
const IMPATIENT: Partial<Plan> = { attemptTimeoutMs: 300, retry: MANY_CALLS };

/** Runs a request that is watched; the second candidate is the same vendor by another name. */
function watch({ provider, settings }: Wire, changes: Partial<Plan> = {}, request = ask('Hi')) {
	const stop = new AbortController();
	const pieces: Array<{ text: string; atMs: number }> = [];
	const first = vendor.candidate(provider, settings);
	const plan = planOf([first, { ...first, id: `${provider}/second` }], {
		...IMPATIENT,
		...changes,
	});
	const answer = executeChat(request, plan, {
		runtime: runtime(),
		signal: stop.signal,
		onText: (text) => void pieces.push({ text, atMs: performance.now() }),
	});
	answer.catch(() => undefined);
	return { answer, stop, pieces, shown: () => pieces.map(({ text }) => text) };
}

async function errorOf(work: Promise<unknown>): Promise<EngineError> {
	return await work.then(
		() => {
			throw new Error('No error was thrown');
		},
		(error: EngineError) => error,
	);
}

describe.each(WIRES)('$name', (wire) => {
	test('shows each piece as it arrives and makes one request', async () => {
		const { start, words, end } = wire;
		vendor.reply({ steps: [start, words[0], { pauseMs: 150 }, words[1], { pauseMs: 150 }, end] });
		const { answer, shown, pieces } = watch(wire, { attemptTimeoutMs: 5_000 });
		const { response, trace } = await answer;
		expect(shown()).toEqual(['Hello', ' world']);
		expect((pieces[1]?.atMs ?? 0) - (pieces[0]?.atMs ?? 0)).toBeGreaterThan(100);
		expect(response).toMatchObject({
			text: 'Hello world',
			finishReason: { unified: 'stop' },
			usage: { inputTokens: 10, outputTokens: 2 },
			modelId: 'some-model',
		});
		expect(trace.attempts).toMatchObject([{ outcome: 'ok', attempt: 1 }]);
		expect(vendor.calls()).toHaveLength(1);
	});

	test('falls back when it breaks before the first piece, and nothing is glued', async () => {
		vendor.reply({ steps: [wire.start, 'reset!'] }, whole(wire));
		const { answer, shown } = watch(wire, { retry: { ...MANY_CALLS, maxRetries: 0 } });
		const { response, trace, answeredBy } = await answer;
		expect(response.text).toBe('Hello world');
		expect(shown().join('')).toBe('Hello world');
		expect(answeredBy).toBe(`${wire.provider}/second`);
		expect(trace.attempts.map(({ outcome }) => outcome)).toEqual(['network', 'ok']);
		expect(vendor.calls()).toHaveLength(2);
	});

	test('an error that comes as the first event is no answer, and another model may give one', async () => {
		vendor.reply({ steps: [wire.error] }, whole(wire));
		const { answer, shown } = watch(wire);
		const { trace } = await answer;
		expect(shown().join('')).toBe('Hello world');
		expect(trace.attempts.map(({ outcome }) => outcome)).toEqual([wire.kind, 'ok']);
	});

	test('ends the item when the connection breaks after the first piece', async () => {
		vendor.reply(broken(wire, 'reset!'), whole(wire));
		const { answer, shown } = watch(wire);
		const error = await errorOf(answer);
		expect(shown()).toEqual(['Hello']);
		expect(vendor.calls()).toHaveLength(1);
		expect(error.code).toBe('ALL_CANDIDATES_FAILED');
		expect(error.message).toContain(
			'5 characters were shown before that: the answer is incomplete',
		);
		expect(error.advice).toContain('What was shown is not the whole answer.');
		expect(error.advice).toContain('was not asked, because the start of an answer was already');
		expect(error.trace?.attempts).toMatchObject([{ outcome: 'network', shownCharacters: 5 }]);
		expect(error.trace?.costUsd).toBeUndefined();
	});

	test('ends the item with the kind of an error that comes after the first piece', async () => {
		vendor.reply(broken(wire, wire.error, 'hang!'), whole(wire));
		const { answer, shown } = watch(wire, { attemptTimeoutMs: 5_000 });
		const error = await errorOf(answer);
		expect(shown()).toEqual(['Hello']);
		expect(error.trace?.attempts).toMatchObject([{ outcome: wire.kind, shownCharacters: 5 }]);
		expect(error.message).toContain('Too busy');
		expect(vendor.calls()).toHaveLength(1);
	});

	test('takes no stream for whole that ends without saying why the model stopped', async () => {
		vendor.reply(broken(wire), whole(wire));
		const { answer, shown } = watch(wire);
		const error = await errorOf(answer);
		expect(shown()).toEqual(['Hello']);
		expect(error.trace?.attempts).toMatchObject([
			{ outcome: 'malformed-response', shownCharacters: 5 },
		]);
	});

	test('ends the item when the stream stalls beyond its time', async () => {
		vendor.reply(broken(wire, 'hang!'), whole(wire));
		const { answer, shown } = watch(wire);
		const error = await errorOf(answer);
		expect(shown()).toEqual(['Hello']);
		expect(error.trace?.attempts).toMatchObject([{ outcome: 'timeout', shownCharacters: 5 }]);
		expect(vendor.calls()).toHaveLength(1);
	});

	test('Stop in the middle ends the request at once', async () => {
		vendor.reply(broken(wire, 'hang!'));
		const { answer, stop, pieces } = watch(wire, { attemptTimeoutMs: 10_000 });
		while (pieces.length === 0) await sleep(5);
		const stoppedAtMs = performance.now();
		stop.abort(new Error('stopped'));
		expect((await errorOf(answer)).code).toBe('CANCELLED');
		expect(performance.now() - stoppedAtMs).toBeLessThan(50);
		await sleep(30);
		expect(vendor.calls()).toHaveLength(1);
		expect((vendor.calls()[0]?.closedAtMs ?? Infinity) - stoppedAtMs).toBeLessThan(50);
	});
});

const [, , , , COMPATIBLE] = WIRES as readonly [Wire, Wire, Wire, Wire, Wire];

describe('what counts as shown', () => {
	test('blank pieces alone leave the way open to another model', async () => {
		const blank = events(chunk({ content: ' \n' }));
		vendor.reply({ steps: [CHAT.start, blank, { pauseMs: 20 }, 'reset!'] }, whole(COMPATIBLE));
		const { answer, shown } = watch(COMPATIBLE);
		await answer;
		expect(shown().join('')).toBe('Hello world');
	});

	test('blank pieces before the first word belong to the text', async () => {
		const blank = events(chunk({ content: '\n' }));
		vendor.reply({ steps: [CHAT.start, blank, blank, ...CHAT.words, CHAT.end] });
		const { answer, shown } = watch(COMPATIBLE);
		expect((await answer).response.text).toBe('\n\nHello world');
		expect(shown().join('')).toBe('\n\nHello world');
	});

	test('an empty answer falls back; nothing of it was seen', async () => {
		vendor.reply({ steps: [CHAT.start, CHAT.end] }, whole(COMPATIBLE));
		const { answer, shown } = watch(COMPATIBLE);
		const { trace } = await answer;
		expect(shown().join('')).toBe('Hello world');
		expect(trace.attempts[0]).toMatchObject({ outcome: 'empty-answer' });
	});

	test('a refusal in a field of its own falls back; nothing of it was seen', async () => {
		const refusal = events(chunk({ refusal: 'I cannot help' }), chunk({}, 'stop'), '[DONE]');
		vendor.reply({ steps: [CHAT.start, refusal] }, whole(COMPATIBLE));
		const { answer, shown } = watch(COMPATIBLE);
		const { trace } = await answer;
		expect(shown().join('')).toBe('Hello world');
		expect(trace.attempts.map(({ outcome }) => outcome)).toEqual(['content-filter', 'ok']);
	});

	test('an answer that the filter cuts off after its start ends the item', async () => {
		const filtered = events(chunk({}, 'content_filter'), '[DONE]');
		vendor.reply({ steps: [CHAT.start, CHAT.words[0], filtered] }, whole(COMPATIBLE));
		const error = await errorOf(watch(COMPATIBLE).answer);
		expect(error.trace?.attempts).toMatchObject([
			{ outcome: 'content-filter', shownCharacters: 5 },
		]);
		expect(vendor.calls()).toHaveLength(1);
	});
});

describe('replies that are no stream', () => {
	const plain = {
		id: 'c',
		created: 1,
		model: 'some-model',
		choices: [
			{ index: 0, message: { role: 'assistant', content: 'At once' }, finish_reason: 'stop' },
		],
		usage: { prompt_tokens: 10, completion_tokens: 2 },
	};

	test('a server that does not stream is shown whole', async () => {
		const headers = { 'content-type': 'application/json' };
		vendor.reply({ headers, steps: [JSON.stringify(plain, null, 2)] });
		const { answer, shown } = watch(COMPATIBLE);
		expect((await answer).response.usage).toEqual({ inputTokens: 10, outputTokens: 2 });
		expect(shown()).toEqual(['At once']);
	});

	test.each([
		{
			status: 429,
			headers: { 'retry-after': '0' },
			body: '{"error":{"message":"Slow"}}',
			kind: 'rate-limit',
		},
		{ status: 503, body: 'busy', kind: 'overloaded' },
		{ status: 200, body: '', kind: 'malformed-response' },
		{ status: 200, body: '<html>\r\n<body>Welcome</body></html>', kind: 'malformed-response' },
		{ status: 200, body: 'data: {"half": ', kind: 'malformed-response' },
		{ status: 200, body: 'data: not JSON\n\n', kind: 'malformed-response' },
		{ status: 200, body: 'event: error\ndata: out of memory\n\n', kind: 'server' },
		{ status: 200, body: 'data: [DONE]\n\n', kind: 'malformed-response' },
	])('$status with $body is $kind', async ({ status, headers = {}, body, kind }) => {
		vendor.reply({ status, headers, steps: [body] });
		const { answer, shown } = watch(COMPATIBLE, { fallbackOn: [], retry: { ...NO_RETRY } });
		const error = await errorOf(answer);
		expect(error.trace?.attempts).toMatchObject([{ outcome: kind }]);
		expect(shown()).toEqual([]);
	});

	test('an answer that is whole when the connection breaks is an answer', async () => {
		const end = events(chunk({}, 'stop'));
		vendor.reply({ steps: [CHAT.start, ...CHAT.words, end, { pauseMs: 20 }, 'reset!'] });
		const { answer, shown } = watch(COMPATIBLE);
		const { response } = await answer;
		expect(response.text).toBe('Hello world');
		expect(response.usage).toEqual({});
		expect(shown().join('')).toBe('Hello world');
	});
});

const NO_RETRY = { maxRetries: 0, maxAttempts: 1, baseDelayMs: 1, maxDelayMs: 1 };

describe('who else gets the answer', () => {
	test('a stored answer is shown as one piece', async () => {
		vendor.reply(whole(COMPATIBLE));
		await watch(COMPATIBLE, CACHED).answer;
		const { answer, shown } = watch(COMPATIBLE, CACHED);
		expect((await answer).trace.cache).toBe('hit');
		expect(shown()).toEqual(['Hello world']);
	});

	test('who joins a call is shown the whole text at its end', async () => {
		vendor.reply({ steps: [CHAT.start, CHAT.words[0], { pauseMs: 100 }, CHAT.words[1], CHAT.end] });
		const leader = watch(COMPATIBLE, CACHED);
		while (leader.pieces.length === 0) await sleep(5);
		const joiner = watch(COMPATIBLE, CACHED);
		expect((await joiner.answer).trace.cache).toBe('joined');
		expect(joiner.shown()).toEqual(['Hello world']);
		await leader.answer;
		expect(leader.shown()).toEqual(['Hello', ' world']);
		expect(vendor.calls()).toHaveLength(1);
	});

	test('who joined a call that broke in view of another asks again: it has seen nothing', async () => {
		vendor.reply(broken(COMPATIBLE, { pauseMs: 60 }, 'reset!'), whole(COMPATIBLE));
		const leader = watch(COMPATIBLE, CACHED);
		while (leader.pieces.length === 0) await sleep(5);
		const joiner = watch(COMPATIBLE, CACHED);
		const { response } = await joiner.answer;
		expect(response.text).toBe('Hello world');
		expect(joiner.shown().join('')).toBe('Hello world');
		expect((await errorOf(leader.answer)).trace?.attempts).toHaveLength(1);
		expect(leader.shown()).toEqual(['Hello']);
		expect(vendor.calls()).toHaveLength(2);
	});

	test('a broken answer is not stored', async () => {
		vendor.reply(broken(COMPATIBLE), whole(COMPATIBLE));
		await errorOf(watch(COMPATIBLE, CACHED).answer);
		const { answer } = watch(COMPATIBLE, CACHED);
		expect((await answer).trace.cache).toBe('miss');
	});
});

describe('what is not shown piece by piece', () => {
	test('JSON: it is read whole, checked, and shown once it is accepted', async () => {
		const request: ChatRequest = { ...ask('Hi'), outputFormat: 'json' };
		const headers = { 'content-type': 'application/json' };
		const reply = (content: string): ScriptedReply => {
			const message = { role: 'assistant', content };
			const choices = [{ index: 0, message, finish_reason: 'stop' }];
			return { headers, steps: [JSON.stringify({ id: 'c', model: 'm', choices })] };
		};
		vendor.reply(reply('no JSON'), reply('{"a": 1}'));
		const { answer, shown } = watch(COMPATIBLE, {}, request);
		expect((await answer).response.data).toEqual({ a: 1 });
		expect(shown()).toEqual(['{"a": 1}']);
		expect(vendor.calls().every(({ body }) => !('stream' in body))).toBe(true);
	});

	test('drafts and votes: only the text that is decided on is shown', async () => {
		const { run, clock } = scriptedEngine({ cheap: ['Perhaps'], dear: ['42'] });
		const shown: string[] = [];
		const route = {
			kind: 'cascade',
			fast: planOf([candidate('cheap')]),
			strong: planOf([candidate('dear')]),
			acceptance: { mustMatch: '^\\d+$', rejectHedging: false },
			passDraft: false,
		} as const;
		const watched = { ...run, onText: (piece: string) => void shown.push(piece) };
		await clock.run(routeChat(ask(), route, watched));
		expect(shown).toEqual(['42']);
	});
});

describe('keys', () => {
	const KEY = 'a-key-of-the-scripted-vendor';

	test('are masked in the pieces, however they are cut', async () => {
		const cuts = ['The key: a-key-of', '-the-scripted', '-vendor! a-key-', 'is not it. a-k'];
		const pieces = cuts.map((content) => events(chunk({ content })));
		vendor.reply({ steps: [CHAT.start, ...pieces, CHAT.end] });
		const { answer, shown } = watch(COMPATIBLE);
		const { response } = await answer;
		expect(shown().join('')).toBe('The key: [key removed]! a-key-is not it. a-k');
		expect(response.text).toBe(shown().join(''));
	});

	test('are masked in an error after the first piece', async () => {
		vendor.reply(broken(COMPATIBLE, events({ error: { message: `Wrong key ${KEY}` } })));
		const error = await errorOf(watch(COMPATIBLE).answer);
		expect(JSON.stringify([error.message, error.advice, error.trace])).not.toContain(KEY);
		expect(error.message).toContain('[key removed]');
	});
});

test('other items do not wait for one that streams: a piece costs next to nothing', async () => {
	const piece = events(chunk({ content: 'word ' }));
	vendor.reply({ steps: [CHAT.start, piece.repeat(20_000), CHAT.end] });
	const { answer, shown } = watch(COMPATIBLE, { attemptTimeoutMs: 10_000 });
	const startedAtMs = performance.now();
	expect((await answer).response.text).toHaveLength(100_000);
	expect(shown()).toHaveLength(20_000);
	expect(performance.now() - startedAtMs).toBeLessThan(1_500);
});

test('a fallback that a failure before the first piece allows is decided as without a stream', async () => {
	const { run, clock, calls } = scriptedEngine({
		a: [failure('quota', { status: 429 })],
		b: ['from b'],
	});
	const shown: string[] = [];
	const watched = { ...run, onText: (text: string) => void shown.push(text) };
	await clock.run(executeChat(ask(), planOf([candidate('a'), candidate('b')]), watched));
	expect(shown).toEqual(['from b']);
	expect(calls.map(({ modelId }) => modelId)).toEqual(['a', 'b']);
});
