import { startSandbox, type Sandbox } from '../index';
import { callOf, chat } from '../support/clients';
import { countTokens, firstTokens } from './tokens';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const LONG = 'The warehouse counts its parcels every evening. '.repeat(150);
const longTokens = countTokens(`${LONG}First question?`);

async function usage(
	name: string,
	prompt: string,
	options: { model?: string; more?: object } = {},
) {
	const reply = await chat(sandbox.url, callOf(name), prompt, options);
	expect(reply.status).toBe(200);
	const json = reply.json as { usage?: object; usageMetadata?: object };
	return (json.usage ?? json.usageMetadata) as Readonly<Record<string, unknown>>;
}

describe('tokens', () => {
	test.each([
		['', 0],
		['word', 1],
		['four words make sense', 6],
		['日本語です', 5],
	])('%j counts as %d', (text, tokens) => {
		expect(countTokens(text)).toBe(tokens);
	});

	test('the first tokens of a text are its beginning and fit', () => {
		for (const limit of [0, 1, 7, 50, 500, 5_000]) {
			const cut = firstTokens(LONG, limit);
			expect(LONG.startsWith(cut)).toBe(true);
			expect(countTokens(cut)).toBeLessThanOrEqual(limit);
			expect(countTokens(cut)).toBeGreaterThanOrEqual(Math.min(limit, countTokens(LONG)) - 6);
		}
	});
});

describe('cached input', () => {
	test('OpenAI reports it inside the prompt tokens, in steps of 128 from 1,024 on', async () => {
		const once = await usage('Chat Completions', `${LONG}First question?`);
		const again = await usage('Chat Completions', `${LONG}Second question?`);
		expect(once).toMatchObject({ prompt_tokens_details: { cached_tokens: 0 } });
		const { cached_tokens: cached } = again.prompt_tokens_details as { cached_tokens: number };
		expect(cached).toBeGreaterThanOrEqual(1024);
		expect(cached % 128).toBe(0);
		expect(cached).toBeLessThan(longTokens);
		expect(again.prompt_tokens).toBeGreaterThanOrEqual(longTokens);
	});

	test('the Responses API names it in its own way', async () => {
		await usage('Responses', LONG);
		expect(await usage('Responses', LONG)).toMatchObject({
			input_tokens: countTokens(LONG) + 3,
			input_tokens_details: { cached_tokens: 1792, cache_write_tokens: 0 },
		});
	});

	test('Anthropic caches what is marked, and counts it outside the input tokens', async () => {
		const marked = {
			messages: [
				{
					role: 'user',
					content: [{ type: 'text', text: LONG, cache_control: { type: 'ephemeral' } }],
				},
			],
		};
		const plain = await usage('Anthropic', LONG);
		const written = await usage('Anthropic', '', { more: marked });
		const read = await usage('Anthropic', '', { more: marked });
		const total = plain.input_tokens as number;
		expect(plain).toMatchObject({ cache_creation_input_tokens: 0, cache_read_input_tokens: 0 });
		expect(written.cache_creation_input_tokens).toBe(1792);
		expect(written.input_tokens).toBe(total - 1792);
		expect(read).toMatchObject({
			input_tokens: total - 1792,
			cache_creation_input_tokens: 0,
			cache_read_input_tokens: 1792,
		});
	});

	test('Gemini reports it inside the prompt count from the model 2.5 on', async () => {
		const model = 'gemini-2.5-flash';
		expect(await usage('Gemini', LONG, { model })).not.toHaveProperty('cachedContentTokenCount');
		const again = await usage('Gemini', LONG, { model });
		expect(again.cachedContentTokenCount).toBeGreaterThanOrEqual(1024);
		expect(again.promptTokenCount).toBeGreaterThan(again.cachedContentTokenCount as number);
		await usage('Gemini', LONG);
		expect(await usage('Gemini', LONG)).not.toHaveProperty('cachedContentTokenCount');
	});

	test('short prompts and old models have none', async () => {
		for (const _ of [1, 2]) {
			expect(await usage('Chat Completions', 'Short')).toMatchObject({
				prompt_tokens_details: { cached_tokens: 0 },
			});
			expect(await usage('Chat Completions', LONG, { model: 'gpt-4-turbo' })).toMatchObject({
				prompt_tokens_details: { cached_tokens: 0 },
			});
		}
	});

	test('one key does not profit from the prompts of another', async () => {
		const own = await startSandbox({ apiKeys: { openai: ['one', 'two'] } });
		const cachedWith = async (key: string) => {
			const headers = { authorization: `Bearer ${key}` };
			const reply = await chat(own.url, callOf('Chat Completions'), LONG, { headers });
			const { usage: counts } = reply.json as {
				usage: { prompt_tokens_details: { cached_tokens: number } };
			};
			return counts.prompt_tokens_details.cached_tokens;
		};
		expect(await cachedWith('one')).toBe(0);
		expect(await cachedWith('two')).toBe(0);
		expect(await cachedWith('one')).toBeGreaterThan(0);
		await own.close();
	});
});

