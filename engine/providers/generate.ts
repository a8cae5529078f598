import type {
	LanguageModelV4,
	LanguageModelV4GenerateResult,
	SharedV4Warning,
} from '@ai-sdk/provider';
import type { ChatResponse } from '../spec/chat';
import type { Outcome } from '../spec/failures';
import type { JsonValue } from '../spec/json';
import type { ProviderCall } from '../spec/provider';
import { classifyReply } from './classify';
import { bodyOf, startExchange, type Exchange } from './exchange';
import { networkFailure } from './networkFailure';
import { callOptions } from './prompt';
import type { ReadUsage } from './usage';

export interface Dialect {
	/** The AI SDK's model for this call; its requests go through `exchange.fetch`. */
	readonly model: (call: ProviderCall, exchange: Exchange) => LanguageModelV4;
	/** Where the AI SDK looks for this vendor's own options. */
	readonly providerOptionsKey: string;
	readonly readUsage: ReadUsage;
}

/** One answer of one vendor: one request through the AI SDK's translation, failures as data. */
export async function generateWith(
	dialect: Dialect,
	call: ProviderCall,
): Promise<Outcome<ChatResponse>> {
	const exchange = startExchange(call.fetch);
	try {
		const model = dialect.model(call, exchange);
		const result = await model.doGenerate(callOptions(call, dialect.providerOptionsKey));
		return { ok: true, value: responseOf(result, call, exchange, dialect.readUsage) };
	} catch (error) {
		const reply = exchange.reply();
		if (reply !== undefined)
			return { ok: false, failure: classifyReply(reply, call.readRetryAfter) };
		if (isUnsupported(error)) {
			const message = error instanceof Error ? error.message : String(error);
			return { ok: false, failure: { kind: 'invalid-request', message, notSent: true } };
		}
		return { ok: false, failure: networkFailure(error) };
	}
}

function responseOf(
	result: LanguageModelV4GenerateResult,
	call: ProviderCall,
	exchange: Exchange,
	readUsage: ReadUsage,
): ChatResponse {
	const { unified, raw } = result.finishReason;
	const body = bodyOf(exchange.reply());
	return {
		text: textOf(result),
		finishReason: {
			unified: unified === 'interrupted' ? 'other' : unified,
			...(raw === undefined ? {} : { raw }),
		},
		usage: readUsage(body),
		modelId: result.response?.modelId ?? call.modelId,
		warnings: result.warnings.map(sentence),
		...(body === undefined ? {} : { raw: body as JsonValue }),
	};
}

function textOf({ content, structuredOutputText }: LanguageModelV4GenerateResult): string {
	if (structuredOutputText !== undefined) return structuredOutputText;
	return content.map((part) => (part.type === 'text' ? part.text : '')).join('');
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
