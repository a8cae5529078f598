import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { member, type JsonValue } from '../spec/json';
import type { Provider } from '../spec/provider';
import { generateWith } from './generate';
import { getModelList, rows, textMember } from './listModels';
import { generateContentStream } from './streamGenerateContent';
import { geminiUsage } from './usage';

/** The longest page that the endpoint gives. Source: ai.google.dev/api/models, read 2026-11-23. */
const PAGE = '/models?pageSize=1000';

export const google: Provider = {
	id: 'google',
	generate: async (call) =>
		await generateWith(
			{
				name: 'generateContent',
				model: ({ connection, apiKey, modelId }, fetch) =>
					createGoogleGenerativeAI({
						baseURL: connection.baseUrl,
						apiKey: apiKey?.reveal() ?? '',
						headers: { ...connection.headers },
						fetch,
					})(modelId),
				providerOptionsKey: 'google',
				readUsage: geminiUsage,
				stream: generateContentStream,
			},
			call,
		),
	listModels: async (call) =>
		await getModelList(call, PAGE, { 'x-goog-api-key': call.apiKey?.reveal() ?? '' }, (body) =>
			rows(body, 'models', (row) => {
				const name = textMember(row, 'name');
				if (name === undefined || !generatesContent(row)) return undefined;
				const modelId = name.replace(/^models\//, '');
				return { modelId, label: textMember(row, 'displayName') ?? modelId };
			}),
		),
};

function generatesContent(row: JsonValue): boolean {
	const methods = member(row, 'supportedGenerationMethods');
	return Array.isArray(methods) && (methods as readonly JsonValue[]).includes('generateContent');
}
