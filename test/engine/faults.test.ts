import '../support/timed';
/** The engine on the sandbox over real HTTP, beside the fault matrix: what passes, what is joined, what is stopped. */
import {
	apiKeyOf,
	executeChat,
	type ChatRequest,
	type EngineError,
	type Plan,
} from '../../engine/index';
import { planOf } from '../support/scriptedEngine';
import { startSandboxForEngine, VENDORS } from './sandboxVendors';

const host = startSandboxForEngine();

const request: ChatRequest = {
	messages: [{ role: 'user', content: 'What is the capital of France?' }],
	outputFormat: 'text',
};

const impatient: Partial<Plan> = {
	attemptTimeoutMs: 400,
	deadlineMs: 20_000,
	retry: { maxRetries: 1, maxAttempts: 8, baseDelayMs: 10, maxDelayMs: 20 },
};

describe.each(VENDORS)('$provider', (vendor) => {
	test('a fault that passes is survived by the same model', async () => {
		const model = `${vendor.model}--fault-500--times-1`;
		const { trace, response } = await executeChat(
			request,
			planOf([host.candidateOf(vendor, model)], impatient),
			host.run(),
		);
		expect(response.text).not.toBe('');
		expect(trace.attempts.map(({ outcome }) => outcome)).toEqual(['server', 'ok']);
		await host.expectTrailToBeTheLog(trace);
	});

	test('an answer cut at the output limit is told so, and is a failure where JSON is asked', async () => {
		const plan = planOf([host.candidateOf(vendor, `${vendor.model}--fault-length`)], impatient);
		const { trace, response } = await executeChat(request, plan, host.run());
		expect(response.finishReason.unified).toBe('length');
		expect(trace.warnings.join(' ')).toContain('cut at the output limit');
		const error: EngineError = await executeChat(
			{ ...request, outputFormat: 'json' },
			plan,
			host.run(),
		).then(
			() => undefined as never,
			(thrown) => thrown,
		);
		expect(error.trace?.attempts.map(({ outcome }) => outcome)).toEqual(['truncated']);
	});

	test('a wrong key is an authentication failure that names no key', async () => {
		const candidate = host.candidateOf(vendor, vendor.model);
		const wrong = apiKeyOf('sk-wrong-0123456789');
		const plan = planOf(
			[{ ...candidate, connection: { ...candidate.connection, keys: [wrong] } }],
			impatient,
		);
		const error: EngineError = await executeChat(request, plan, host.run()).then(
			() => undefined as never,
			(thrown) => thrown,
		);
		expect(error.trace?.attempts.map(({ outcome }) => outcome)).toEqual(['authentication']);
		expect(JSON.stringify([error.message, error.trace])).not.toContain('sk-wrong-0123456789');
	});
});

test('falls over the vendors in order, and every call is in the trail', async () => {
	const [openai, anthropic, google] = VENDORS;
	const plan = planOf(
		[
			host.candidateOf(openai, `${openai.model}--fault-503`),
			host.candidateOf(anthropic, `${anthropic.model}--fault-hang`),
			host.candidateOf(google, google.model),
		],
		impatient,
	);
	const { answeredBy, trace } = await executeChat(request, plan, host.run());
	expect(answeredBy).toBe('google/gemini-1.5-flash');
	expect(trace.attempts.map(({ outcome }) => outcome)).toEqual([
		'overloaded',
		'overloaded',
		'timeout',
		'ok',
	]);
	await host.expectTrailToBeTheLog(trace);
});

test('1,000 identical requests make one call', async () => {
	const [openai] = VENDORS;
	const plan = planOf([host.candidateOf(openai, openai.model)], {
		cache: { mode: 'exact', ttlMs: 60_000, scope: 'test', refresh: false },
	});
	const run = host.run();
	const results = await Promise.all(
		Array.from({ length: 1000 }, async () => await executeChat(request, plan, run)),
	);
	expect(host.sandbox.calls()).toHaveLength(1);
	expect(new Set(results.map(({ response }) => response.text)).size).toBe(1);
});

test('a stop ends the open call within 100 ms and makes no further one', async () => {
	const [openai] = VENDORS;
	const stop = new AbortController();
	const plan = planOf([host.candidateOf(openai, `${openai.model}--fault-hang`)], {
		deadlineMs: 60_000,
	});
	const work = executeChat(request, plan, { ...host.run(), signal: stop.signal }).catch(
		(error: EngineError) => error,
	);
	while (host.sandbox.calls().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
	const stoppedAtMs = Date.now();
	stop.abort(new Error('stopped'));
	expect(((await work) as EngineError).code).toBe('CANCELLED');
	expect(Date.now() - stoppedAtMs).toBeLessThan(100);
	await new Promise((resolve) => setTimeout(resolve, 50));
	expect(host.sandbox.calls()).toHaveLength(1);
	expect(host.sandbox.calls()[0]?.aborted).toBe(true);
});
