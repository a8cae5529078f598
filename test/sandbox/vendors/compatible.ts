import type { Vendor } from '../ask';
import { compatibleShelf, localShelf } from '../catalogue/compatibleModels';
import type { Shelf } from '../catalogue/model';
import { bearerKey, type Dialect } from '../dialect';
import { requestIdOf } from '../rateLimits';
import { compatibleChatCompletions } from './openai/chatCompletions';
import { modelList, modelRow } from './openai/openai';
import { openaiProblem } from './openai/problems';

/** A hosted server that speaks OpenAI's Chat Completions. */
export const compatible: Dialect = {
	...speaking(compatibleShelf, 'hosted'),
	authenticate: (headers, _query, keys) => {
		const key = bearerKey(headers);
		if (key === undefined) return { problem: { kind: 'missing-key' } };
		const isKnown = keys.accepts('compatible' satisfies Vendor, key);
		return isKnown ? { key } : { key, problem: { kind: 'wrong-key' } };
	},
};

/** One in the own network: no key is needed, and one that is sent is not looked at. */
export const local: Dialect = {
	...speaking(localShelf, 'library'),
	authenticate: (headers) => {
		const key = bearerKey(headers);
		return key === undefined ? {} : { key };
	},
};

function speaking(shelf: Shelf, owner: string): Omit<Dialect, 'authenticate'> {
	return {
		shelf,
		chat: { 'chat.completions': compatibleChatCompletions },
		headers: ({ callNumber }) => ({ 'x-request-id': requestIdOf('', callNumber, 32) }),
		problem: openaiProblem,
		listModels: () => modelList(shelf, owner),
		describeModel: (model) => modelRow(model, model.id, owner),
	};
}
