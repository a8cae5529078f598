import { model, otherModel, shelf } from './model';

/**
 * Hosted and local servers that speak Chat Completions. Limits: the models' own cards. Checked on
 * 2026-11-23.
 */
const OPEN_128K = { contextTokens: 131_072, maxOutputTokens: 8_192 } as const;

export const compatibleShelf = shelf('compatible', [
	model({
		id: 'deepseek-v3',
		aliases: ['deepseek-chat'],
		label: 'DeepSeek V3',
		createdOn: '2024-12-26',
		contextTokens: 65_536,
		maxOutputTokens: 8_192,
		promptCache: 'automatic',
		standIns: ['deepseek-v2.5-0908'],
	}),
	model({
		id: 'deepseek-v2.5-0908',
		aliases: ['deepseek-v2.5'],
		label: 'DeepSeek V2.5',
		createdOn: '2024-09-08',
		contextTokens: 65_536,
		maxOutputTokens: 8_192,
		promptCache: 'automatic',
		standIns: ['deepseek-v3'],
	}),
	model({
		id: 'mistral-large-2411',
		aliases: ['mistral-large-latest'],
		label: 'Mistral Large 2.1',
		createdOn: '2024-11-18',
		...OPEN_128K,
		standIns: ['mistral-large-2407'],
	}),
	model({
		id: 'mistral-large-2407',
		aliases: ['mistral-large-2'],
		label: 'Mistral Large 2',
		createdOn: '2024-07-24',
		...OPEN_128K,
		standIns: ['mistral-large-2411'],
	}),
	model({
		id: 'llama-3.3-70b-instruct',
		label: 'Llama 3.3 70B Instruct',
		createdOn: '2024-12-06',
		...OPEN_128K,
		standIns: ['llama-3.1-70b-instruct'],
	}),
	model({
		id: 'llama-3.1-70b-instruct',
		label: 'Llama 3.1 70B Instruct',
		createdOn: '2024-07-23',
		...OPEN_128K,
		standIns: ['llama-3.3-70b-instruct'],
	}),
	model({
		id: 'llama-3.1-8b-instruct',
		label: 'Llama 3.1 8B Instruct',
		createdOn: '2024-07-23',
		...OPEN_128K,
	}),
	otherModel('bge-m3', 'BGE M3', '2024-01-30'),
]);

/** Ollama names models `family:size` and answers under the name it was called by. */
export const localShelf = shelf('local', [
	model({
		id: 'llama3.1:8b',
		aliases: ['llama3.1', 'llama3.1:latest'],
		label: 'llama3.1:8b',
		createdOn: '2024-07-23',
		...OPEN_128K,
		standIns: ['llama-3.1-8b-instruct'],
	}),
	model({
		id: 'llama3.3:70b',
		aliases: ['llama3.3'],
		label: 'llama3.3:70b',
		createdOn: '2024-12-06',
		...OPEN_128K,
		standIns: ['llama-3.3-70b-instruct', 'llama-3.1-70b-instruct'],
	}),
	model({
		id: 'mistral-large:123b',
		aliases: ['mistral-large'],
		label: 'mistral-large:123b',
		createdOn: '2024-11-18',
		...OPEN_128K,
		standIns: ['mistral-large-2411', 'mistral-large-2407'],
	}),
	otherModel('nomic-embed-text:latest', 'nomic-embed-text', '2024-02-14'),
]);
