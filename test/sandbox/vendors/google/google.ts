import { googleShelf } from '../../catalogue/googleModels';
import type { Model } from '../../catalogue/model';
import { headerText, type Dialect } from '../../dialect';
import type { Json } from '../../json';
import { generateContent, streamGenerateContent } from './generateContent';
import { googleProblem } from './problems';

export const google: Dialect = {
	shelf: googleShelf,
	authenticate: (headers, query, keys) => {
		const key = headerText(headers, 'x-goog-api-key') ?? query.get('key') ?? undefined;
		if (key === undefined || key === '') return { problem: { kind: 'missing-key' } };
		return keys.accepts('google', key) ? { key } : { key, problem: { kind: 'wrong-key' } };
	},
	chat: { generateContent, streamGenerateContent },
	headers: () => ({ server: 'scaffolding on HTTPServer2', vary: 'Origin, X-Origin, Referer' }),
	problem: googleProblem,
	listModels: (query) => {
		const rows = googleShelf.models.flatMap((model) =>
			[model.id, ...model.aliases].map((id) => modelRow(model, id)),
		);
		const size = Number(query.get('pageSize') ?? 50);
		const from = Number(query.get('pageToken') ?? 0);
		const hasMore = from + size < rows.length;
		return {
			models: rows.slice(from, from + size),
			...(hasMore ? { nextPageToken: String(from + size) } : {}),
		};
	},
	describeModel: (model) => modelRow(model, model.id),
};

function modelRow(model: Model, id: string): Json {
	return {
		name: `models/${id}`,
		version: model.createdOn.slice(0, 7),
		displayName: model.label,
		description: `${model.label}, as the sandbox serves it`,
		inputTokenLimit: model.contextTokens,
		outputTokenLimit: model.maxOutputTokens,
		supportedGenerationMethods: methodsOf(model),
		...(model.kind === 'chat' ? { temperature: 1, topP: 0.95, topK: 64, maxTemperature: 2 } : {}),
		...(model.reasoning === 'none' ? {} : { thinking: true }),
	};
}

function methodsOf({ id, kind }: Model): readonly string[] {
	if (kind === 'chat') return ['generateContent', 'countTokens'];
	if (id.includes('embedding')) return ['embedContent', 'countTokens'];
	// The speech models share the method with the chat models, in the vendor's list too.
	return id.includes('tts') ? ['countTokens', 'generateContent'] : ['predict'];
}
