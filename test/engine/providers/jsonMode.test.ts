/** How each vendor is asked for JSON, over real HTTP against the sandbox, which knows what they refuse. */
import {
	apiKeyOf,
	createEngineState,
	createRuntime,
	executeChat,
	type ChatRequest,
	type JsonSchema,
	type ProviderId,
	type VendorCandidate,
} from '../../../engine/index';
import { isStrictSchema } from '../../../engine/providers/strictSchema';
import * as vendors from '../../../engine/vendors';
import { DEFAULT_API_KEYS, startSandbox, type Sandbox } from '../../sandbox/index';
import { createFakeClock } from '../../support/fakeClock';
import { planOf } from '../../support/scriptedEngine';

const PATHS = {
	openai: { path: 'openai/v1', key: DEFAULT_API_KEYS.openai[0] },
	anthropic: { path: 'anthropic/v1', key: DEFAULT_API_KEYS.anthropic[0] },
	google: { path: 'google/v1beta', key: DEFAULT_API_KEYS.google[0] },
	openaiCompatible: { path: 'compatible/v1', key: DEFAULT_API_KEYS.compatible[0] },
	local: { path: 'local/v1', key: '' },
} as const;

const CITY: JsonSchema = {
	type: 'object',
	properties: { city: { type: 'string' } },
	required: ['city'],
	additionalProperties: false,
};
const OPTIONAL: JsonSchema = { ...CITY, required: [] };
const LIST: JsonSchema = { type: 'array', items: CITY };
const BESIDE_REFERENCE: JsonSchema = {
	type: 'object',
	$defs: { city: { type: 'string' } },
	properties: { city: { $ref: '#/$defs/city', description: 'Where' } },
	required: ['city'],
};

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

interface Asked {
	readonly provider: ProviderId;
	readonly model: string;
	readonly schema?: JsonSchema;
	/** Another vendor's endpoint, behind a gateway of this dialect. */
	readonly behind?: ProviderId;
}

/** Asks for JSON and gives what went over the wire, call by call. */
async function ask({ provider, model, schema, behind }: Asked, runtime = newRuntime()) {
	const { path, key } = PATHS[behind ?? provider];
	const candidate: VendorCandidate = {
		kind: 'vendor',
		id: `${provider}/${model}`,
		provider,
		modelId: model,
		settings: { maxOutputTokens: 4_000 },
		limits: {},
		price: { inputPriceUsd: 1, outputPriceUsd: 2 },
		weight: 1,
		connection: {
			provider,
			baseUrl: `${sandbox.url}/${path}`,
			keys: key === '' ? [] : [apiKeyOf(key)],
			identity: provider,
		},
	};
	const request: ChatRequest = {
		messages: [{ role: 'user', content: 'Name a city' }],
		outputFormat: 'json',
		...(schema === undefined ? {} : { jsonSchema: schema }),
	};
	const plan = planOf([candidate], {
		retry: { maxRetries: 0, maxAttempts: 3, baseDelayMs: 1, maxDelayMs: 1 },
		jsonRepair: 'off',
	});
	const { signal } = new AbortController();
	const before = runtime.bodies.length;
	const result = await executeChat(request, plan, { runtime: runtime.engine, signal }).catch(
		(error: Error) => error,
	);
	return { result, bodies: runtime.bodies.slice(before) };
}

function newRuntime() {
	const bodies: Record<string, unknown>[] = [];
	const engine = createRuntime({
		state: createEngineState(),
		clock: createFakeClock(),
		random: () => 0.5,
		loadVendors: async () => ({
			...vendors,
			createTransport: (options) => {
				const transport = vendors.createTransport(options);
				return {
					...transport,
					fetch: async (input, init, watch) => {
						bodies.push(JSON.parse(String(init?.body)) as Record<string, unknown>);
						return await transport.fetch(input, init, watch);
					},
				};
			},
		}),
	});
	return { engine, bodies };
}

const saysIt = (body: unknown) => JSON.stringify(body).includes('Answer with one JSON document');

