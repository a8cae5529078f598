import { anthropicShelf } from '../../catalogue/anthropicModels';
import type { Model } from '../../catalogue/model';
import { headerText, type Dialect } from '../../dialect';
import type { Json } from '../../json';
import { LIMITS, remaining, requestIdOf } from '../../rateLimits';
import { messages, VERSIONS } from './messages';
import { anthropicProblem } from './problems';

export const anthropic: Dialect = {
	shelf: anthropicShelf,
	authenticate: (headers, _query, keys) => {
		const key = headerText(headers, 'x-api-key');
		if (key === undefined) return { problem: { kind: 'missing-key' } };
		if (!keys.accepts('anthropic', key)) return { key, problem: { kind: 'wrong-key' } };
		const version = headerText(headers, 'anthropic-version');
		if (version !== undefined && Object.hasOwn(VERSIONS, version)) return { key };
		const message =
			version === undefined
				? 'anthropic-version: header is required'
				: `anthropic-version: "${version}" is not a valid version`;
		return { key, problem: { kind: 'refused', message } };
	},
	chat: { messages },
	headers: ({ callNumber, nowMs }) => {
		const left = remaining(callNumber);
		const reset = `${new Date(nowMs + 1000).toISOString().slice(0, 19)}Z`;
		return {
			'request-id': requestIdOf('req_', callNumber),
			'anthropic-organization-id': '00000000-0000-4000-8000-000000000000',
			'anthropic-ratelimit-requests-limit': String(LIMITS.requestsPerMinute),
			'anthropic-ratelimit-requests-remaining': String(left.requests),
			'anthropic-ratelimit-requests-reset': reset,
			'anthropic-ratelimit-tokens-limit': String(LIMITS.tokensPerMinute),
			'anthropic-ratelimit-tokens-remaining': String(left.tokens),
			'anthropic-ratelimit-tokens-reset': reset,
		};
	},
	problem: anthropicProblem,
	listModels: (query) => {
		const { models } = anthropicShelf;
		const limit = Number(query.get('limit') ?? 20);
		const after = models.findIndex(({ id }) => id === query.get('after_id'));
		const page = models.slice(after + 1, after + 1 + limit);
		return {
			data: page.map(modelInfo),
			has_more: after + 1 + limit < models.length,
			first_id: page[0]?.id ?? null,
			last_id: page.at(-1)?.id ?? null,
		};
	},
	describeModel: modelInfo,
};

function modelInfo(model: Model): Json {
	return {
		type: 'model',
		id: model.id,
		display_name: model.label,
		created_at: `${model.createdOn}T00:00:00Z`,
		max_input_tokens: model.contextTokens,
		max_tokens: model.maxOutputTokens,
		capabilities: null,
		lifecycle: 'active',
		line: null,
		deprecated_at: null,
		retires_at: null,
	};
}
