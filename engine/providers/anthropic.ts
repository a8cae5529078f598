import { createAnthropic } from '@ai-sdk/anthropic';
import type { JsonSchema } from '../spec/json';
import type { JsonMode, Provider } from '../spec/provider';
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

/**
 * The AI SDK sends a schema as `output_config.format` where the model and the schema allow it, else as
 * a tool that has to be used, with an object as input. JSON without a schema is no mode of Anthropic's.
 */
function anthropicJsonMode(schema: JsonSchema | undefined): JsonMode {
	return schema?.type === 'object'
		? { native: 'schema', inWords: false }
		: { native: 'none', inWords: true };
}
