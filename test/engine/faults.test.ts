import '../support/timed';
/**
 * Every fault of the sandbox against every vendor, over real HTTP: which kind the engine sees, how
 * many calls it makes, and that its trail is what the vendor's side saw.
 */
import { setMaxListeners } from 'node:events';
import {
	apiKeyOf,
	executeChat,
	type ChatRequest,
	type EngineError,
	type FailureKind,
	type Plan,
	type ProviderId,
	type Run,
	type Trace,
	type VendorCandidate,
} from '../../engine/index';
import { runtime } from '../../nodes/shared/runtime';
import { DEFAULT_API_KEYS, startSandbox, type Sandbox } from '../sandbox/index';
import { planOf } from '../support/scriptedEngine';

const VENDORS = [
	{ provider: 'openai', path: 'openai/v1', model: 'gpt-4o-mini', key: DEFAULT_API_KEYS.openai[0] },
	{
		provider: 'anthropic',
		path: 'anthropic/v1',
		model: 'claude-3-5-haiku-20241022',
		key: DEFAULT_API_KEYS.anthropic[0],
	},
	{
		provider: 'google',
		path: 'google/v1beta',
		model: 'gemini-1.5-flash',
		key: DEFAULT_API_KEYS.google[0],
	},
	{
		provider: 'openaiCompatible',
		path: 'compatible/v1',
		model: 'mistral-large-2411',
		key: DEFAULT_API_KEYS.compatible[0],
	},
] as const satisfies ReadonlyArray<{
	provider: ProviderId;
	path: string;
	model: string;
	key: string;
}>;

type VendorCase = (typeof VENDORS)[number];

/** Fault, kind, calls with one retry, and the wait that the vendor asks for, in milliseconds. */
const ROWS: ReadonlyArray<readonly [string, FailureKind, number, number?]> = [
	['429', 'rate-limit', 2],
	['429-seconds-1', 'rate-limit', 2, 1_000],
	['429-ms-300', 'rate-limit', 2, 300],
	['429-date-2', 'rate-limit', 2, 1_000],
	['429-retryinfo-1', 'rate-limit', 2, 1_000],
	['quota', 'quota', 1],
	['500', 'server', 2],
	['503', 'overloaded', 2],
	['529', 'overloaded', 2],
	['html-502', 'server', 2],
	['reset', 'network', 2],
	['reset-mid-body', 'network', 2],
	['hang', 'timeout', 2],
	['hang-body', 'timeout', 2],
	['slow-drip', 'timeout', 2],
	['truncated-json', 'malformed-response', 2],
	['empty-body', 'malformed-response', 2],
	['wrong-content-type', 'malformed-response', 2],
	['empty-answer', 'empty-answer', 2],
	['refusal', 'content-filter', 1],
	['content-filter', 'content-filter', 1],
	['context-length', 'context-length', 1],
	['401', 'authentication', 1],
	['403', 'permission', 1],
	['404', 'model-not-found', 1],
];

const FAULTS = ROWS.map(([fault, kind, calls, waitMs = 0]) => ({ fault, kind, calls, waitMs }));

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => {
	await runtime().close();
	await sandbox.close();
});
beforeEach(() => {
	sandbox.reset();
	runtime().state.clear();
});

const request: ChatRequest = {
	messages: [{ role: 'user', content: 'What is the capital of France?' }],
	outputFormat: 'text',
};

