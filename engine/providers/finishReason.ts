import type { FinishReason } from '../spec/chat';

/** Vendors' own words for why a model stopped. */
const UNIFIED: Readonly<Record<string, FinishReason['unified']>> = {
	stop: 'stop',
	end_turn: 'stop',
	stop_sequence: 'stop',
	eos: 'stop',
	completed: 'stop',
	complete: 'stop',
	length: 'length',
	max_tokens: 'length',
	max_output_tokens: 'length',
	model_length: 'length',
	incomplete: 'length',
	model_context_window_exceeded: 'length',
	content_filter: 'content-filter',
	'content-filter': 'content-filter',
	refusal: 'content-filter',
	safety: 'content-filter',
	prohibited_content: 'content-filter',
	blocklist: 'content-filter',
	recitation: 'content-filter',
	spii: 'content-filter',
	tool_calls: 'tool-calls',
	'tool-calls': 'tool-calls',
	tool_use: 'tool-calls',
	error: 'error',
};

/** The shared word for a vendor's own; `other` for one that is not known. */
export function unifiedFinishReason(raw: string): FinishReason['unified'] {
	return UNIFIED[raw.toLowerCase()] ?? 'other';
}
