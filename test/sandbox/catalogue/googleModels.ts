import { model, otherModel, shelf } from './model';

/**
 * Limits: model data of the npm package @earendil-works/pi-ai 1.5.2 (MIT) and, for the models up to
 * 2.0, the Gemini API's model pages. Checked on 2026-11-23.
 */
const GEMINI_1_5 = { contextTokens: 1_000_000, maxOutputTokens: 8_192 } as const;
const GEMINI_2_5 = {
	contextTokens: 1_048_576,
	maxOutputTokens: 65_536,
	reasoning: 'optional',
	promptCache: 'automatic',
} as const;
/** Thinks unless the budget says 0; of the 2.5 models only Flash-Lite starts without. */
const THINKS = { ...GEMINI_2_5, reasoning: 'always' } as const;
const FLASH = { standIns: ['gemini-1.5-flash', 'gemini-1.5-flash-002'] } as const;
const PRO = { standIns: ['gemini-1.5-pro', 'gemini-1.5-pro-002'] } as const;

export const googleShelf = shelf('google', [
	model({
		id: 'gemini-3.8-flash',
		label: 'Gemini 3.8 Flash',
		...THINKS,
		...FLASH,
	}),
	model({
		id: 'gemini-3.5-flash',
		label: 'Gemini 3.5 Flash',
		...THINKS,
		...FLASH,
	}),
	model({
		id: 'gemini-3.1-pro-preview',
		label: 'Gemini 3.1 Pro Preview',
		createdOn: '2026-02-19',
		...THINKS,
		...PRO,
	}),
	model({
		id: 'gemini-3-flash-preview',
		label: 'Gemini 3 Flash Preview',
		createdOn: '2025-12-17',
		...THINKS,
		...FLASH,
	}),
	model({
		id: 'gemini-2.5-pro',
		label: 'Gemini 2.5 Pro',
		createdOn: '2025-06-17',
		...THINKS,
		...PRO,
	}),
	model({
		id: 'gemini-2.5-flash',
		aliases: ['gemini-flash-latest'],
		label: 'Gemini 2.5 Flash',
		createdOn: '2025-06-17',
		...THINKS,
		...FLASH,
	}),
	model({
		id: 'gemini-2.5-flash-lite',
		label: 'Gemini 2.5 Flash-Lite',
		createdOn: '2025-07-22',
		...GEMINI_2_5,
		...FLASH,
	}),
	model({
		id: 'gemini-2.0-flash',
		aliases: ['gemini-2.0-flash-001'],
		label: 'Gemini 2.0 Flash',
		createdOn: '2025-02-05',
		...GEMINI_1_5,
		contextTokens: 1_048_576,
		...FLASH,
	}),
	model({
		id: 'gemini-1.5-pro-002',
		aliases: ['gemini-1.5-pro'],
		label: 'Gemini 1.5 Pro 002',
		createdOn: '2024-09-24',
		...GEMINI_1_5,
		contextTokens: 2_000_000,
		...PRO,
	}),
	model({
		id: 'gemini-1.5-flash-002',
		aliases: ['gemini-1.5-flash'],
		label: 'Gemini 1.5 Flash 002',
		createdOn: '2024-09-24',
		...GEMINI_1_5,
		...FLASH,
	}),
	otherModel('gemini-embedding-001', 'Gemini Embedding 001', '2025-07-14'),
	otherModel('gemini-2.5-flash-preview-tts', 'Gemini 2.5 Flash Preview TTS', '2025-05-20'),
	otherModel('imagen-4.0-generate-001', 'Imagen 4', '2025-08-14'),
]);
