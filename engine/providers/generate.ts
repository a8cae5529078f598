import type {
	LanguageModelV4,
	LanguageModelV4GenerateResult,
	SharedV4Warning,
} from '@ai-sdk/provider';
import type { ChatResponse } from '../spec/chat';
import type { Outcome } from '../spec/failures';
import { member, type JsonObject, type JsonValue } from '../spec/json';
import type { ProviderCall } from '../spec/provider';
import { classifyReply } from './classify';
import { bodyOf, startExchange, type Exchange } from './exchange';
import { networkFailure } from './networkFailure';
import { callOptions } from './prompt';
import { changingBody, passableWords, withOwnWords } from './requestBody';
import type { StreamDialect } from './streamDialect';
import { streamed } from './streamExchange';
import { withUsableEffort } from './usableSettings';
import { withReadableCounts, type ReadUsage } from './usage';

export interface Dialect {
	/** Tells apart the APIs of one vendor. */
	readonly name: string;
	/** Makes the AI SDK's model; all its requests go through `fetch`. */
	readonly model: (call: ProviderCall, fetch: typeof globalThis.fetch) => LanguageModelV4;
	/** Where the AI SDK looks for this vendor's own options. */
	readonly providerOptionsKey: string;
	/** Options of this vendor's that a call needs, in the words of the AI SDK. */
	readonly presets?: (call: ProviderCall) => JsonObject;
	/** Puts right what the AI SDK makes of a call's settings. */
	readonly adapt?: (body: JsonObject, call: ProviderCall) => JsonObject;
	/** Why a request that was sent asks for no reasoning effort; `undefined` when it does. */
	readonly lostEffort?: (body: JsonValue | undefined, call: ProviderCall) => string | undefined;
	/** Warnings of the AI SDK that `adapt` makes untrue. */
	readonly isUntrue?: (warning: SharedV4Warning, call: ProviderCall) => boolean;
	readonly readUsage: ReadUsage;
	readonly stream: StreamDialect;
}

/**
 * Making a model takes the AI SDK up to 3 ms (it builds its schemas), so models are kept: by all
 * that goes into them, the key by its fingerprint only.
 */
const models = new Map<string, LanguageModelV4>();
const MAX_MODELS = 500;

/** The exchange of each call under way, by the one thing that a model hands on to its `fetch`. */
const exchanges = new WeakMap<AbortSignal, Exchange>();

const fetchOfCall: typeof globalThis.fetch = async (input, init) => {
	const exchange = init?.signal ? exchanges.get(init.signal) : undefined;
	if (exchange === undefined) throw new Error('A request outside of any call');
	return await exchange.fetch(input, init);
};

function modelFor(dialect: Dialect, call: ProviderCall): LanguageModelV4 {
	const { connection, apiKey, modelId } = call;
	const { provider, baseUrl, headers } = connection;
	const name = JSON.stringify([
		provider,
		dialect.name,
		baseUrl,
		headers ?? {},
		apiKey?.fingerprint ?? '',
		modelId,
	]);
	const model = models.get(name) ?? dialect.model(call, fetchOfCall);
	// Written anew on each use: the first of the map is the one unused for longest.
	models.delete(name);
	models.set(name, model);
	if (models.size > MAX_MODELS) models.delete(models.keys().next().value ?? '');
	return model;
}

/**
 * One answer of one vendor: one request through the AI SDK's translation, failures as data.
 *
 * @param known warnings about settings that the call does not hold any more
 */
