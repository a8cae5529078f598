import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { JsonSchema } from '../spec/json';
import type { JsonMode, Provider, ProviderId } from '../spec/provider';
import { generateWith } from './generate';
import { getModelList, rows, textMember } from './listModels';
import { strictModePreset } from './strictSchema';
import { chatCompletionsStream } from './streamChatCompletions';
import { chatCompletionsUsage } from './usage';

/** Any server that speaks OpenAI's Chat Completions: hosted vendors and local ones alike. */
function openaiDialect(id: ProviderId): Provider {
	return {
		id,
		generate: async (call) =>
			await generateWith(
				{
					name: 'chat',
					model: ({ connection, apiKey, modelId }, fetch) =>
						createOpenAICompatible({
							name: 'openaiCompatible',
							baseURL: connection.baseUrl,
							...(apiKey === undefined ? {} : { apiKey: apiKey.reveal() }),
							headers: { ...connection.headers },
							supportsStructuredOutputs: true,
							fetch,
						})(modelId),
					providerOptionsKey: 'openaiCompatible',
					presets: strictModePreset,
					readUsage: chatCompletionsUsage,
					stream: chatCompletionsStream,
				},
				call,
			),
		jsonMode: compatibleJsonMode,
		listModels: async (call) =>
			await getModelList(
				call,
				'/models',
				call.apiKey === undefined ? {} : { authorization: `Bearer ${call.apiKey.reveal()}` },
				(body) =>
					rows(body, 'data', (row) => {
						const id = textMember(row, 'id');
						return id === undefined ? undefined : { modelId: id, label: id };
					}),
			),
	};
}

/**
 * Many of these servers know schemas, some refuse them and others take no notice: so the prompt says
 * it too. Some refuse to be asked for JSON without one (LM Studio), which gains little anyway.
 */
function compatibleJsonMode(schema: JsonSchema | undefined, supportsSchema = true): JsonMode {
	const takesSchema = schema?.type === 'object' && supportsSchema;
	return { native: takesSchema ? 'schema' : 'none', inWords: true };
}

export const openaiCompatible = openaiDialect('openaiCompatible');
/** Ollama, LM Studio, vLLM, llama.cpp … without a key. */
export const local = openaiDialect('local');