describe('reasoning', () => {
	const prompt = 'What makes a good team?';

	test('OpenAI counts it inside the completion tokens', async () => {
		const counts = await usage('Chat Completions', prompt, {
			model: 'gpt-5-mini',
			more: { reasoning_effort: 'high' },
		});
		expect(counts).toMatchObject({ completion_tokens_details: { reasoning_tokens: 768 } });
		expect(counts.completion_tokens).toBeGreaterThan(768);
		expect(counts.total_tokens).toBe(
			(counts.prompt_tokens as number) + (counts.completion_tokens as number),
		);
	});

	test('OpenAI: a limit that the reasoning uses up leaves no text', async () => {
		const reply = await chat(sandbox.url, callOf('Chat Completions'), prompt, {
			model: 'gpt-5-mini',
			more: { max_completion_tokens: 100 },
		});
		expect(reply.json).toMatchObject({
			choices: [{ message: { content: '' }, finish_reason: 'length' }],
			usage: { completion_tokens: 100, completion_tokens_details: { reasoning_tokens: 100 } },
		});
	});

	test('Anthropic counts it inside the output tokens, with a thinking block before the text', async () => {
		const reply = await chat(sandbox.url, callOf('Anthropic'), prompt, {
			model: 'claude-haiku-4-5',
			more: { max_tokens: 4000, thinking: { type: 'enabled', budget_tokens: 1024 } },
		});
		const { content, usage: counts } = reply.json as {
			content: { type: string }[];
			usage: { output_tokens: number; output_tokens_details: { thinking_tokens: number } };
		};
		expect(content.map(({ type }) => type)).toEqual(['thinking', 'text']);
		expect(counts.output_tokens_details.thinking_tokens).toBe(320);
		expect(counts.output_tokens).toBeGreaterThan(320);
	});

	test('Gemini counts it outside the candidates and inside the total', async () => {
		const model = 'gemini-2.5-flash';
		const counts = await usage('Gemini', prompt, { model });
		const { promptTokenCount, candidatesTokenCount, thoughtsTokenCount } = counts as Readonly<
			Record<string, number>
		>;
		expect(thoughtsTokenCount).toBe(320);
		expect(candidatesTokenCount).toBeLessThan(200);
		expect(counts.totalTokenCount).toBe(
			(promptTokenCount ?? 0) + (candidatesTokenCount ?? 0) + (thoughtsTokenCount ?? 0),
		);
		const off = { generationConfig: { thinkingConfig: { thinkingBudget: 0 } } };
		expect(await usage('Gemini', prompt, { model, more: off })).not.toHaveProperty(
			'thoughtsTokenCount',
		);
	});

	test('models that do not reason report none', async () => {
		expect(await usage('Chat Completions', prompt)).toMatchObject({
			completion_tokens_details: { reasoning_tokens: 0 },
		});
		expect(await usage('Gemini', prompt)).not.toHaveProperty('thoughtsTokenCount');
		expect(await usage('Anthropic', prompt)).toMatchObject({ output_tokens_details: null });
	});
});