export async function generateWith(
	dialect: Dialect,
	asked: ProviderCall,
	known: readonly string[] = [],
): Promise<Outcome<ChatResponse>> {
	const { call, warnings: unusable } = withUsableEffort(asked);
	const { words, warnings: reserved } = passableWords(call.settings.providerOptions);
	const { fetch, onText } = call;
	const sending =
		onText === undefined ? fetch : streamed(fetch, { dialect: dialect.stream, onText });
	const change = changeOf(dialect, call, words);
	let sent: JsonObject | undefined;
	const exchange = startExchange(
		change === undefined ? sending : changingBody(sending, (body) => (sent = change(body))),
		withReadableCounts,
	);
	try {
		exchanges.set(call.signal, exchange);
		const options = callOptions(call, dialect.providerOptionsKey, dialect.presets?.(call));
		const result = await modelFor(dialect, call).doGenerate(options);
		const reply = exchange.reply();
		const body = bodyOf(reply);
		// Gateways put an error into a 200, and a lenient dialect reads an empty answer from it.
		if (reply !== undefined && typeof (member(body, 'error') ?? undefined) === 'object') {
			return { ok: false, failure: classifyReply(reply, call.readRetryAfter) };
		}
		const warnings = [
			...[
				...known,
				...unusable,
				...reserved,
				...lostEffort(dialect, call, sent ?? result.request?.body),
			],
			...result.warnings.filter((one) => !dialect.isUntrue?.(one, call)).map(sentence),
		];
		return { ok: true, value: responseOf(result, call, body, dialect.readUsage, warnings) };
	} catch (error) {
		const reply = exchange.reply();
		if (reply !== undefined)
			return { ok: false, failure: classifyReply(reply, call.readRetryAfter) };
		if (isUnsupported(error)) {
			const message = error instanceof Error ? error.message : String(error);
			return { ok: false, failure: { kind: 'invalid-request', message, notSent: true } };
		}
		return { ok: false, failure: networkFailure(error) };
	} finally {
		const reply = exchange.reply();
		if (reply !== undefined) call.onHeaders?.(reply.headers);
	}
}

/** What a request's body needs beyond the AI SDK's translation; absent: nothing. */
function changeOf({ adapt }: Dialect, call: ProviderCall, words: JsonObject | undefined) {
	if (adapt === undefined && words === undefined) return undefined;
	return (body: JsonObject) => withOwnWords(adapt?.(body, call) ?? body, words ?? {});
}

function lostEffort(dialect: Dialect, call: ProviderCall, sent: unknown): string[] {
	const { reasoningEffort } = call.settings;
	if (reasoningEffort === undefined || reasoningEffort === 'none') return [];
	const why = dialect.lostEffort?.(sent as JsonValue | undefined, call);
	return why === undefined ? [] : [why];
}

function responseOf(
	result: LanguageModelV4GenerateResult,
	call: ProviderCall,
	body: JsonValue | undefined,
	readUsage: ReadUsage,
	warnings: readonly string[],
): ChatResponse {
	const { unified, raw } = result.finishReason;
	const rawReply = call.keepRaw ? rawOf(body) : { part: {}, warnings: [] };
	return {
		text: wellFormed(textOf(result)),
		finishReason: {
			unified: unified === 'interrupted' ? 'other' : unified,
			...(raw === undefined ? {} : { raw }),
		},
		usage: readUsage(body),
		modelId: result.response?.modelId ?? call.modelId,
		warnings: [...warnings, ...rawReply.warnings],
		...rawReply.part,
	};
}

/** The reply as it came, unless it is nested too deep to be handed on. */
function rawOf(body: JsonValue | undefined): { part: { raw?: JsonValue }; warnings: string[] } {
	if (body === undefined) return { part: {}, warnings: [] };
	try {
		JSON.stringify(body);
		return { part: { raw: body }, warnings: [] };
	} catch {
		return { part: {}, warnings: ['The raw response was left out: it is nested too deep'] };
	}
}

function textOf({ content, structuredOutputText }: LanguageModelV4GenerateResult): string {
	if (structuredOutputText !== undefined) return structuredOutputText;
	return content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

/** Half a character, as cut or broken answers hold, is refused by databases and other services. */
function wellFormed(text: string): string {
	return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

function sentence(warning: SharedV4Warning): string {
	switch (warning.type) {
		case 'unsupported':
			return `"${warning.feature}" is not supported and was left out${detail(warning.details)}`;
		case 'compatibility':
			return `"${warning.feature}" is only partly supported${detail(warning.details)}`;
		case 'deprecated':
			return `"${warning.setting}" is deprecated: ${warning.message}`;
		case 'other':
			return warning.message;
	}
}

function detail(details: string | undefined): string {
	return details === undefined ? '' : `: ${details}`;
}

/** The vendor cannot take this kind of input; found out before anything was sent. */
function isUnsupported(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	return /^AI_(UnsupportedFunctionality|InvalidPrompt|InvalidArgument|TypeValidation)Error$/.test(
		error.name,
	);
}
