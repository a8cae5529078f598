import '../support/timed';
import {
	executeChat,
	type ChatRequest,
	type Clock,
	type EngineError,
	type Plan,
} from '../../engine/index';
import { candidateKey } from '../../engine/candidateKey';
import { ask, CACHED, candidate, planOf, scriptedEngine } from '../support/scriptedEngine';

/** Windows of 16,385 and 1,047,576 tokens, by the catalogue. */
const SMALL = candidate('gpt-3.5-turbo');
const LARGE = candidate('gpt-4.1');
const SENTENCE = 'The quick brown fox jumps over the lazy dog. ';
/** Tokens, about. */
const long = (tokens: number) => ask(SENTENCE.repeat(Math.ceil(tokens / 10)));

const errorOf = async (work: Promise<unknown>) =>
	await work.then(
		() => {
			throw new Error('It was answered');
		},
		(error: unknown) => error as EngineError,
	);

/** Runs one request and gives what the vendors were asked. */
async function run(request: ChatRequest, plan: Plan) {
	const engine = scriptedEngine({ 'gpt-3.5-turbo': ['ok'], 'gpt-4.1': ['ok'] });
	const result = await engine.clock.run(executeChat(request, plan, engine.run));
	return { result, sent: engine.calls.at(-1)?.request, calls: engine.calls };
}

const textOf = (request: ChatRequest | undefined) => request?.messages.at(-1)?.content ?? '';

test('a model with a larger window is asked before anything is cut', async () => {
	const request = long(60_000);
	const plan = planOf([SMALL, LARGE], { input: { overflow: 'keepStart' } });
	const { result, sent } = await run(request, plan);
	expect(result.answeredBy).toBe(LARGE.id);
	expect(sent?.messages).toEqual(request.messages);
	expect(result.trace.warnings).toEqual([]);
	expect(result.trace.route.skipped).toEqual([
		{ model: SMALL.id, reason: expect.stringContaining('its context window holds 16,385') },
	]);
});

test.each(['keepStart', 'keepEnd', 'keepBoth'] as const)(
	'%s cuts to the largest window where nobody takes it whole, and says so',
	async (overflow) => {
		const request = long(60_000);
		const { result, sent } = await run(request, planOf([SMALL], { input: { overflow } }));
		const text = textOf(sent);
		// The window less room for an answer and for an estimate that is off.
		expect(text.length).toBeGreaterThan(textOf(request).length * 0.15);
		expect(text.length).toBeLessThan(textOf(request).length * 0.22);
		expect(result.trace.warnings).toEqual([
			expect.stringMatching(
				new RegExp(
					`^The last user message was cut from about [56]\\d,\\d{3} to 1[01],\\d{3} tokens \\(${overflow}\\), because openai/gpt-3.5-turbo takes about 1\\d,\\d{3} tokens and no listed model more$`,
				),
			),
		]);
	},
);

test('without an overflow strategy it is an error that says what can be done', async () => {
	const { run: given, clock, calls } = scriptedEngine({});
	for (const input of [undefined, { overflow: 'error' } as const]) {
		const plan = planOf([SMALL], input === undefined ? {} : { input });
		const error = await errorOf(clock.run(executeChat(long(60_000), plan, given)));
		expect(error.code).toBe('NO_ELIGIBLE_CANDIDATE');
		expect(error.message).toMatch(
			/gpt-3.5-turbo: the request needs about [56]\d,\d{3} tokens, its context window holds 16,385/,
		);
		expect(error.advice).toContain('Overflow under Preprocessing');
		expect(error.trace).toMatchObject({ attempts: [], costUsd: 0, route: { skipped: [{}] } });
	}
	expect(calls).toHaveLength(0);
});

describe('Max Input Tokens', () => {
	test('cuts also where the window would hold it all', async () => {
		const input = { overflow: 'keepEnd', maxInputTokens: 2_000 } as const;
		const { result, sent } = await run(long(10_000), planOf([LARGE], { input }));
		expect(textOf(sent).length).toBeLessThan(10_000);
		expect(textOf(sent).length).toBeGreaterThan(8_000);
		expect(result.trace.warnings).toEqual([
			expect.stringMatching(/\(keepEnd\), because Max Input Tokens is 2,000$/),
		]);
	});

	test('is an error with both numbers by default, before any call', async () => {
		const { run: given, clock, calls } = scriptedEngine({});
		const plan = planOf([LARGE], { input: { overflow: 'error', maxInputTokens: 2_000 } });
		const error = await errorOf(clock.run(executeChat(long(10_000), plan, given)));
		expect(error.code).toBe('INVALID_PLAN');
		expect(error.message).toMatch(
			/^The input has about (?:9|10),\d{3} tokens, Max Input Tokens allows 2,000$/,
		);
		expect(error.advice).toContain('raise Max Input Tokens under Preprocessing');
		expect(calls).toHaveLength(0);
	});

	test('never cuts instructions', async () => {
		const { run: given, clock, calls } = scriptedEngine({});
		const system = { role: 'system', content: SENTENCE.repeat(300) } as const;
		const request: ChatRequest = { ...ask(), messages: [system, ...ask().messages] };
		const plan = planOf([LARGE], { input: { overflow: 'keepStart', maxInputTokens: 1_000 } });
		const error = await errorOf(clock.run(executeChat(request, plan, given)));
		expect(error.message).toMatch(
			/cannot be cut to 1,000 tokens .* about [23],\d{3} are instructions/,
		);
		expect(calls).toHaveLength(0);
	});

	test('lets a request pass that keeps to it', async () => {
		const input = { overflow: 'error', maxInputTokens: 2_000 } as const;
		const { sent } = await run(ask(), planOf([LARGE], { input }));
		expect(sent?.messages).toEqual(ask().messages);
	});
});

