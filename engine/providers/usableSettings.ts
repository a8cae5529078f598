import type { ModelSettings } from '../spec/chat';
import type { ProviderCall } from '../spec/provider';

/** A call without the settings that its model is known to refuse, and a sentence for each. */
export interface UsableCall {
	readonly call: ProviderCall;
	readonly warnings: readonly string[];
}

/** A model that does not reason takes no effort: some vendors refuse the whole request for it. */
export function withUsableEffort(call: ProviderCall): UsableCall {
	const { reasoningEffort, ...settings } = call.settings;
	if (call.supportsReasoning !== false || reasoningEffort === undefined) {
		return { call, warnings: [] };
	}
	const warnings = reasoningEffort === 'none' ? [] : [leftOut('reasoningEffort', call.modelId)];
	return { call: { ...call, settings }, warnings };
}

/**
 * OpenAI's reasoning models refuse stop sequences. Source: developers.openai.com/api/reference, the
 * parameter `stop` of Chat Completions, read 2026-11-24.
 */
export function withUsableStop(call: ProviderCall): UsableCall {
	const { stop, ...settings } = call.settings;
	if (call.supportsReasoning !== true || stop === undefined) return { call, warnings: [] };
	return { call: { ...call, settings }, warnings: [leftOut('stop', call.modelId)] };
}

/** A setting that did not reach the vendor. */
export function leftOut(setting: keyof ModelSettings, modelId: string): string {
	return `"${setting}" is not supported by ${modelId} and was left out`;
}
