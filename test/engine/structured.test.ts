/** Structured output over real HTTP: repaired, handed on, or refused, and what the vendor saw of it. */
import {
	apiKeyOf,
	executeChat,
	schemaFromExample,
	type ChatRequest,
	type EngineError,
	type Plan,
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
		model: 'claude-haiku-4-5-20251001',
		key: DEFAULT_API_KEYS.anthropic[0],
	},
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
] as const;
type Vendor = (typeof VENDORS)[number];
const [OPENAI, ANTHROPIC] = VENDORS;
const DEAR = VENDORS[4];

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
	messages: [{ role: 'user', content: 'Name a city and its river' }],
	outputFormat: 'json',
	jsonSchema: schemaFromExample({ city: 'Paris', river: 'Seine' }),
};
const DOCUMENT = { city: expect.any(String) as string, river: expect.any(String) as string };
const MISFIT =
	'The JSON does not fit the schema at the top level: "city" is missing, got "unasked"';

function candidateOf({ provider, path, model, key }: Vendor, suffix = ''): VendorCandidate {
	return {
		kind: 'vendor',
		id: `${provider}/${model}${suffix}`,
		provider,
		modelId: `${model}${suffix}`,
		settings: {},
		limits: {},
		price:
			provider === 'openaiCompatible'
				? { inputPriceUsd: 50, outputPriceUsd: 50 }
				: { inputPriceUsd: 1, outputPriceUsd: 2 },
		weight: 1,
		connection: {
			provider,
			baseUrl: `${sandbox.url}/${path}`,
			keys: [apiKeyOf(key)],
			identity: `${provider} in the sandbox`,
		},
	};
}

async function answer(candidates: readonly VendorCandidate[], changes: Partial<Plan> = {}) {
	const plan = planOf(candidates, {
		retry: { maxRetries: 0, maxAttempts: 8, baseDelayMs: 1, maxDelayMs: 1 },
		...changes,
	});
	const { signal } = new AbortController();
	return await executeChat(request, plan, { runtime: runtime(), signal });
}

/** The trail must be the vendor's log, and its cost what the calls cost. */
function expectTrailToBeTheLog({ attempts, costUsd }: Trace): void {
	const logged = sandbox.calls().map(({ model, status }) => ({ model, status }));
	expect(attempts.map(({ model }) => model.slice(model.indexOf('/') + 1))).toEqual(
		logged.map(({ model }) => model),
	);
	expect(logged.every(({ status }) => status === 200)).toBe(true);
	const costs = attempts.map((attempt) => attempt.costUsd ?? NaN);
	expect(costs.every((cost) => cost > 0)).toBe(true);
	expect(costUsd).toBeCloseTo(
		costs.reduce((sum, cost) => sum + cost, 0),
		10,
	);
}

describe.each(VENDORS)('$provider/$model', (vendor) => {
	test('gives the object at once', async () => {
		const { response, trace } = await answer([candidateOf(vendor)]);
		expect(response.data).toEqual(DOCUMENT);
		expect(JSON.parse(response.text)).toEqual(response.data);
		expect(trace.attempts).toHaveLength(1);
		expectTrailToBeTheLog(trace);
	});

	test('repairs what does not fit in a second call', async () => {
		const { response, answeredBy, trace } = await answer([
			candidateOf(vendor, '--fault-wrong-json--times-1'),
			candidateOf(DEAR),
		]);
		expect(response.data).toEqual(DOCUMENT);
		expect(answeredBy).toBe(`${vendor.provider}/${vendor.model}--fault-wrong-json--times-1`);
		expect(trace.attempts).toMatchObject([
			{ outcome: 'schema-mismatch', message: MISFIT },
			{ outcome: 'ok', purpose: 'repair' },
		]);
		expectTrailToBeTheLog(trace);
	});
});

test('the next candidate answers when the repair fails too', async () => {
	const { response, answeredBy, trace } = await answer([
		candidateOf(OPENAI, '--fault-wrong-json'),
		candidateOf(ANTHROPIC),
	]);
	expect(answeredBy).toBe(`anthropic/${ANTHROPIC.model}`);
	expect(response.data).toEqual(DOCUMENT);
	expect(trace.attempts.map(({ outcome, purpose }) => [outcome, purpose])).toEqual([
		['schema-mismatch', undefined],
		['schema-mismatch', 'repair'],
		['ok', undefined],
	]);
	expectTrailToBeTheLog(trace);
});

test('the cheapest model repairs where the builder wants it', async () => {
	const { answeredBy, trace } = await answer(
		[candidateOf(DEAR, '--fault-wrong-json'), candidateOf(OPENAI)],
		{ jsonRepair: 'cheapest' },
	);
	expect(answeredBy).toBe(`openai/${OPENAI.model}`);
	expect(trace.attempts.map(({ model, purpose }) => [model, purpose])).toEqual([
		[`openaiCompatible/${DEAR.model}--fault-wrong-json`, undefined],
		[`openai/${OPENAI.model}`, 'repair'],
	]);
	expectTrailToBeTheLog(trace);
});

test('off: nothing is repaired, the next candidate answers', async () => {
	const { trace } = await answer(
		[candidateOf(OPENAI, '--fault-wrong-json--times-1'), candidateOf(ANTHROPIC)],
		{ jsonRepair: 'off' },
	);
	expect(trace.attempts.map(({ outcome }) => outcome)).toEqual(['schema-mismatch', 'ok']);
	expectTrailToBeTheLog(trace);
});

test('an item that nobody gets right says what every answer had wrong', async () => {
	const error: EngineError = await answer([candidateOf(OPENAI, '--fault-wrong-json')]).then(
		() => undefined as never,
		(thrown: EngineError) => thrown,
	);
	expect(error.code).toBe('ALL_CANDIDATES_FAILED');
	expect(error.message).toBe(
		`openai/${OPENAI.model}--fault-wrong-json gave no answer: openai/${OPENAI.model}--fault-wrong-json: schema-mismatch, 200, 2 attempts (${MISFIT})`,
	);
	expectTrailToBeTheLog(error.trace as Trace);
});

test('the model is told what was wrong, in the conversation that it had', async () => {
	sandbox.setFault({ promptIncludes: '"city" is missing, got "unasked"' }, '503');
	const error: EngineError = await answer([
		candidateOf(OPENAI, '--fault-wrong-json--times-1'),
	]).then(
		() => undefined as never,
		(thrown: EngineError) => thrown,
	);
	expect(error.trace?.attempts.map(({ outcome }) => outcome)).toEqual([
		'schema-mismatch',
		'overloaded',
	]);
});
