/** Each setting in the vendor's own words, as the sandbox takes them; or a warning that it is lost. */
import {
	apiKeyOf,
	createEngineState,
	createRuntime,
	executeChat,
	type ModelSettings,
	type ProviderId,
	type Run,
} from '../../../engine/index';
import { createTransport, providers } from '../../../engine/vendors';
import type { JsonObject } from '../../../engine/spec/json';
import type { WatchedFetch } from '../../../engine/spec/transport';
import { DEFAULT_API_KEYS, startSandbox, type Sandbox } from '../../sandbox/index';
import { createFakeClock } from '../../support/fakeClock';
import { ask, planOf } from '../../support/scriptedEngine';

interface Vendor {
	readonly path: string;
	readonly key: string;
}
const VENDORS: Readonly<Record<ProviderId, Vendor>> = {
	openai: { path: 'openai/v1', key: DEFAULT_API_KEYS.openai[0] },
	anthropic: { path: 'anthropic/v1', key: DEFAULT_API_KEYS.anthropic[0] },
	google: { path: 'google/v1beta', key: DEFAULT_API_KEYS.google[0] },
	openaiCompatible: { path: 'compatible/v1', key: DEFAULT_API_KEYS.compatible[0] },
	local: { path: 'local/v1', key: '' },
};

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => {
	await sandbox.close();
});

interface Sent {
	/** Of the request, after the vendor's base URL. */
	readonly path: string;
	readonly body: JsonObject;
	readonly warnings: readonly string[];
}

/** Asks a model of the sandbox, and tells what went over the wire. */
async function send(id: string, settings: ModelSettings): Promise<Sent> {
	const [provider, modelId] = id.split('/') as [ProviderId, string];
	const baseUrl = `${sandbox.url}/${VENDORS[provider].path}`;
	const sent: Array<Pick<Sent, 'path' | 'body'>> = [];
	const watching: WatchedFetch = async (input, init) => {
		const path = String(input).slice(baseUrl.length);
		sent.push({ path, body: JSON.parse(String(init?.body)) as JsonObject });
		return await fetch(input, init);
	};
	const runtime = createRuntime({
		state: createEngineState(),
		clock: createFakeClock(),
		random: () => 0.5,
		loadVendors: async () => ({
			providers,
			createTransport: (options) => ({ ...createTransport(options), fetch: watching }),
		}),
	});
	const run: Run = { runtime, signal: new AbortController().signal };
	const keys = VENDORS[provider].key === '' ? [] : [apiKeyOf(VENDORS[provider].key)];
	const plan = planOf([
		{
			kind: 'vendor',
			id,
			provider,
			modelId,
			settings,
			limits: {},
			price: {},
			weight: 1,
			connection: { provider, baseUrl, keys, identity: 'test' },
		},
	]);
	try {
		const { trace } = await executeChat(ask(), plan, run);
		const [only] = sent;
		if (only === undefined || sent.length > 1) throw new Error(`${sent.length} requests`);
		const own = trace.warnings.filter((warning) => !warning.startsWith('No price'));
		return { ...only, warnings: own.map((warning) => warning.replace(`${id}: `, '')) };
	} finally {
		await runtime.close();
	}
}

const PLAIN = 'openai/gpt-4o-mini';
const REASONING = 'openai/gpt-6-luna';
const CLAUDE = 'anthropic/claude-sonnet-4-5';
const NEW_CLAUDE = 'anthropic/claude-haiku-5-5';
const OLD_CLAUDE = 'anthropic/claude-3-5-haiku-20241022';
const GEMINI = 'google/gemini-2.5-flash';
const NEW_GEMINI = 'google/gemini-3.8-flash';
const OLD_GEMINI = 'google/gemini-1.5-flash';
const OTHER = 'openaiCompatible/deepseek-v3';

interface Case {
	readonly id: string;
	readonly settings: ModelSettings;
	readonly path?: string;
	/** Members that the request has. */
	readonly body?: JsonObject;
	/** Members that it has not. */
	readonly without?: readonly string[];
	readonly warnings?: readonly string[];
}

const STOP = { stop: ['END', 'STOP'] };
const leftOut = (setting: string, model: string) =>
	`"${setting}" is not supported by ${model} and was left out`;

