import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type {
	JSONSchema7,
	LanguageModelV4,
	LanguageModelV4CallOptions,
	LanguageModelV4StreamPart,
} from '@ai-sdk/provider';
import { DEFAULT_API_KEYS, startSandbox, type Sandbox } from './index';
import { recordings } from './recorded/recordings';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

/** The providers that the engine uses, against the sandbox over real HTTP. */
const MODELS: Readonly<Record<string, (modelId: string) => LanguageModelV4>> = {
	'OpenAI Responses': (id) =>
		createOpenAI({
			baseURL: `${sandbox.url}/openai/v1`,
			apiKey: DEFAULT_API_KEYS.openai[0],
		}).responses(id),
	'OpenAI Chat': (id) =>
		createOpenAI({ baseURL: `${sandbox.url}/openai/v1`, apiKey: DEFAULT_API_KEYS.openai[0] }).chat(
			id,
		),
	Anthropic: (id) =>
		createAnthropic({
			baseURL: `${sandbox.url}/anthropic/v1`,
			apiKey: DEFAULT_API_KEYS.anthropic[0],
		})(id),
	Gemini: (id) =>
		createGoogleGenerativeAI({
			baseURL: `${sandbox.url}/google/v1beta`,
			apiKey: DEFAULT_API_KEYS.google[0],
		})(id),
	'OpenAI-compatible': (id) =>
		createOpenAICompatible({
			name: 'compatible',
			baseURL: `${sandbox.url}/compatible/v1`,
			apiKey: DEFAULT_API_KEYS.compatible[0],
			supportsStructuredOutputs: true,
			includeUsage: true,
		})(id),
};

const RECORDED: readonly (readonly [name: string, model: string])[] = [
	['OpenAI Responses', 'gpt-4o-mini-2024-07-18'],
	['OpenAI Chat', 'gpt-4o-mini-2024-07-18'],
	['Anthropic', 'claude-3-5-haiku-20241022'],
	['Gemini', 'gemini-1.5-flash'],
	['OpenAI-compatible', 'llama-3.1-8b-instruct'],
];

const first = recordings().find(({ kind }) => kind === 'numeric');
const question = first?.question ?? '';

function ask(
	prompt: string,
	options: Partial<LanguageModelV4CallOptions> = {},
): LanguageModelV4CallOptions {
	return { prompt: [{ role: 'user', content: [{ type: 'text', text: prompt }] }], ...options };
}

function modelOf(name: string, id: string): LanguageModelV4 {
	const create = MODELS[name];
	if (create === undefined) throw new Error(name);
	return create(id);
}

const SCHEMA: JSONSchema7 = {
	type: 'object',
	properties: { reasoning: { type: 'string' }, answer: { type: 'number' } },
	required: ['reasoning', 'answer'],
	additionalProperties: false,
};

