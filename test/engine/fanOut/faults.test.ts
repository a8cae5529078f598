/**
 * A panel of five models of four vendors over real HTTP, while some of them misbehave: no branch is
 * lost, no call is hidden, and nobody waits longer than for the slowest branch that is needed.
 */
import '../../support/timed';
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import {
	apiKeyOf,
	fanOut,
	fanOutSchema,
	type Branch,
	type EngineError,
	type FanOutPolicy,
	type FanOutResult,
	type FanOutRun,
	type ProviderId,
} from '../../../engine/index';
import { runtime } from '../../../nodes/shared/runtime';
import {
	DEFAULT_API_KEYS,
	recordedQuestions,
	startSandbox,
	type Sandbox,
} from '../../sandbox/index';
import { ask, planOf } from '../../support/scriptedEngine';

const PANEL = [
	{ provider: 'openai', path: 'openai/v1', model: 'gpt-4o-mini' },
	{ provider: 'anthropic', path: 'anthropic/v1', model: 'claude-3-5-haiku-20241022' },
	{ provider: 'google', path: 'google/v1beta', model: 'gemini-1.5-flash' },
	{ provider: 'openaiCompatible', path: 'compatible/v1', model: 'deepseek-v2.5-0908' },
	{ provider: 'openaiCompatible', path: 'compatible/v1', model: 'llama-3.1-70b-instruct' },
] as const satisfies ReadonlyArray<{ provider: ProviderId; path: string; model: string }>;

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
	// The first call of a process loads the vendors' code.
	await panel({}, ['', '', '', '', '']);
}, 60_000);
afterAll(async () => {
	await runtime().close();
	await sandbox.close();
});
beforeEach(() => {
	sandbox.reset();
	runtime().state.clear();
});

const [question = { question: '', truth: '' }] = recordedQuestions('numeric');

/** The panel with a suffix for each model: how it misbehaves or how long it takes. */
function branchesOf(suffixes: readonly string[], attemptTimeoutMs: number): Branch[] {
	return PANEL.map(({ provider, path, model }, index) => {
		const modelId = `${model}${suffixes[index] ?? ''}`;
		const vendor = provider === 'openaiCompatible' ? 'compatible' : provider;
		return {
			kind: 'text',
			label: model,
			request: ask(question.question),
			plan: planOf(
				[
					{
						kind: 'vendor',
						id: `${provider}/${modelId}`,
						provider,
						modelId,
						settings: {},
						limits: {},
						price: { inputPriceUsd: 1, outputPriceUsd: 2 },
						weight: 1,
						connection: {
							provider,
							baseUrl: `${sandbox.url}/${path}`,
							keys: [apiKeyOf(DEFAULT_API_KEYS[vendor][0])],
							identity: provider,
						},
					},
				],
				{
					attemptTimeoutMs,
					retry: { maxRetries: 0, maxAttempts: 8, baseDelayMs: 1, maxDelayMs: 1 },
				},
			),
		};
	});
}

function startRun(stop = new AbortController(), deadlineMs = 20_000): FanOutRun {
	setMaxListeners(0, stop.signal);
	return {
		runtime: runtime(),
		signal: stop.signal,
		deadlineMs,
		seed: 'item',
		gate: async (work) => await work(),
	};
}

async function panel(
	policy: Partial<FanOutPolicy>,
	suffixes: readonly string[],
	{ run = startRun(), attemptTimeoutMs = 15_000 } = {},
): Promise<FanOutResult> {
	return await fanOut(branchesOf(suffixes, attemptTimeoutMs), fanOutSchema.parse(policy), run);
}

const statusesOf = ({ results }: FanOutResult) => results.map(({ status }) => status);

/** Every call that a vendor saw is in exactly one branch, and no branch tells of others. */
async function expectTrailToBeTheLog({ results }: FanOutResult): Promise<void> {
	// The vendor's side notices a moment later that nobody listens any more.
	await delay(30);
	const calls = sandbox.calls();
	const attempts = results.flatMap((branch) => branch.attempts);
	const modelId = (id: string) => id.slice(id.indexOf('/') + 1);
	expect(attempts.map(({ model }) => modelId(model)).sort()).toEqual(
		calls.map(({ model = '' }) => model).sort(),
	);
	for (const { model, outcome } of attempts) {
		const call = calls.find((one) => one.model === modelId(model));
		expect({ model, aborted: call?.aborted }).toEqual({
			model,
			aborted: ['aborted', 'timeout'].includes(outcome),
		});
	}
}

/** How long the vendor of a branch took, by its own log. */
function vendorTookMs(index: number): number {
	const model = PANEL[index]?.model ?? '';
	const call = sandbox.calls().find((one) => one.model?.startsWith(model));
	return (call?.endedAtMs ?? Infinity) - (call?.startedAtMs ?? 0);
}

const withinFivePercent = (tookMs: number, neededMs: number) =>
	expect(tookMs).toBeLessThanOrEqual(neededMs * 1.05);

test.each([
	{ fault: 'hang', kind: 'timeout' },
	{ fault: 'hang-body', kind: 'timeout' },
	{ fault: 'reset-mid-body', kind: 'network' },
	{ fault: 'truncated-json', kind: 'malformed-response' },
	{ fault: 'wrong-content-type', kind: 'malformed-response' },
	{ fault: '500', kind: 'server' },
])('a branch with $fault takes nobody with it', async ({ fault, kind }) => {
	const suffixes = ['', `--fault-${fault}`, '', '', ''];
	const result = await panel({}, suffixes, { attemptTimeoutMs: 500 });
	expect(statusesOf(result)).toEqual(['ok', 'failed', 'ok', 'ok', 'ok']);
	expect(result.results[1]).toMatchObject({ failure: { kind }, attempts: [{ outcome: kind }] });
	expect(result).toMatchObject({ succeeded: 4, failed: 1 });
	await expectTrailToBeTheLog(result);
});

