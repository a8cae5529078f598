import { model, otherModel, shelf } from './model';

/**
 * Limits: model data of the npm package @earendil-works/pi-ai 1.5.2 (MIT) and, for models that it no
 * longer lists, OpenAI's model pages; which models take sampling settings: the model catalogue of
 * the npm package @ai-sdk/openai 4.0.118 (Apache-2.0). Checked on 2026-11-23.
 */
const GPT_5 = {
	contextTokens: 400_000,
	maxOutputTokens: 128_000,
	reasoning: 'always',
	efforts: ['minimal', 'low', 'medium', 'high'],
	sampling: 'never',
	promptCache: 'automatic',
	standIns: ['gpt-4o-2024-08-06', 'gpt-4o-2024-11-20'],
} as const;
const GPT_5_SMALL = { ...GPT_5, standIns: ['gpt-4o-mini-2024-07-18', 'gpt-4-turbo-2024-04-09'] };
/** From 5.1 on the effort `none` exists, is the default, and lets the sampling settings in. */
const WITH_NONE = {
	reasoning: 'optional',
	efforts: ['none', 'low', 'medium', 'high'],
	sampling: 'no-reasoning',
} as const;
const GPT_5_1 = { ...GPT_5, ...WITH_NONE } as const;
const XHIGH = { efforts: [...WITH_NONE.efforts, 'xhigh'] } as const;
const GPT_5_2 = { ...GPT_5_1, ...XHIGH } as const;
const GPT_5_2_SMALL = { ...GPT_5_SMALL, ...WITH_NONE, ...XHIGH } as const;
const GPT_6 = { contextTokens: 272_000, efforts: [...XHIGH.efforts, 'max'] } as const;
const ALL_BUT_NONE = ['low', 'medium', 'high', 'xhigh', 'max'] as const;
const GPT_4 = {
	contextTokens: 128_000,
	maxOutputTokens: 16_384,
	promptCache: 'automatic',
} as const;
const GPT_4_1 = {
	contextTokens: 1_047_576,
	maxOutputTokens: 32_768,
	promptCache: 'automatic',
} as const;
const O_SERIES = {
	...GPT_5,
	efforts: ['low', 'medium', 'high'],
	contextTokens: 200_000,
	maxOutputTokens: 100_000,
} as const;