const CASES: readonly Case[] = [
	{ id: PLAIN, settings: STOP, path: '/chat/completions', body: STOP },
	{
		id: REASONING,
		settings: STOP,
		path: '/responses',
		without: ['stop'],
		warnings: [leftOut('stop', 'gpt-6-luna')],
	},
	{ id: CLAUDE, settings: STOP, path: '/messages', body: { stop_sequences: STOP.stop } },
	{ id: GEMINI, settings: STOP, body: { generationConfig: { stopSequences: STOP.stop } } },
	{ id: OTHER, settings: STOP, path: '/chat/completions', body: STOP },

	{ id: PLAIN, settings: { seed: 7 }, path: '/chat/completions', body: { seed: 7 } },
	{ id: REASONING, settings: { seed: 7 }, path: '/chat/completions', body: { seed: 7 } },
	{
		id: CLAUDE,
		settings: { seed: 7 },
		without: ['seed'],
		warnings: ['"seed" is not supported and was left out'],
	},
	{ id: GEMINI, settings: { seed: 7 }, body: { generationConfig: { seed: 7 } } },
	{ id: OTHER, settings: { seed: 7 }, body: { seed: 7 } },

	{ id: PLAIN, settings: { topP: 0.5 }, path: '/responses', body: { top_p: 0.5 } },
	{
		id: REASONING,
		settings: { topP: 0.5 },
		without: ['top_p'],
		warnings: [expect.stringMatching(/^"topP" is not supported and was left out/) as string],
	},
	{ id: CLAUDE, settings: { topP: 0.5 }, body: { top_p: 0.5 } },
	{
		id: NEW_CLAUDE,
		settings: { topP: 0.5 },
		without: ['top_p'],
		warnings: [expect.stringMatching(/^"topP" is not supported and was left out/) as string],
	},
	{ id: GEMINI, settings: { topP: 0.5 }, body: { generationConfig: { topP: 0.5 } } },
	{ id: OTHER, settings: { topP: 0.5 }, body: { top_p: 0.5 } },

	{ id: PLAIN, settings: { temperature: 0.3 }, body: { temperature: 0.3 } },
	{ id: CLAUDE, settings: { temperature: 0.3 }, body: { temperature: 0.3 } },
	{ id: GEMINI, settings: { temperature: 0.3 }, body: { generationConfig: { temperature: 0.3 } } },
	{ id: OTHER, settings: { temperature: 0.3 }, body: { temperature: 0.3 } },

	{
		id: REASONING,
		settings: { reasoningEffort: 'high' },
		path: '/responses',
		body: { reasoning: { effort: 'high' } },
	},
	{
		id: REASONING,
		settings: { reasoningEffort: 'high', seed: 7 },
		path: '/chat/completions',
		body: { reasoning_effort: 'high', seed: 7 },
	},
	{
		id: PLAIN,
		settings: { reasoningEffort: 'high' },
		without: ['reasoning'],
		warnings: [leftOut('reasoningEffort', 'gpt-4o-mini')],
	},
	{ id: PLAIN, settings: { reasoningEffort: 'none' }, without: ['reasoning'] },
	{
		id: NEW_CLAUDE,
		settings: { reasoningEffort: 'low' },
		body: { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } },
	},
	{ id: CLAUDE, settings: { reasoningEffort: 'none' }, body: { thinking: { type: 'disabled' } } },
	{
		id: OLD_CLAUDE,
		settings: { reasoningEffort: 'high' },
		without: ['thinking'],
		warnings: [leftOut('reasoningEffort', 'claude-3-5-haiku-20241022')],
	},
	{
		id: GEMINI,
		settings: { reasoningEffort: 'none' },
		body: { generationConfig: { thinkingConfig: { thinkingBudget: 0 } } },
	},
	{
		id: NEW_GEMINI,
		settings: { reasoningEffort: 'high' },
		body: { generationConfig: { thinkingConfig: { thinkingLevel: 'high' } } },
	},
	{
		id: OLD_GEMINI,
		settings: { reasoningEffort: 'high' },
		without: ['generationConfig.thinkingConfig'],
		warnings: [leftOut('reasoningEffort', 'gemini-1.5-flash')],
	},
	{ id: OTHER, settings: { reasoningEffort: 'low' }, body: { reasoning_effort: 'low' } },

	{ id: PLAIN, settings: { maxOutputTokens: 300 }, body: { max_output_tokens: 300 } },
	{ id: CLAUDE, settings: { maxOutputTokens: 300 }, body: { max_tokens: 300 } },
	{
		id: GEMINI,
		settings: { maxOutputTokens: 3000 },
		body: { generationConfig: { maxOutputTokens: 3000 } },
	},
	{ id: OTHER, settings: { maxOutputTokens: 300 }, body: { max_tokens: 300 } },

	{
		id: PLAIN,
		settings: { providerOptions: { user: 'me', metadata: { ticket: '7' } } },
		path: '/responses',
		body: { user: 'me', metadata: { ticket: '7' } },
	},
	{
		id: PLAIN,
		settings: { seed: 7, providerOptions: { service_tier: 'flex', logit_bias: { '50256': -100 } } },
		path: '/chat/completions',
		body: { service_tier: 'flex', logit_bias: { '50256': -100 } },
	},
	{
		id: REASONING,
		settings: { reasoningEffort: 'low', providerOptions: { reasoning: { summary: 'auto' } } },
		body: { reasoning: { effort: 'low', summary: 'auto' } },
	},
	{
		id: CLAUDE,
		settings: { providerOptions: { metadata: { user_id: 'u' }, top_k: 5 } },
		body: { metadata: { user_id: 'u' }, top_k: 5 },
	},
	{
		id: GEMINI,
		settings: {
			topP: 0.5,
			providerOptions: {
				generationConfig: { topK: 5 },
				safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_NONE' }],
			},
		},
		body: {
			generationConfig: { topP: 0.5, topK: 5 },
			safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_NONE' }],
		},
	},
	{
		id: OTHER,
		settings: { providerOptions: { user: 'me', repetition_penalty: 1.1 } },
		body: { user: 'me', repetition_penalty: 1.1 },
	},
	{
		id: OTHER,
		settings: { providerOptions: { model: 'other', stream: true, user: 'me' } },
		body: { model: 'deepseek-v3', user: 'me' },
		without: ['stream'],
		warnings: ['model', 'stream'].map(
			(word) => `"${word}" in Provider Options was left out: the node sets it`,
		),
	},
];