describe('what models report', () => {
	/** A model that counts `factor` times as many tokens as are estimated. */
	const counting = (inputTokens: number) =>
		scriptedEngine({
			'gpt-3.5-turbo': [{ text: 'ok', usage: { inputTokens, outputTokens: 1 } }],
		});

	test('teaches how many tokens it makes of a text, and the window filter goes by it', async () => {
		const engine = counting(2_000);
		const plan = planOf([SMALL]);
		for (let call = 0; call < 20; call++) {
			await engine.clock.run(executeChat(long(1_000), plan, engine.run));
		}
		expect(engine.state.signals.tokenFactor(candidateKey(SMALL))).toBeGreaterThan(1.8);
		// It would have fitted by the estimate alone.
		const error = await errorOf(engine.clock.run(executeChat(long(12_000), plan, engine.run)));
		expect(error.code).toBe('NO_ELIGIBLE_CANDIDATE');
		const cut = planOf([SMALL], { input: { overflow: 'keepStart' } });
		await engine.clock.run(executeChat(long(12_000), cut, engine.run));
		expect(textOf(engine.calls.at(-1)?.request).length).toBeLessThan(30_000);
	});

	test.each([
		{
			what: 'a request with a file',
			request: {
				...long(1_000),
				messages: long(1_000).messages.map((message) => ({
					...message,
					attachments: [{ kind: 'pdf', mediaType: 'application/pdf', data: new Uint8Array(9) }],
				})),
			} as ChatRequest,
		},
		{ what: 'a short request', request: ask() },
	])('$what teaches nothing', async ({ request }) => {
		const engine = counting(5_000);
		const model = candidate('gpt-3.5-turbo');
		await engine.clock.run(
			executeChat(request, planOf([{ ...model, id: 'openai/x' }]), engine.run),
		);
		expect(engine.state.signals.tokenFactor(candidateKey({ ...model, id: 'openai/x' }))).toBe(1);
	});

	test('a stored answer teaches nothing', async () => {
		const engine = counting(2_000);
		const plan = planOf([SMALL], CACHED);
		await engine.clock.run(executeChat(long(1_000), plan, engine.run));
		const once = engine.state.signals.tokenFactor(candidateKey(SMALL));
		for (let hit = 0; hit < 5; hit++) {
			await engine.clock.run(executeChat(long(1_000), plan, engine.run));
		}
		expect(engine.calls).toHaveLength(1);
		expect(engine.state.signals.tokenFactor(candidateKey(SMALL))).toBe(once);
	});

	test('it is forgotten with the rest', () => {
		const { state } = counting(1);
		state.signals.noteTokens('k', { estimatedTokens: 100, reportedTokens: 200 });
		state.clear();
		expect(state.signals.tokenFactor('k')).toBe(1);
	});
});

test('sections and the input policy are part of what a stored answer belongs to', async () => {
	const engine = scriptedEngine({ 'gpt-4.1': ['ok'] });
	const asked = async (request: ChatRequest, plan: Plan) =>
		await engine.clock.run(executeChat(request, plan, engine.run));
	const withContext = (context: string): ChatRequest => ({
		messages: [{ role: 'user', content: 'Sum it up', sections: { context } }],
		outputFormat: 'text',
	});
	const plan = planOf([LARGE], CACHED);
	await asked(withContext('a'), plan);
	await asked(withContext('a'), plan);
	expect(engine.calls).toHaveLength(1);
	await asked(withContext('b'), plan);
	expect(engine.calls).toHaveLength(2);
	await asked(withContext('b'), { ...plan, input: { overflow: 'keepEnd', maxInputTokens: 500 } });
	expect(engine.calls).toHaveLength(3);
});

test('Stop is heard while a long text is cut', async () => {
	const engine = scriptedEngine({});
	const { clock, stop } = engine;
	// Every breath is due, and the first one is when somebody presses Stop.
	const hurried: Clock = {
		...clock,
		nowMs: () => Date.now() * 100,
		sleep: async (_, signal) => {
			stop.abort();
			signal.throwIfAborted();
		},
	};
	const run = { ...engine.run, runtime: { ...engine.run.runtime, clock: hurried } };
	const plan = planOf([SMALL], { input: { overflow: 'keepBoth' } });
	const error = await errorOf(executeChat(long(1_000_000), plan, run));
	expect(error.code).toBe('CANCELLED');
	expect(engine.calls).toHaveLength(0);
});
