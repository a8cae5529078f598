import { createAnthropic } from '@ai-sdk/anthropic';
import type { Provider } from '../spec/provider';
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