test.each(CASES.map((one) => ({ ...one, text: JSON.stringify(one.settings) })))(
	'$id is asked with $text',
	async ({ id, settings, path, body = {}, without = [], warnings = [] }) => {
		const sent = await send(id, settings);
		expect(sent.body).toMatchObject(body);
		for (const member of without) expect(sent.body).not.toHaveProperty(member);
		if (path !== undefined) expect(sent.path).toBe(path);
		expect(sent.warnings).toEqual(warnings);
	},
);

describe('the limit of the output', () => {
	test.each([
		{ reasoningEffort: 'high', maxOutputTokens: 20_000, budget: 16_000 },
		{ reasoningEffort: 'low', maxOutputTokens: 20_000, budget: 6_400 },
		{ reasoningEffort: 'low', maxOutputTokens: 1_280, budget: 1_024 },
	] as const)(
		'of Anthropic holds the thinking too: $maxOutputTokens, effort $reasoningEffort',
		async ({ budget, ...settings }) => {
			const { body, warnings } = await send(CLAUDE, settings);
			expect(body.max_tokens).toBe(settings.maxOutputTokens);
			expect(body.thinking).toEqual({ type: 'enabled', budget_tokens: budget });
			expect(warnings).toEqual([]);
		},
	);

	test('goes before an effort that it leaves no room for', async () => {
		const { body, warnings } = await send(CLAUDE, { reasoningEffort: 'low', maxOutputTokens: 300 });
		expect(body.max_tokens).toBe(300);
		expect(body).not.toHaveProperty('thinking');
		expect(warnings).toEqual([
			'"reasoningEffort" was left out: a Max Output Tokens of 300 leaves no room to think',
		]);
	});

	test('is the model’s own where the builder sets none, without a warning', async () => {
		const { body, warnings } = await send(CLAUDE, { reasoningEffort: 'high' });
		expect(body.max_tokens).toBe(64_000);
		expect(warnings).toEqual([]);
	});
});

test('a word that the vendor does not know is refused by it, not lost', async () => {
	await expect(send(PLAIN, { providerOptions: { made_up: 1 } })).rejects.toMatchObject({
		code: 'ALL_CANDIDATES_FAILED',
		message: expect.stringMatching(/invalid-request, 400.*made_up/),
	});
});
