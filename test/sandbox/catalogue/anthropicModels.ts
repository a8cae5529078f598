import { model, shelf } from './model';

/**
 * Limits: model data of the npm package @earendil-works/pi-ai 1.5.2 (MIT) and, for the models of the
 * third generation, Anthropic's model overview; sampling, thinking and native schemas: the model
 * catalogue of the npm package @ai-sdk/anthropic 4.0.105 (Apache-2.0). Checked on 2026-11-23.
 */
const CLAUDE_3 = {
	contextTokens: 200_000,
	maxOutputTokens: 8_192,
	promptCache: 'marked',
	nativeSchema: false,
} as const;
const CLAUDE_4_5 = {
	contextTokens: 200_000,
	maxOutputTokens: 64_000,
	reasoning: 'optional',
	promptCache: 'marked',
} as const;
const CLAUDE_5 = { ...CLAUDE_4_5, contextTokens: 1_000_000, maxOutputTokens: 128_000 } as const;
const CLAUDE_5_5 = { ...CLAUDE_5, sampling: 'never' } as const;
const SONNET = { standIns: ['claude-3-5-sonnet-20241022'] } as const;
const HAIKU = { standIns: ['claude-3-5-haiku-20241022', 'claude-3-opus-20240229'] } as const;

export const anthropicShelf = shelf('anthropic', [
	model({
		id: 'claude-opus-5-5',
		label: 'Claude Opus 5.5',
		...CLAUDE_5_5,
		...SONNET,
		reasoning: 'always',
	}),
	model({
		id: 'claude-sonnet-5-5',
		label: 'Claude Sonnet 5.5',
		...CLAUDE_5_5,
		...SONNET,
		reasoning: 'always',
	}),
	model({
		id: 'claude-haiku-5-5',
		label: 'Claude Haiku 5.5',
		...CLAUDE_5_5,
		...HAIKU,
	}),
	model({
		id: 'claude-opus-5',
		label: 'Claude Opus 5',
		...CLAUDE_5_5,
		...SONNET,
	}),
	model({
		id: 'claude-sonnet-5',
		label: 'Claude Sonnet 5',
		...CLAUDE_5_5,
		...SONNET,
	}),
	model({
		id: 'claude-opus-4-6',
		label: 'Claude Opus 4.6',
		createdOn: '2026-02-05',
		...CLAUDE_5,
		...SONNET,
	}),
	model({
		id: 'claude-sonnet-4-6',
		label: 'Claude Sonnet 4.6',
		createdOn: '2026-02-17',
		...CLAUDE_5,
		...SONNET,
	}),
	model({
		id: 'claude-opus-4-5-20251101',
		aliases: ['claude-opus-4-5'],
		label: 'Claude Opus 4.5',
		createdOn: '2025-11-24',
		...CLAUDE_4_5,
		...SONNET,
	}),
	model({
		id: 'claude-haiku-4-5-20251001',
		aliases: ['claude-haiku-4-5'],
		label: 'Claude Haiku 4.5',
		createdOn: '2025-10-15',
		...CLAUDE_4_5,
		...HAIKU,
	}),
	model({
		id: 'claude-sonnet-4-5-20250929',
		aliases: ['claude-sonnet-4-5'],
		label: 'Claude Sonnet 4.5',
		createdOn: '2025-09-29',
		...CLAUDE_4_5,
		...SONNET,
	}),
	model({
		id: 'claude-3-5-haiku-20241022',
		aliases: ['claude-3-5-haiku-latest', 'claude-3-5-haiku'],
		label: 'Claude Haiku 3.5',
		createdOn: '2024-10-22',
		...CLAUDE_3,
		standIns: ['claude-3-opus-20240229'],
	}),
	model({
		id: 'claude-3-5-sonnet-20241022',
		aliases: ['claude-3-5-sonnet-latest', 'claude-3-5-sonnet'],
		label: 'Claude Sonnet 3.5',
		createdOn: '2024-10-22',
		...CLAUDE_3,
	}),
	model({
		id: 'claude-3-haiku-20240307',
		aliases: ['claude-3-haiku'],
		label: 'Claude Haiku 3',
		createdOn: '2024-03-07',
		...CLAUDE_3,
		maxOutputTokens: 4_096,
	}),
	model({
		id: 'claude-3-opus-20240229',
		aliases: ['claude-3-opus-latest', 'claude-3-opus'],
		label: 'Claude Opus 3',
		createdOn: '2024-02-29',
		...CLAUDE_3,
		maxOutputTokens: 4_096,
		standIns: ['claude-3-5-sonnet-20241022'],
	}),
]);