export const openaiShelf = shelf('openai', [
	model({ id: 'gpt-6.1-sol', label: 'GPT-6.1 Sol', ...GPT_5, ...GPT_6, efforts: ALL_BUT_NONE }),
	model({ id: 'gpt-6.1-terra', label: 'GPT-6.1 Terra', ...GPT_5_2, ...GPT_6 }),
	model({ id: 'gpt-6-astra', label: 'GPT-6 Astra', ...GPT_5, ...GPT_6, efforts: ALL_BUT_NONE }),
	model({ id: 'gpt-6-sol', label: 'GPT-6 Sol', ...GPT_5_2, ...GPT_6 }),
	model({
		id: 'gpt-6-luna',
		label: 'GPT-6 Luna',
		...GPT_5_2_SMALL,
		...GPT_6,
	}),
	model({ id: 'gpt-5.6-sol', aliases: ['gpt-5.6'], label: 'GPT-5.6 Sol', ...GPT_5_2, ...GPT_6 }),
	model({ id: 'gpt-5.6-terra', label: 'GPT-5.6 Terra', ...GPT_5_2, ...GPT_6 }),
	model({ id: 'gpt-5.6-luna', label: 'GPT-5.6 Luna', ...GPT_5_2_SMALL, ...GPT_6 }),
	model({
		id: 'gpt-5.5-2026-04-23',
		aliases: ['gpt-5.5'],
		label: 'GPT-5.5',
		createdOn: '2026-04-23',
		...GPT_5_2,
		contextTokens: 272_000,
	}),
	model({
		id: 'gpt-5.4-2026-03-05',
		aliases: ['gpt-5.4'],
		label: 'GPT-5.4',
		createdOn: '2026-03-05',
		...GPT_5_2,
		contextTokens: 272_000,
	}),
	model({
		id: 'gpt-5.4-mini-2026-03-17',
		aliases: ['gpt-5.4-mini'],
		label: 'GPT-5.4 mini',
		createdOn: '2026-03-17',
		...GPT_5_2_SMALL,
	}),
	model({
		id: 'gpt-5.4-nano-2026-03-17',
		aliases: ['gpt-5.4-nano'],
		label: 'GPT-5.4 nano',
		createdOn: '2026-03-17',
		...GPT_5_2_SMALL,
	}),
	model({
		id: 'gpt-5.2-2025-12-11',
		aliases: ['gpt-5.2'],
		label: 'GPT-5.2',
		createdOn: '2025-12-11',
		...GPT_5_2,
	}),
	model({
		id: 'gpt-5.1-2025-11-13',
		aliases: ['gpt-5.1'],
		label: 'GPT-5.1',
		createdOn: '2025-11-13',
		...GPT_5_1,
	}),
	model({
		id: 'gpt-5-2025-08-07',
		aliases: ['gpt-5'],
		label: 'GPT-5',
		createdOn: '2025-08-07',
		...GPT_5,
	}),
	model({
		id: 'gpt-5-mini-2025-08-07',
		aliases: ['gpt-5-mini'],
		label: 'GPT-5 mini',
		createdOn: '2025-08-07',
		...GPT_5_SMALL,
	}),
	model({
		id: 'gpt-5-nano-2025-08-07',
		aliases: ['gpt-5-nano'],
		label: 'GPT-5 nano',
		createdOn: '2025-08-07',
		...GPT_5_SMALL,
	}),
	model({
		id: 'o4-mini-2025-04-16',
		aliases: ['o4-mini'],
		label: 'o4-mini',
		createdOn: '2025-04-16',
		...O_SERIES,
	}),
	model({
		id: 'o3-2025-04-16',
		aliases: ['o3'],
		label: 'o3',
		createdOn: '2025-04-16',
		...O_SERIES,
	}),
	model({
		id: 'gpt-4.1-2025-04-14',
		aliases: ['gpt-4.1'],
		label: 'GPT-4.1',
		createdOn: '2025-04-14',
		...GPT_4_1,
		standIns: ['gpt-4o-2024-08-06', 'gpt-4o-2024-11-20'],
	}),
	model({
		id: 'gpt-4.1-mini-2025-04-14',
		aliases: ['gpt-4.1-mini'],
		label: 'GPT-4.1 mini',
		createdOn: '2025-04-14',
		...GPT_4_1,
		standIns: ['gpt-4o-mini-2024-07-18', 'gpt-4-turbo-2024-04-09'],
	}),
	model({
		id: 'gpt-4.1-nano-2025-04-14',
		aliases: ['gpt-4.1-nano'],
		label: 'GPT-4.1 nano',
		createdOn: '2025-04-14',
		...GPT_4_1,
		standIns: ['gpt-3.5-turbo-0125'],
	}),
	model({
		id: 'gpt-4o-2024-11-20',
		label: 'GPT-4o (2024-11-20)',
		createdOn: '2024-11-20',
		...GPT_4,
		standIns: ['gpt-4o-2024-08-06'],
	}),
	model({
		id: 'gpt-4o-2024-08-06',
		aliases: ['gpt-4o'],
		label: 'GPT-4o',
		createdOn: '2024-08-06',
		...GPT_4,
		standIns: ['gpt-4o-2024-11-20'],
	}),
	model({
		id: 'gpt-4o-mini-2024-07-18',
		aliases: ['gpt-4o-mini'],
		label: 'GPT-4o mini',
		createdOn: '2024-07-18',
		...GPT_4,
		standIns: ['gpt-4-turbo-2024-04-09'],
	}),
	model({
		id: 'gpt-4-turbo-2024-04-09',
		aliases: ['gpt-4-turbo'],
		label: 'GPT-4 Turbo',
		createdOn: '2024-04-09',
		contextTokens: 128_000,
		maxOutputTokens: 4_096,
		nativeSchema: false,
		standIns: ['gpt-4o-2024-08-06'],
	}),
	model({
		id: 'gpt-3.5-turbo-0125',
		aliases: ['gpt-3.5-turbo'],
		label: 'GPT-3.5 Turbo',
		createdOn: '2024-01-25',
		contextTokens: 16_385,
		maxOutputTokens: 4_096,
		nativeSchema: false,
	}),
	otherModel('text-embedding-3-small', 'Embedding 3 small', '2024-01-25'),
	otherModel('text-embedding-3-large', 'Embedding 3 large', '2024-01-25'),
	otherModel('tts-1', 'TTS-1', '2023-11-06'),
	otherModel('gpt-4o-mini-tts', 'GPT-4o mini TTS', '2025-03-20'),
	otherModel('whisper-1', 'Whisper', '2023-03-01'),
	otherModel('gpt-image-1', 'GPT Image 1', '2025-04-23'),
	otherModel('omni-moderation-latest', 'Moderation', '2024-09-26'),
]);
