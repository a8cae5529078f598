import type { ChatResult } from '../../../engine/index';

/** An accepted answer of this text. */
export function chatResult(text: string): ChatResult {
	return {
		answeredBy: 'openai/small',
		response: {
			text,
			finishReason: { unified: 'stop', raw: 'stop' },
			usage: { inputTokens: 10, outputTokens: 5 },
			modelId: 'small',
			warnings: [],
		},
		trace: {
			attempts: [],
			route: { strategy: 'priority', reason: 'first', skipped: [] },
			cache: 'miss',
			latencyMs: 12,
			costUsd: 0.000_02,
			warnings: [],
		},
	};
}