describe.each(RECORDED)('%s', (name, id) => {
	test('reads a recorded answer with its model, its ending and its usage', async () => {
		const result = await modelOf(name, id).doGenerate(
			ask(question, { maxOutputTokens: 2000, temperature: 0.5 }),
		);
		const [text] = result.content.flatMap((part) => (part.type === 'text' ? [part.text] : []));
		expect(text).toContain('answer');
		expect(result.finishReason.unified).toBe('stop');
		expect(result.warnings).toEqual([]);
		const promptTokens = Math.ceil(question.length / 4) + 3;
		expect(result.usage.inputTokens.total).toBe(promptTokens);
		expect(result.usage.outputTokens.total).toBe(Math.ceil((text?.length ?? 0) / 4));
		expect(sandbox.calls()).toEqual([
			expect.objectContaining({ model: id, recordedModel: id, status: 200, aborted: false }),
		]);
	});

	test('streams the same answer with the same usage', async () => {
		const model = modelOf(name, id);
		const whole = await model.doGenerate(ask(question, { maxOutputTokens: 2000 }));
		const { stream } = await model.doStream(ask(question, { maxOutputTokens: 2000 }));
		const parts: LanguageModelV4StreamPart[] = [];
		for await (const part of stream) parts.push(part);
		const text = parts.flatMap((part) => (part.type === 'text-delta' ? [part.delta] : [])).join('');
		const finish = parts.find((part) => part.type === 'finish');
		expect(whole.content).toContainEqual(expect.objectContaining({ type: 'text', text }));
		expect(parts.filter(({ type }) => type === 'text-delta').length).toBeGreaterThan(5);
		expect(parts.filter(({ type }) => type === 'error')).toEqual([]);
		expect(finish).toMatchObject({
			finishReason: whole.finishReason,
			usage: {
				inputTokens: { total: whole.usage.inputTokens.total },
				outputTokens: { total: whole.usage.outputTokens.total },
			},
		});
		expect(sandbox.calls().map(({ stream: streamed }) => streamed)).toEqual([false, true]);
	});

	test('gets JSON under the schema it asks for, with the recorded result in it', async () => {
		const result = await modelOf(name, id).doGenerate(
			ask(question, {
				maxOutputTokens: 2000,
				responseFormat: { type: 'json', schema: SCHEMA, name: 'answer' },
			}),
		);
		const text =
			result.structuredOutputText ??
			result.content.map((part) => (part.type === 'text' ? part.text : '')).join('');
		const recorded = first?.answers.find(({ model }) => model === id)?.final;
		expect(JSON.parse(text)).toEqual({
			reasoning: expect.stringContaining(' '),
			answer: Number(recorded?.replace('$', '')),
		});
	});

	test('calls the tool that it must call with arguments under its schema', async () => {
		const result = await modelOf(name, id).doGenerate(
			ask('What is the weather in Paris?', {
				tools: [
					{
						type: 'function',
						name: 'weather',
						inputSchema: {
							type: 'object',
							properties: { city: { type: 'string' }, days: { type: 'integer', minimum: 1 } },
							required: ['city', 'days'],
							additionalProperties: false,
						},
					},
				],
				toolChoice: { type: 'tool', toolName: 'weather' },
			}),
		);
		expect(result.finishReason.unified).toBe('tool-calls');
		const call = result.content.find((part) => part.type === 'tool-call');
		expect(call).toMatchObject({ toolName: 'weather' });
		expect(JSON.parse(call?.type === 'tool-call' ? call.input : '')).toEqual({
			city: 'Paris',
			days: expect.any(Number),
		});
	});

	test('says that the answer was cut at the limit', async () => {
		const result = await modelOf(name, id).doGenerate(ask(question, { maxOutputTokens: 20 }));
		expect(result.finishReason.unified).toBe('length');
		expect(result.usage.outputTokens.total).toBeLessThanOrEqual(20);
	});

	test('takes a conversation with system prompt, attachments and settings', async () => {
		const png = new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]);
		const result = await modelOf(name, id).doGenerate({
			prompt: [
				{ role: 'system', content: 'You are brief.' },
				{ role: 'user', content: [{ type: 'text', text: 'Describe a picture.' }] },
				{ role: 'assistant', content: [{ type: 'text', text: 'Which one?' }] },
				{
					role: 'user',
					content: [
						{ type: 'text', text: 'This one.' },
						{ type: 'file', mediaType: 'image/png', data: { type: 'data', data: png } },
					],
				},
			],
			temperature: 0.2,
			maxOutputTokens: 500,
		});
		expect(result.content.some((part) => part.type === 'text' && part.text !== '')).toBe(true);
		expect(result.usage.inputTokens.total).toBeGreaterThan(600);
	});

	test('sees each refusal of the vendor as an error of its own', async () => {
		await expect(modelOf(name, 'no-such-model').doGenerate(ask('Hello'))).rejects.toMatchObject({
			statusCode: 404,
		});
		const limited = modelOf(name, `${id}--fault-429-seconds-3`);
		await expect(limited.doGenerate(ask('Hello'))).rejects.toMatchObject({
			statusCode: 429,
			responseHeaders: expect.objectContaining({ 'retry-after': '3' }),
		});
	});
});

const THINKING: readonly (readonly [name: string, model: string])[] = [
	['OpenAI Responses', 'gpt-5-mini'],
	['OpenAI Chat', 'gpt-5-mini'],
	['Anthropic', 'claude-sonnet-4-5'],
	['Gemini', 'gemini-2.5-flash'],
];

test.each(THINKING)('%s counts the reasoning of %s as part of the output', async (name, id) => {
	const result = await modelOf(name, id).doGenerate(
		ask(question, { maxOutputTokens: 8000, reasoning: 'low' }),
	);
	const { reasoning = 0, total = 0 } = result.usage.outputTokens;
	expect(reasoning).toBeGreaterThan(0);
	expect(total).toBeGreaterThan(reasoning);
	expect(result.content.some((part) => part.type === 'text' && part.text !== '')).toBe(true);
});
