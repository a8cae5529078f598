import { openaiShelf } from '../../catalogue/openaiModels';
import type { Model, Shelf } from '../../catalogue/model';
import { bearerKey, type Dialect, type ReplyContext } from '../../dialect';
import type { Json } from '../../json';
import { LIMITS, remaining, requestIdOf } from '../../rateLimits';
import { chatCompletions } from './chatCompletions';
import { openaiProblem } from './problems';
import { responses } from './responses';

export const openai: Dialect = {
	shelf: openaiShelf,
	authenticate: (headers, _query, keys) => {
		const key = bearerKey(headers);
		if (key === undefined) return { problem: { kind: 'missing-key' } };
		return keys.accepts('openai', key) ? { key } : { key, problem: { kind: 'wrong-key' } };
	},
	chat: { 'chat.completions': chatCompletions, responses },
	headers: openaiHeaders,
	problem: openaiProblem,
	listModels: () => modelList(openaiShelf, 'openai'),
	describeModel: (model) => modelRow(model, model.id, 'openai'),
};

function openaiHeaders({ callNumber, nowMs }: ReplyContext): Record<string, string> {
	const left = remaining(callNumber);
	return {
		'x-request-id': requestIdOf('req_', callNumber, 32),
		'openai-processing-ms': '120',
		'openai-version': '2020-10-01',
		'x-ratelimit-limit-requests': String(LIMITS.requestsPerMinute),
		'x-ratelimit-limit-tokens': String(LIMITS.tokensPerMinute),
		'x-ratelimit-remaining-requests': String(left.requests),
		'x-ratelimit-remaining-tokens': String(left.tokens),
		'x-ratelimit-reset-requests': '6ms',
		'x-ratelimit-reset-tokens': `${Math.ceil((nowMs % 1000) / 10)}ms`,
	};
}

/** Aliases have rows of their own, as in the vendor's list. */
export function modelList(shelf: Shelf, owner: string): Json {
	return {
		object: 'list',
		data: shelf.models.flatMap((model) =>
			[model.id, ...model.aliases].map((id) => modelRow(model, id, owner)),
		),
	};
}

export function modelRow(model: Model, id: string, owner: string): Json {
	const created = Math.floor(Date.parse(`${model.createdOn}T00:00:00Z`) / 1000);
	return { id, object: 'model', created, owned_by: owner };
}
