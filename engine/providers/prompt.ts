import type { LanguageModelV4CallOptions, LanguageModelV4Prompt } from '@ai-sdk/provider';
import type { ChatMessage } from '../spec/chat';
import type { JsonObject } from '../spec/json';
import type { ProviderCall } from '../spec/provider';

/**
 * The call in the AI SDK's words; every setting that is absent stays absent. The builder's own
 * provider options are not among them: they are in the vendor's words, and join the request's body.
 */
export function callOptions(
	call: ProviderCall,
	providerOptionsKey: string,
	presets: JsonObject = {},
): LanguageModelV4CallOptions {
	const { request, settings, signal } = call;
	return {
		prompt: request.messages.map(messageOf),
		abortSignal: signal,
		...(settings.maxOutputTokens === undefined
			? {}
			: { maxOutputTokens: settings.maxOutputTokens }),
		...(settings.temperature === undefined ? {} : { temperature: settings.temperature }),
		...(settings.topP === undefined ? {} : { topP: settings.topP }),
		...(settings.seed === undefined ? {} : { seed: settings.seed }),
		...(settings.stop === undefined ? {} : { stopSequences: [...settings.stop] }),
		...(settings.reasoningEffort === undefined ? {} : { reasoning: settings.reasoningEffort }),
		...(Object.keys(presets).length === 0
			? {}
			: {
					providerOptions: {
						[providerOptionsKey]: presets,
					} as LanguageModelV4CallOptions['providerOptions'],
				}),
		...(request.outputFormat === 'text'
			? {}
			: {
					responseFormat: {
						type: 'json',
						...(request.jsonSchema === undefined
							? {}
							: { schema: request.jsonSchema as Record<string, unknown>, name: 'answer' }),
					},
				}),
	};
}

function messageOf(message: ChatMessage): LanguageModelV4Prompt[number] {
	const text = { type: 'text' as const, text: message.content };
	if (message.role === 'system') return { role: 'system', content: message.content };
	if (message.role === 'assistant') return { role: 'assistant', content: [text] };
	const files = (message.attachments ?? []).map((attachment) => ({
		type: 'file' as const,
		mediaType: attachment.mediaType,
		data: { type: 'data' as const, data: attachment.data },
		...(attachment.fileName === undefined ? {} : { filename: attachment.fileName }),
	}));
	return { role: 'user', content: message.content === '' ? files : [text, ...files] };
}
