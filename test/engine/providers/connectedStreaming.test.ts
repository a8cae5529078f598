/** A chat model that n8n connected, watched while it writes, through LangChain's own `stream`. */
import {
	BaseChatModel,
	type BaseChatModelParams,
} from '@langchain/core/language_models/chat_models';
import { AIMessage, AIMessageChunk } from '@langchain/core/messages';
import { ChatGenerationChunk, type ChatResult as Generated } from '@langchain/core/outputs';
import {
	executeChat,
	langChainModel,
	type ConnectedCandidate,
	type EngineError,
} from '../../../engine/index';
import { runtime } from '../../../nodes/shared/runtime';
import { ask, planOf } from '../../support/scriptedEngine';

afterAll(async () => await runtime().close());

const USAGE = { input_tokens: 10, output_tokens: 2, total_tokens: 12 };

/** Streams the chunks given, then throws `fault` where there is one. */
class StreamingModel extends BaseChatModel {
	calls = 0;

	constructor(
		private readonly chunks: readonly ChatGenerationChunk[],
		private readonly fault?: Error,
		params: BaseChatModelParams = {},
	) {
		super(params);
	}

	_llmType(): string {
		return 'openai';
	}

	get model(): string {
		return 'gpt-4o-mini';
	}

	async _generate(): Promise<Generated> {
		this.calls++;
		const message = new AIMessage({ content: 'Hello world', usage_metadata: USAGE });
		return { generations: [{ text: 'Hello world', message }] };
	}

	override async *_streamResponseChunks(): AsyncGenerator<ChatGenerationChunk> {
		this.calls++;
		yield* this.chunks;
		if (this.fault !== undefined) throw this.fault;
	}
}

const chunk = (
	fields: ConstructorParameters<typeof AIMessageChunk>[0],
	generationInfo: Record<string, unknown> = {},
) => new ChatGenerationChunk({ text: '', message: new AIMessageChunk(fields), generationInfo });

function candidateOf(model: object, id = 'connected/1'): ConnectedCandidate {
	return {
		kind: 'connected',
		id,
		model: langChainModel(model, { label: 'A model' }),
		settings: {},
		limits: {},
		price: { inputPriceUsd: 1, outputPriceUsd: 2 },
		weight: 1,
		identity: 'an execution',
	};
}

async function watch(...models: readonly object[]) {
	const shown: string[] = [];
	const candidates = models.map((model, index) => candidateOf(model, `connected/${index + 1}`));
	const plan = {
		...planOf([], { retry: { maxRetries: 0, maxAttempts: 8, baseDelayMs: 1, maxDelayMs: 1 } }),
		candidates,
	};
	const answer = executeChat(ask(), plan, {
		runtime: runtime(),
		signal: new AbortController().signal,
		onText: (text) => void shown.push(text),
	});
	const outcome = await answer.then(
		(result) => ({ result }),
		(error: EngineError) => ({ error }),
	);
	return { shown, ...outcome };
}

test.each([
	{
		vendor: 'OpenAI',
		chunks: [
			chunk({ content: 'Hello' }),
			chunk({ content: ' world' }),
			chunk({ content: '' }, { finish_reason: 'length', model_name: 'gpt-4o-mini-2024-07-18' }),
			chunk({ content: '', usage_metadata: USAGE }),
		],
		model: 'gpt-4o-mini-2024-07-18',
		raw: 'length',
	},
	{
		vendor: 'Anthropic',
		chunks: [
			chunk({
				content: [],
				additional_kwargs: { model: 'claude-3-5-haiku-20241022', stop_reason: null },
				usage_metadata: { input_tokens: 10, output_tokens: 0, total_tokens: 10 },
			}),
			chunk({ content: [{ index: 0, type: 'thinking', thinking: 'Hm' }] }),
			chunk({ content: [{ index: 1, type: 'text', text: 'Hello' }] }),
			chunk({ content: [{ index: 1, type: 'text', text: ' world' }] }),
			chunk({
				content: [],
				additional_kwargs: { stop_reason: 'max_tokens' },
				usage_metadata: { input_tokens: 0, output_tokens: 2, total_tokens: 2 },
			}),
		],
		model: 'claude-3-5-haiku-20241022',
		raw: 'max_tokens',
	},
])(
	'$vendor: text in pieces, usage, model and reason of the whole',
	async ({ chunks, model, raw }) => {
		const { shown, result } = (await watch(new StreamingModel(chunks))) as Answered;
		expect(shown).toEqual(['Hello', ' world']);
		expect(result.response).toMatchObject({
			text: 'Hello world',
			usage: { inputTokens: 10, outputTokens: 2 },
			modelId: model,
			finishReason: { unified: 'length', raw },
		});
		expect(result.trace.costUsd).toBeCloseTo((10 * 1 + 2 * 2) / 1e6, 12);
	},
);

type Answered = Extract<Awaited<ReturnType<typeof watch>>, { result: unknown }>;
type Failed = Extract<Awaited<ReturnType<typeof watch>>, { error: unknown }>;

test('a model that cannot stream is shown whole', async () => {
	const model = { invoke: async () => new AIMessage('Hello world') };
	expect((await watch(model)).shown).toEqual(['Hello world']);
});

test('breaks before the first piece: the next model answers; after it: nobody', async () => {
	const fault = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
	const good = [chunk({ content: 'Hello world' }, { finish_reason: 'stop' })];
	const early = (await watch(new StreamingModel([], fault), new StreamingModel(good))) as Answered;
	expect(early.shown).toEqual(['Hello world']);
	expect(early.result.answeredBy).toBe('connected/2');

	const spare = new StreamingModel(good);
	const broken = new StreamingModel([chunk({ content: 'Hello' })], fault);
	const late = (await watch(broken, spare)) as Failed;
	expect(late.shown).toEqual(['Hello']);
	expect(late.error.trace?.attempts).toMatchObject([{ outcome: 'network', shownCharacters: 5 }]);
	expect(spare.calls).toBe(0);
});
