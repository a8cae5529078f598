import { createOpenAI } from '@ai-sdk/openai';
import { member, type JsonValue } from '../spec/json';
import type { Provider, ProviderCall } from '../spec/provider';
import { generateWith, type Dialect } from './generate';
import { getModelList, rows, textMember } from './listModels';
import { chatCompletionsStream } from './streamChatCompletions';
import { responsesStream } from './streamResponses';
import { openaiJsonMode, strictModePreset } from './strictSchema';
import { leftOut, withUsableStop } from './usableSettings';
import { chatCompletionsUsage, responsesUsage } from './usage';

/** Families in OpenAI's list that do not chat. */
const NOT_CHAT =
	/embedding|whisper|tts|dall-e|image|moderation|transcribe|realtime|audio|babbage|davinci|sora|codex-mini|instruct|search-api|deep-research|computer-use/;

export const openai: Provider = {
	id: 'openai',
	generate: async (asked) => {
		const { call, warnings } = withUsableStop(asked);
		return await generateWith(needsChatApi(call) ? chat : responses, call, warnings);
	},
	jsonMode: openaiJsonMode,
	listModels: async (call) =>
		await getModelList(
			call,
			'/models',
			{ authorization: `Bearer ${call.apiKey?.reveal() ?? ''}` },
			(body) =>
				rows(body, 'data', (row) => {
					const id = textMember(row, 'id');
					return id === undefined || NOT_CHAT.test(id) ? undefined : { modelId: id, label: id };
				}),
		),
};

const responses: Dialect = {
	name: 'responses',
	model: (call, fetch) => client(call, fetch).responses(call.modelId),
	providerOptionsKey: 'openai',
	presets: strictModePreset,
	lostEffort: (body, call) => unlessThere(body, 'reasoning', call),
	readUsage: responsesUsage,
	stream: responsesStream,
};

const chat: Dialect = {
	name: 'chat',
	model: (call, fetch) => client(call, fetch).chat(call.modelId),
	providerOptionsKey: 'openai',
	presets: strictModePreset,
	lostEffort: (body, call) => unlessThere(body, 'reasoning_effort', call),
	readUsage: chatCompletionsUsage,
	stream: chatCompletionsStream,
};

/** The AI SDK drops an effort without a word for what it does not take for a reasoning model. */
function unlessThere(body: JsonValue | undefined, key: string, { modelId }: ProviderCall) {
	return member(body, key) === undefined ? leftOut('reasoningEffort', modelId) : undefined;
}

/** The Responses API is the default; it takes neither a seed, nor stop sequences, nor audio. */
function needsChatApi({ request, settings }: ProviderCall): boolean {
	const hasAudio = request.messages.some(({ attachments }) =>
		attachments?.some(({ kind }) => kind === 'audio'),
	);
	return hasAudio || settings.seed !== undefined || settings.stop !== undefined;
}

function client({ connection, apiKey }: ProviderCall, fetch: typeof globalThis.fetch) {
	return createOpenAI({
		baseURL: connection.baseUrl,
		apiKey: apiKey?.reveal() ?? '',
		headers: { ...connection.headers },
		fetch,
	});
}
