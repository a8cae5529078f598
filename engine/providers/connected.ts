import type {
	ChatMessage,
	ChatRequest,
	ChatResponse,
	ModelSettings,
	TokenUsage,
} from '../spec/chat';
import type { ProviderFailure } from '../spec/failures';
import { member, type JsonValue } from '../spec/json';
import type { ConnectedModel, OnText, ReadRetryAfter } from '../spec/provider';
import { classifyReply } from './classify';
import { networkFailure } from './networkFailure';
import { unifiedFinishReason } from './finishReason';

/** What is used of a LangChain chat model. */
interface InvocableModel {
	readonly invoke: (messages: readonly object[], options: CallOptions) => Promise<unknown>;
	readonly stream?: (
		messages: readonly object[],
		options: CallOptions,
	) => Promise<AsyncIterable<unknown>>;
}

interface CallOptions {
	readonly signal: AbortSignal;
	readonly stop?: readonly string[];
}

export interface LangChainModelOptions {
	/** The host's name for the model, used where the model does not tell its own. */
	readonly label: string;
	/** What cannot be controlled from here. */
	readonly warnings?: readonly string[];
}

/** LangChain's names of the vendors whose prices the catalogue has. */
const PROVIDER_BY_TYPE: Readonly<Record<string, string>> = {
	openai: 'openai',
	anthropic: 'anthropic',
	googlegenerativeai: 'google',
	'google-generative-ai': 'google',
	mistral_ai: 'mistral',
	mistral: 'mistral',
	groq: 'groq',
	deepseek: 'deepseek',
	xai: 'xai',
	cohere: 'cohere',
	openrouter: 'openrouter',
};

/** LangChain's own error codes, for errors that carry no HTTP status. */
const KIND_BY_CODE: Readonly<Record<string, ProviderFailure['kind']>> = {
	MODEL_AUTHENTICATION: 'authentication',
	MODEL_NOT_FOUND: 'model-not-found',
	MODEL_RATE_LIMIT: 'rate-limit',
	INVALID_PROMPT_INPUT: 'invalid-request',
	CONTEXT_OVERFLOW: 'context-length',
};

