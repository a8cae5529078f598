import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { member, type JsonSchema, type JsonValue } from '../spec/json';
import type { JsonMode, Provider } from '../spec/provider';
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
	jsonMode: googleJsonMode,
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

/**
 * Gemini is told the schema in `responseJsonSchema`; its guide advises against repeating it in the
 * prompt. A reference may have no neighbours there, and choices have to be texts or numbers.
 * Source: ai.google.dev/api/generate-content#GenerationConfig, as quoted by Google's own clients,
 * read 2026-11-24.
 */
function googleJsonMode(schema: JsonSchema | undefined, supportsSchema = true): JsonMode {
	return schema !== undefined && supportsSchema && isGeminiSchema(schema)
		? { native: 'schema', inWords: false }
		: { native: 'json', inWords: true };
}

function isGeminiSchema(node: JsonValue): boolean {
	if (typeof node !== 'object' || node === null) return true;
	if (Array.isArray(node)) return (node as readonly JsonValue[]).every(isGeminiSchema);
	const keywords = Object.keys(node);
	const isReference = typeof member(node, '$ref') === 'string';
	if (isReference && !keywords.every((keyword) => keyword.startsWith('$'))) return false;
	const choices = member(node, 'enum');
	const only = member(node, 'const');
	const values = [
		...(Array.isArray(choices) ? (choices as readonly JsonValue[]) : []),
		...(only === undefined ? [] : [only]),
	];
	if (!values.every((value) => ['string', 'number'].includes(typeof value))) return false;
	return Object.values(node).every(isGeminiSchema);
}
