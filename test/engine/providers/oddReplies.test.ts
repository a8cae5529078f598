/** Replies that are good answers in an odd form, or none for a reason that the builder can cure. */
import {
	executeChat,
	type ChatResult,
	type EngineError,
	type ProviderId,
	type VendorCandidate,
} from '../../../engine/index';
import { runtime } from '../../../nodes/shared/runtime';
import { ask, planOf } from '../../support/scriptedEngine';
import { events, scriptedVendor, type ScriptedReply } from '../../support/scriptedVendor';

const vendor = scriptedVendor();
afterAll(async () => await runtime().close());

const JSON_REPLY = { 'content-type': 'application/json' };
const NO_RETRY = { maxRetries: 0, maxAttempts: 1, baseDelayMs: 1, maxDelayMs: 1 };

async function answer(
	provider: ProviderId,
	settings: VendorCandidate['settings'],
	reply: ScriptedReply,
	isWatched: boolean,
): Promise<ChatResult> {
	vendor.reply(reply);
	const plan = planOf([vendor.candidate(provider, settings)], { retry: NO_RETRY });
	const run = { runtime: runtime(), signal: new AbortController().signal };
	return await executeChat(ask(), plan, isWatched ? { ...run, onText: () => undefined } : run);
}

const chat = (message: object, reason: string, usage: object) => ({
	id: 'c',
	object: 'chat.completion',
	created: 1,
	model: 'some-model',
	choices: [{ index: 0, message, finish_reason: reason }],
	usage,
});

describe('an answer that spent its whole output budget on reasoning is truncated', () => {
	const chatUsage = {
		prompt_tokens: 10,
		completion_tokens: 64,
		completion_tokens_details: { reasoning_tokens: 64 },
	};
	const response = {
		id: 'r',
		object: 'response',
		created_at: 1,
		model: 'some-model',
		status: 'incomplete',
		error: null,
		incomplete_details: { reason: 'max_output_tokens' },
		output: [{ type: 'reasoning', id: 'rs', summary: [] }],
		usage: {
			input_tokens: 10,
			output_tokens: 64,
			output_tokens_details: { reasoning_tokens: 64 },
		},
	};
	const message = {
		id: 'm',
		type: 'message',
		role: 'assistant',
		model: 'some-model',
		content: [{ type: 'thinking', thinking: 'Let me see', signature: 'x' }],
		stop_reason: 'max_tokens',
		stop_sequence: null,
		usage: { input_tokens: 10, output_tokens: 64 },
	};
	// Gemini leaves `parts` out where there are none.
	const gemini = {
		candidates: [{ content: { role: 'model' }, finishReason: 'MAX_TOKENS', index: 0 }],
		usageMetadata: { promptTokenCount: 10, thoughtsTokenCount: 64, totalTokenCount: 74 },
		modelVersion: 'some-model',
	};
	const delta = (one: object, reason: string | null = null) => ({
		id: 'c',
		created: 1,
		model: 'some-model',
		choices: [{ index: 0, delta: one, finish_reason: reason }],
	});
	const chatEvents = events(
		delta({ role: 'assistant', content: '' }),
		delta({ reasoning_content: 'Let me see' }),
		delta({}, 'length'),
		{ ...delta({}), choices: [], usage: chatUsage },
		'[DONE]',
	);
	const chatBody = chat({ role: 'assistant', content: '' }, 'length', chatUsage);

	const cases: ReadonlyArray<{
		name: string;
		provider: ProviderId;
		settings: VendorCandidate['settings'];
		body: object;
		stream: string;
	}> = [
		{
			name: 'OpenAI Responses',
			provider: 'openai',
			settings: {},
			body: response,
			stream: events({ type: 'response.incomplete', response }),
		},
		{
			name: 'OpenAI Chat Completions',
			provider: 'openai',
			settings: { seed: 1 },
			body: chatBody,
			stream: chatEvents,
		},
		{
			name: 'Anthropic',
			provider: 'anthropic',
			settings: {},
			body: message,
			stream: events(
				{
					type: 'message_start',
					message: {
						...message,
						content: [],
						stop_reason: null,
						usage: { input_tokens: 10, output_tokens: 1 },
					},
				},
				{
					type: 'content_block_start',
					index: 0,
					content_block: { type: 'thinking', thinking: '', signature: '' },
				},
				{
					type: 'content_block_delta',
					index: 0,
					delta: { type: 'thinking_delta', thinking: 'Let me see' },
				},
				{ type: 'content_block_stop', index: 0 },
				{
					type: 'message_delta',
					delta: { stop_reason: 'max_tokens', stop_sequence: null },
					usage: { output_tokens: 64 },
				},
				{ type: 'message_stop' },
			),
		},
		{ name: 'Gemini', provider: 'google', settings: {}, body: gemini, stream: events(gemini) },
		{
			name: 'a compatible server',
			provider: 'openaiCompatible',
			settings: {},
			body: chatBody,
			stream: chatEvents,
		},
	];

	test.each(cases)('$name, whole and streamed', async ({ provider, settings, body, stream }) => {
		const replies: ScriptedReply[] = [
			{ headers: JSON_REPLY, steps: [JSON.stringify(body)] },
			{ steps: [stream] },
		];
		for (const [index, reply] of replies.entries()) {
			const error = await answer(provider, settings, reply, index === 1).then(
				() => {
					throw new Error('It answered');
				},
				(failure: EngineError) => failure,
			);
			expect(error.trace?.attempts).toMatchObject([{ outcome: 'truncated', status: 200 }]);
			expect(error.message).toContain('raise Max Output Tokens');
			expect(error.advice).toContain('Raise Max Output Tokens');
			expect(error.trace?.attempts[0]?.shownCharacters).toBeUndefined();
		}
	});
});

test.each([{ isWatched: false }, { isWatched: true }])(
	'counts written as text do not make a good answer malformed (watched: $isWatched)',
	async ({ isWatched }) => {
		const usage = {
			prompt_tokens: '10',
			completion_tokens: '2',
			total_tokens: 'n/a',
			prompt_tokens_details: { cached_tokens: '-4' },
		};
		const body = chat({ role: 'assistant', content: '42' }, 'stop', usage);
		const whole = { headers: JSON_REPLY, steps: [JSON.stringify(body)] };
		const streamed = {
			steps: [
				events(
					{ id: 'c', choices: [{ index: 0, delta: { content: '42' }, finish_reason: null }] },
					{ id: 'c', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
					{ id: 'c', choices: [], usage },
					'[DONE]',
				),
			],
		};
		const reply = isWatched ? streamed : whole;
		const { response } = await answer('openaiCompatible', {}, reply, isWatched);
		expect(response.text).toBe('42');
		expect(response.usage).toEqual({ inputTokens: 10, outputTokens: 2 });
	},
);