/** Wraps a LangChain chat model that the host built, or says why it cannot be used. */
export function langChainModel(model: unknown, options: LangChainModelOptions): ConnectedModel {
	if (!isInvocable(model)) throw new TypeError(`${options.label} is not a chat model`);
	const facts = model as InvocableModel & Record<string, unknown>;
	const named = [facts.model, facts.modelName].find(
		(name): name is string => typeof name === 'string' && name !== '',
	);
	const type = typeof facts._llmType === 'function' ? String(facts._llmType.call(model)) : '';
	const provider = PROVIDER_BY_TYPE[type.toLowerCase()];
	const modelId = named?.replace(/^models\//, '') ?? options.label;
	return {
		modelId,
		...(provider === undefined ? {} : { provider }),
		warnings: options.warnings ?? [],
		generate: async (request, settings, signal, readRetryAfter, onText) => {
			try {
				const stop = settings.stop === undefined ? {} : { stop: settings.stop };
				const messages = messagesOf(request);
				const callOptions = { signal, ...stop };
				const reply =
					onText === undefined || typeof model.stream !== 'function'
						? await model.invoke(messages, callOptions)
						: await wholeStream(await model.stream(messages, callOptions), onText);
				return { ok: true, value: responseOf(reply, modelId, settings) };
			} catch (error) {
				return { ok: false, failure: failureOf(error, readRetryAfter) };
			}
		},
	};
}

/** Hands on the text of each chunk and adds the chunks up, as LangChain itself does. */
async function wholeStream(stream: AsyncIterable<unknown>, onText: OnText): Promise<unknown> {
	let whole: unknown;
	for await (const chunk of stream) {
		const piece = textOf(chunk as JsonValue);
		if (piece !== '') onText(piece);
		whole = whole === undefined ? chunk : added(whole, chunk);
	}
	return whole;
}

function added(whole: unknown, chunk: unknown): unknown {
	const concat: unknown =
		typeof whole === 'object' && whole !== null ? Reflect.get(whole, 'concat') : undefined;
	return typeof concat === 'function' ? (concat.call(whole, chunk) as unknown) : whole;
}

function isInvocable(model: unknown): model is InvocableModel {
	return (
		typeof model === 'object' &&
		model !== null &&
		typeof Reflect.get(model, 'invoke') === 'function'
	);
}

function messagesOf(request: ChatRequest): object[] {
	return request.messages.map((message) => ({
		role: message.role,
		content: message.attachments?.length ? partsOf(message) : message.content,
	}));
}

/** LangChain's content blocks: pictures in the form that every vendor's model takes. */
function partsOf({ content, attachments = [] }: ChatMessage): object[] {
	const files = attachments.map(({ kind, mediaType, data, fileName }) => {
		const base64 = Buffer.from(data).toString('base64');
		if (kind === 'image') {
			return { type: 'image_url', image_url: { url: `data:${mediaType};base64,${base64}` } };
		}
		const type = kind === 'pdf' ? 'file' : 'audio';
		const metadata = fileName === undefined ? {} : { metadata: { filename: fileName } };
		return { type, source_type: 'base64', mime_type: mediaType, data: base64, ...metadata };
	});
	return content === '' ? files : [{ type: 'text', text: content }, ...files];
}

function responseOf(reply: unknown, modelId: string, settings: ModelSettings): ChatResponse {
	const message = reply as JsonValue | undefined;
	// Anthropic's streamed messages keep both in the second place.
	const places = ['response_metadata', 'additional_kwargs'].map((name) => member(message, name));
	const raw = firstText(places, ['finish_reason', 'stop_reason', 'finishReason', 'done_reason']);
	const answeredBy = firstText(places, ['model_name', 'model', 'modelName']);
	return {
		text: textOf(message),
		finishReason: {
			// Ollama and others report none for a normal end.
			unified: raw === undefined ? 'stop' : unifiedFinishReason(raw),
			...(raw === undefined ? {} : { raw }),
		},
		usage: usageOf(member(message, 'usage_metadata')),
		modelId: answeredBy ?? modelId,
		warnings: Object.keys(settings)
			.filter((name) => name !== 'stop')
			.map((name) => `"${name}" was left out: set it on the connected model itself`),
	};
}

function textOf(message: JsonValue | undefined): string {
	const content = member(message, 'content') ?? message;
	if (typeof content === 'string') return content;
	if (!Array.isArray(content)) return '';
	return (content as readonly JsonValue[])
		.map((part) => (member(part, 'type') === 'text' ? (member(part, 'text') ?? '') : ''))
		.filter((text) => typeof text === 'string')
		.join('');
}

function usageOf(usage: JsonValue | undefined): TokenUsage {
	const counts = {
		inputTokens: member(usage, 'input_tokens'),
		outputTokens: member(usage, 'output_tokens'),
		cachedInputTokens: member(member(usage, 'input_token_details'), 'cache_read'),
		cacheWriteTokens: member(member(usage, 'input_token_details'), 'cache_creation'),
		reasoningTokens: member(member(usage, 'output_token_details'), 'reasoning'),
	};
	return Object.fromEntries(
		Object.entries(counts).filter(([, count]) => Number.isSafeInteger(count) && Number(count) >= 0),
	);
}

function firstText(
	places: readonly (JsonValue | undefined)[],
	keys: readonly string[],
): string | undefined {
	return places
		.flatMap((place) => keys.map((key) => member(place, key)))
		.find((value): value is string => typeof value === 'string' && value !== '');
}

/** The vendor's SDKs and n8n's wrappers each keep the status elsewhere. */
function failureOf(error: unknown, readRetryAfter: ReadRetryAfter): ProviderFailure {
	const chain: unknown[] = [];
	for (let next = error; next instanceof Error && chain.length < 8; next = next.cause)
		chain.push(next);
	for (const link of chain as (Error & Record<string, unknown>)[]) {
		const status = [link.status, link.statusCode, link.httpCode]
			.map(Number)
			.find((code) => code >= 300);
		if (status === undefined) continue;
		const body = link.error ?? (link.description ? { message: link.description } : undefined);
		const text = JSON.stringify({ error: body ?? { message: link.message } });
		return classifyReply({ status, headers: headersOf(link.headers), text }, readRetryAfter);
	}
	const code = (error as { lc_error_code?: unknown } | null)?.lc_error_code;
	const kind = typeof code === 'string' ? KIND_BY_CODE[code] : undefined;
	if (kind !== undefined) return { kind, message: firstLine(error) };
	return networkFailure(error);
}

function headersOf(headers: unknown): Record<string, string> {
	if (headers instanceof Headers) return Object.fromEntries(headers.entries());
	if (typeof headers !== 'object' || headers === null) return {};
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
	);
}

function firstLine(error: unknown): string {
	const message = error instanceof Error ? error.message : String(error);
	return (message.split('\n', 1)[0] ?? '').slice(0, 500);
}
