import { createAnthropic } from '@ai-sdk/anthropic';
import { member, type JsonObject, type JsonSchema } from '../spec/json';
import type { JsonMode, Provider, ProviderCall } from '../spec/provider';
import { generateWith } from './generate';
import { getModelList, rows, textMember } from './listModels';
import { messagesStream } from './streamMessages';
import { anthropicUsage } from './usage';

/** Source: docs.anthropic.com/en/api/versioning, the only stable version; read 2026-11-23. */
const API_VERSION = '2023-06-01';
/** The longest page that the endpoint gives; there are fewer models than that. */
const PAGE = '/models?limit=1000';

export const anthropic: Provider = {
	id: 'anthropic',
	generate: async (call) => {
		// Anthropic demands a limit: without one of the builder's it is the model's own.
		const { maxOutputTokens } = call;
		const settings = { maxOutputTokens, ...call.settings };
		return await generateWith(
			{
				name: 'messages',
				model: ({ connection, apiKey, modelId }, fetch) =>
					createAnthropic({
						baseURL: connection.baseUrl,
						apiKey: apiKey?.reveal() ?? '',
						headers: { ...connection.headers },
						fetch,
					})(modelId),
				providerOptionsKey: 'anthropic',
				adapt: withinLimit,
				lostEffort: (body, { settings }) =>
					member(body, 'thinking') === undefined && member(body, 'output_config') === undefined
						? `"reasoningEffort" was left out: a Max Output Tokens of ${settings.maxOutputTokens ?? 0} leaves no room to think`
						: undefined,
				isUntrue: (warning, { settings: { reasoningEffort } }) =>
					reasoningEffort !== undefined &&
					warning.type === 'unsupported' &&
					warning.feature === 'maxOutputTokens',
				readUsage: anthropicUsage,
				stream: messagesStream,
			},
			maxOutputTokens === undefined ? call : { ...call, settings },
		);
	},
	jsonMode: anthropicJsonMode,
	listModels: async (call) =>
		await getModelList(
			call,
			PAGE,
			{ 'x-api-key': call.apiKey?.reveal() ?? '', 'anthropic-version': API_VERSION },
			(body) =>
				rows(body, 'data', (row) => {
					const id = textMember(row, 'id');
					if (id === undefined) return undefined;
					return { modelId: id, label: textMember(row, 'display_name') ?? id };
				}),
		),
};

/** The smallest budget that Anthropic takes. Source: its documentation of extended thinking, read 2026-11-24. */
const MIN_THINKING_TOKENS = 1024;
/** Share of the output that thinking may take. */
const THINKING_SHARE = 0.8;

/**
 * The AI SDK adds the budget for thinking to the limit of the output. A limit that a builder sets is
 * one for all that is billed as output, as with the other vendors; so the budget is a part of it.
 */
function withinLimit(body: JsonObject, { settings }: ProviderCall): JsonObject {
	const { max_tokens: maxTokens, thinking } = body;
	const limit = settings.maxOutputTokens;
	const budget = member(thinking, 'budget_tokens');
	if (limit === undefined || typeof maxTokens !== 'number' || maxTokens <= limit) return body;
	if (typeof budget !== 'number') return body;
	const budgetTokens = Math.min(budget, Math.floor(limit * THINKING_SHARE));
	const { thinking: _, ...rest } = body;
	// Too little to think within: the answer goes before.
	if (budgetTokens < MIN_THINKING_TOKENS) return { ...rest, max_tokens: limit };
	const part = { ...(thinking as JsonObject), budget_tokens: budgetTokens };
	return { ...rest, max_tokens: limit, thinking: part };
}

/**
 * The AI SDK sends a schema as `output_config.format` where the model and the schema allow it, else as
 * a tool that has to be used, with an object as input. JSON without a schema is no mode of Anthropic's.
 */
function anthropicJsonMode(schema: JsonSchema | undefined): JsonMode {
	return schema?.type === 'object'
		? { native: 'schema', inWords: false }
		: { native: 'none', inWords: true };
}