function candidateOf({ provider, path, key }: VendorCase, modelId: string): VendorCandidate {
	return {
		kind: 'vendor',
		id: `${provider}/${modelId}`,
		provider,
		modelId,
		settings: {},
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

const impatient: Partial<Plan> = {
	attemptTimeoutMs: 400,
	deadlineMs: 20_000,
	retry: { maxRetries: 1, maxAttempts: 8, baseDelayMs: 10, maxDelayMs: 20 },
};

function startRun(): Run {
	const { signal } = new AbortController();
	setMaxListeners(0, signal);
	return { runtime: runtime(), signal };
}

/** The trail must be the vendor's log, call by call. */
async function expectTrailToBeTheLog({ attempts }: Trace): Promise<void> {
	// The vendor's side notices a moment later that nobody listens any more.
	await new Promise((resolve) => setTimeout(resolve, 20));
	const calls = sandbox.calls();
	expect(attempts.map(({ model }) => model.slice(model.indexOf('/') + 1))).toEqual(
		calls.map(({ model }) => model),
	);
	for (const [index, { outcome, status }] of attempts.entries()) {
		const call = calls[index];
		if (outcome === 'ok') expect(call?.status).toBe(200);
		if (status !== undefined) expect(status).toBe(call?.status);
		if (outcome === 'timeout') expect(call?.aborted).toBe(true);
	}
}

describe.each(VENDORS)('$provider', (vendor) => {
	test.each(FAULTS)('$fault is $kind after $calls calls', async (row) => {
		const { fault, kind, calls, waitMs } = row;
		const model = `${vendor.model}--fault-${fault}`;
		const startedAtMs = Date.now();
		const error: EngineError = await executeChat(
			request,
			planOf([candidateOf(vendor, model)], impatient),
			startRun(),
		).then(
			() => {
				throw new Error('It answered');
			},
			(thrown: EngineError) => thrown,
		);
		expect(error.trace?.attempts.map(({ outcome }) => outcome)).toEqual(
			Array.from({ length: calls }, () => kind),
		);
		await expectTrailToBeTheLog(error.trace as Trace);
		expect(Date.now() - startedAtMs).toBeGreaterThanOrEqual(waitMs - 50);
		expect(JSON.stringify([error.message, error.advice, error.trace])).not.toContain(vendor.key);
	});

	test('a fault that passes is survived by the same model', async () => {
		const model = `${vendor.model}--fault-500--times-1`;
		const { trace, response } = await executeChat(
			request,
			planOf([candidateOf(vendor, model)], impatient),
			startRun(),
		);
		expect(response.text).not.toBe('');
		expect(trace.attempts.map(({ outcome }) => outcome)).toEqual(['server', 'ok']);
		await expectTrailToBeTheLog(trace);
	});

	test('an answer cut at the output limit is told so, and is a failure where JSON is asked', async () => {
		const plan = planOf([candidateOf(vendor, `${vendor.model}--fault-length`)], impatient);
		const { trace, response } = await executeChat(request, plan, startRun());
		expect(response.finishReason.unified).toBe('length');
		expect(trace.warnings.join(' ')).toContain('cut at the output limit');
		const error: EngineError = await executeChat(
			{ ...request, outputFormat: 'json' },
			plan,
			startRun(),
		).then(
			() => undefined as never,
			(thrown) => thrown,
		);
		expect(error.trace?.attempts.map(({ outcome }) => outcome)).toEqual(['truncated']);
	});

	test('a wrong key is an authentication failure that names no key', async () => {
		const candidate = candidateOf(vendor, vendor.model);
		const wrong = apiKeyOf('sk-wrong-0123456789');
		const plan = planOf(
			[{ ...candidate, connection: { ...candidate.connection, keys: [wrong] } }],
			impatient,
		);
		const error: EngineError = await executeChat(request, plan, startRun()).then(
			() => undefined as never,
			(thrown) => thrown,
		);
		expect(error.trace?.attempts.map(({ outcome }) => outcome)).toEqual(['authentication']);
		expect(JSON.stringify([error.message, error.trace])).not.toContain('sk-wrong-0123456789');
	});
});

test('an error inside a 200 is a failure and not an answer', async () => {
	for (const vendor of VENDORS) {
		sandbox.reset();
		const plan = planOf([candidateOf(vendor, `${vendor.model}--fault-200-error`)], impatient);
		const error: EngineError = await executeChat(request, plan, startRun()).then(
			() => undefined as never,
			(thrown) => thrown,
		);
		expect(['server', 'overloaded', 'malformed-response']).toContain(
			error.trace?.attempts[0]?.outcome,
		);
		await expectTrailToBeTheLog(error.trace as Trace);
	}
});

test('falls over the vendors in order, and every call is in the trail', async () => {
	const [openai, anthropic, google] = VENDORS;
	const plan = planOf(
		[
			candidateOf(openai, `${openai.model}--fault-503`),
			candidateOf(anthropic, `${anthropic.model}--fault-hang`),
			candidateOf(google, google.model),
		],
		impatient,
	);
	const { answeredBy, trace } = await executeChat(request, plan, startRun());
	expect(answeredBy).toBe('google/gemini-1.5-flash');
	expect(trace.attempts.map(({ outcome }) => outcome)).toEqual([
		'overloaded',
		'overloaded',
		'timeout',
		'ok',
	]);
	await expectTrailToBeTheLog(trace);
});

test('1,000 identical requests make one call', async () => {
	const [openai] = VENDORS;
	const plan = planOf([candidateOf(openai, openai.model)], {
		cache: { mode: 'exact', ttlMs: 60_000, scope: 'test', refresh: false },
	});
	const run = startRun();
	const results = await Promise.all(
		Array.from({ length: 1000 }, async () => await executeChat(request, plan, run)),
	);
	expect(sandbox.calls()).toHaveLength(1);
	expect(new Set(results.map(({ response }) => response.text)).size).toBe(1);
});

test('a stop ends the open call within 100 ms and makes no further one', async () => {
	const [openai] = VENDORS;
	const stop = new AbortController();
	const plan = planOf([candidateOf(openai, `${openai.model}--fault-hang`)], { deadlineMs: 60_000 });
	const work = executeChat(request, plan, { ...startRun(), signal: stop.signal }).catch(
		(error: EngineError) => error,
	);
	while (sandbox.calls().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
	const stoppedAtMs = Date.now();
	stop.abort(new Error('stopped'));
	expect(((await work) as EngineError).code).toBe('CANCELLED');
	expect(Date.now() - stoppedAtMs).toBeLessThan(100);
	await new Promise((resolve) => setTimeout(resolve, 50));
	expect(sandbox.calls()).toHaveLength(1);
	expect(sandbox.calls()[0]?.aborted).toBe(true);
});