test('all of the panel takes as long as its slowest branch', async () => {
	const suffixes = ['--latency-2000', '--latency-200', '--latency-900', '', '--latency-1200'];
	const { latencyMs } = await panel({}, suffixes);
	withinFivePercent(latencyMs, vendorTookMs(0));
});

test('two of five fail: the others answer, and every call is in the trail', async () => {
	const suffixes = ['--fault-503', '', '--fault-reset-mid-body', '--latency-2000', ''];
	const result = await panel({}, suffixes);
	expect(statusesOf(result)).toEqual(['failed', 'ok', 'failed', 'ok', 'ok']);
	expect(result.results.map(({ label }) => label)).toEqual(PANEL.map(({ model }) => model));
	// A reply that broke off may have been billed: nobody says.
	expect(result.costUsd).toBeUndefined();
	withinFivePercent(result.latencyMs, vendorTookMs(3));
	await expectTrailToBeTheLog(result);
});

test('the first answer ends the others within 100 ms, and their calls are not hidden', async () => {
	const suffixes = ['--fault-hang', '--latency-2000', '--latency-5000', '--fault-500', ''];
	sandbox.setLatency({ model: 'llama-3.1-70b-instruct' }, 3_000);
	const result = await panel({ waitFor: 'first' }, suffixes);
	expect(statusesOf(result)).toEqual(['aborted', 'ok', 'aborted', 'failed', 'aborted']);
	withinFivePercent(result.latencyMs, vendorTookMs(1));
	expect(result.costUsd).toBeUndefined();
	await expectTrailToBeTheLog(result);
	const endedAtMs = sandbox.calls().map((call) => call.endedAtMs ?? Infinity);
	const answeredAtMs = sandbox.calls().find(({ status }) => status === 200)?.endedAtMs ?? 0;
	expect(Math.max(...endedAtMs) - answeredAtMs).toBeLessThan(100);
});

test('a quorum waits for its slowest answer and for nobody else', async () => {
	const suffixes = ['--fault-hang', '--latency-600', '--latency-2000', '--latency-5000', ''];
	const result = await panel({ waitFor: 'quorum', quorum: 3 }, suffixes);
	expect(statusesOf(result)).toEqual(['aborted', 'ok', 'ok', 'aborted', 'ok']);
	withinFivePercent(result.latencyMs, vendorTookMs(2));
	await expectTrailToBeTheLog(result);
});

test('agreement asks a model in the place of one that broke, and no more than are needed', async () => {
	const suffixes = ['', '--fault-truncated-json', '', '--latency-1000', ''];
	const result = await panel({ waitFor: 'agreement' }, suffixes);
	expect(statusesOf(result).slice(0, 4)).toEqual(['ok', 'failed', 'ok', 'ok']);
	await expectTrailToBeTheLog(result);
});

test('what is there at the deadline is used, and the deadline is kept', async () => {
	const suffixes = ['', '--fault-hang', '--fault-slow-drip', '', '--latency-9000'];
	const result = await panel({}, suffixes, { run: startRun(undefined, 2_000) });
	expect(statusesOf(result)).toEqual(['ok', 'failed', 'failed', 'ok', 'failed']);
	withinFivePercent(result.latencyMs, 2_000);
	for (const index of [1, 2, 4]) {
		expect(result.results[index]).toMatchObject({
			failure: { kind: 'timeout', message: 'No answer within the deadline of 2 s' },
			attempts: [{ outcome: 'aborted', message: 'No answer within the deadline of 2 s' }],
		});
	}
	await expectTrailToBeTheLog(result);
});

test('fewer answers than needed at the deadline are an error that names each branch', async () => {
	const suffixes = ['', '--fault-hang', '--fault-500', '', '--fault-truncated-json'];
	const error = await panel({ minAnswers: 3 }, suffixes, { run: startRun(undefined, 800) }).then(
		() => undefined as never,
		(thrown: EngineError) => thrown,
	);
	expect(error.message).toContain('2 of 5 branches answered, 3 needed');
	expect(error.message).toContain('claude-3-5-haiku-20241022: No answer within the deadline');
	expect(error.message).toContain('gemini-1.5-flash: google/gemini-1.5-flash--fault-500');
	expect(error.message).toContain('llama-3.1-70b-instruct: openaiCompatible/');
	expect(error.trace?.attempts).toHaveLength(5);
});

test('a stop ends all open calls within 100 ms and makes no further one', async () => {
	const stop = new AbortController();
	const hang = PANEL.map(() => '--fault-hang');
	const work = panel({}, hang, { run: startRun(stop) }).catch((error: EngineError) => error);
	while (sandbox.calls().length < PANEL.length) await delay(5);
	const stoppedAtMs = Date.now();
	stop.abort(new Error('stopped'));
	const error = (await work) as EngineError;
	expect(Date.now() - stoppedAtMs).toBeLessThan(100);
	expect(error.code).toBe('CANCELLED');
	expect(error.trace?.attempts.map(({ outcome }) => outcome)).toEqual(hang.map(() => 'aborted'));
	await delay(50);
	expect(sandbox.calls()).toHaveLength(PANEL.length);
	expect(sandbox.calls().every(({ aborted }) => aborted)).toBe(true);
});