test.each<Asked & { what: string; sent: object; inWords: boolean }>([
	{
		what: 'OpenAI, a closed schema: strict mode',
		provider: 'openai',
		model: 'gpt-4o-mini',
		schema: CITY,
		sent: { text: { format: { type: 'json_schema', strict: true, schema: CITY } } },
		inWords: false,
	},
	{
		what: 'OpenAI, an optional field: the schema without strict mode, and in words',
		provider: 'openai',
		model: 'gpt-4o-mini',
		schema: OPTIONAL,
		sent: { text: { format: { type: 'json_schema', strict: false, schema: OPTIONAL } } },
		inWords: true,
	},
	{
		what: 'OpenAI, a model without schemas: JSON mode',
		provider: 'openai',
		model: 'gpt-4-turbo',
		schema: CITY,
		sent: { text: { format: { type: 'json_object' } } },
		inWords: true,
	},
	{
		what: 'OpenAI, no schema: JSON mode',
		provider: 'openai',
		model: 'gpt-4o-mini',
		sent: { text: { format: { type: 'json_object' } } },
		inWords: true,
	},
	{
		what: 'Anthropic, a model with native schemas',
		provider: 'anthropic',
		model: 'claude-haiku-4-5-20251001',
		schema: CITY,
		sent: { output_config: { format: { type: 'json_schema', schema: CITY } } },
		inWords: false,
	},
	{
		what: 'Anthropic, an older model: a tool that has to be used',
		provider: 'anthropic',
		model: 'claude-3-5-haiku-20241022',
		schema: CITY,
		sent: { tools: [{ name: 'json', input_schema: CITY }], tool_choice: { type: 'any' } },
		inWords: false,
	},
	{
		what: 'Gemini',
		provider: 'google',
		model: 'gemini-2.5-flash',
		schema: CITY,
		sent: {
			generationConfig: { responseMimeType: 'application/json', responseJsonSchema: CITY },
		},
		inWords: false,
	},
	{
		what: 'Gemini, a reference with a neighbour: JSON mode',
		provider: 'google',
		model: 'gemini-2.5-flash',
		schema: BESIDE_REFERENCE,
		sent: { generationConfig: { responseMimeType: 'application/json' } },
		inWords: true,
	},
	{
		what: 'a compatible server',
		provider: 'openaiCompatible',
		model: 'mistral-large-2411',
		schema: CITY,
		sent: {
			response_format: { type: 'json_schema', json_schema: { strict: true, schema: CITY } },
		},
		inWords: true,
	},
])('$what', async ({ sent, inWords, what: _, ...asked }) => {
	const { result, bodies } = await ask(asked);
	expect(bodies).toHaveLength(1);
	expect(bodies[0]).toMatchObject(sent);
	expect(saysIt(bodies[0])).toBe(inWords);
	expect(sandbox.calls()).toMatchObject([{ status: 200 }]);
	expect(result).toMatchObject({ trace: { warnings: [] } });
	// Told only that it is to be JSON, the sandbox does not read the schema in the prompt.
	if (JSON.stringify(sent).includes(JSON.stringify(asked.schema))) {
		expect(result).toMatchObject({ response: { data: { city: expect.any(String) as string } } });
	}
});

test.each<Asked & { what: string }>([
	{ what: 'a list from OpenAI', provider: 'openai', model: 'gpt-4o-mini', schema: LIST },
	{
		what: 'a list from Anthropic',
		provider: 'anthropic',
		model: 'claude-haiku-4-5-20251001',
		schema: LIST,
	},
	{ what: 'any JSON from Anthropic', provider: 'anthropic', model: 'claude-haiku-4-5-20251001' },
	{ what: 'any JSON from a local server', provider: 'local', model: 'llama3.2' },
	{
		what: 'names by a pattern from OpenAI, which its adapter cannot send',
		provider: 'openai',
		model: 'gpt-4o-mini',
		schema: { ...OPTIONAL, propertyNames: { maxLength: 9 } },
	},
])('in words alone: $what', async ({ what: _, ...asked }) => {
	const { bodies } = await ask(asked);
	expect(bodies.length).toBeGreaterThan(0);
	for (const body of bodies) {
		expect(saysIt(body)).toBe(true);
		for (const native of ['text', 'response_format', 'output_config', 'tools']) {
			expect(body).not.toHaveProperty(native);
		}
	}
});

describe('a server that refuses the form', () => {
	const refusing: Asked = {
		provider: 'openaiCompatible',
		behind: 'openai',
		model: 'gpt-4-turbo-2024-04-09',
		schema: CITY,
	};

	test('is asked in words at once, and the item is not lost', async () => {
		const { result, bodies } = await ask(refusing);
		expect(bodies[0]).toHaveProperty('response_format.type', 'json_schema');
		expect(bodies[1]).not.toHaveProperty('response_format');
		expect(saysIt(bodies[1])).toBe(true);
		expect(sandbox.calls().map(({ status }) => status)).toEqual([400, 200]);
		const attempts = 'trace' in result ? result.trace?.attempts : undefined;
		expect(attempts?.[0]).toMatchObject({ outcome: 'invalid-request', status: 400, costUsd: 0 });
	});

	test('is not sent it again for that schema', async () => {
		const runtime = newRuntime();
		await ask(refusing, runtime);
		const { bodies } = await ask(refusing, runtime);
		expect(bodies.every(saysIt)).toBe(true);
		expect(bodies.some((body) => 'response_format' in body)).toBe(false);
		const other = await ask({ ...refusing, schema: OPTIONAL }, runtime);
		expect(other.bodies[0]).toHaveProperty('response_format');
	});
});

test.each<[string, JsonSchema, boolean]>([
	['a closed object', CITY, true],
	['an open object', { ...CITY, additionalProperties: true }, false],
	['an optional field', OPTIONAL, false],
	['a list at the top', LIST, false],
	['alternatives at the top', { ...CITY, anyOf: [CITY] }, false],
	['an open object inside', { ...CITY, properties: { city: { type: 'object' } } }, false],
	['a keyword it does not know', { ...CITY, minProperties: 1 }, false],
	['a format it knows', { ...CITY, properties: { city: { format: 'email' } } }, true],
	['a format it does not know', { ...CITY, properties: { city: { format: 'uri' } } }, false],
	[
		'a property named like a keyword',
		{ ...CITY, properties: { not: {} }, required: ['not'] },
		true,
	],
	['a schema that refers to itself', { ...CITY, properties: { city: { $ref: '#' } } }, true],
])('strict mode and %s', (_what, schema, isStrict) => {
	expect(isStrictSchema(schema)).toBe(isStrict);
});
