/**
 * The recorded names of models that are priced, and the catalogue's IDs for them: `<name>_medium` is
 * the model with a medium budget for reasoning. Where a name is the vendor's own, the vendor is all
 * that is added.
 */
const CATALOGUE_IDS: Readonly<Record<string, string>> = {
	'gpt-3.5-turbo-0125': 'openai/gpt-3.5-turbo-0125',
	'gpt-4-turbo-2024-04-09': 'openai/gpt-4-turbo-2024-04-09',
	'gpt-4o-mini-2024-07-18': 'openai/gpt-4o-mini-2024-07-18',
	'gpt-4o-2024-08-06': 'openai/gpt-4o-2024-08-06',
	'gpt-4o-2024-11-20': 'openai/gpt-4o-2024-11-20',
	'gpt-5-mini_medium': 'openai/gpt-5-mini',
	'gpt-5_medium': 'openai/gpt-5',
	'gpt-5.1_medium': 'openai/gpt-5.1',
	'claude-3-haiku-20240307': 'anthropic/claude-3-haiku-20240307',
	'claude-3-5-haiku-20241022': 'anthropic/claude-3-5-haiku-20241022',
	'claude-3-5-sonnet-20241022': 'anthropic/claude-3-5-sonnet-20241022',
	'claude-haiku-4.5': 'anthropic/claude-haiku-4-5',
	'claude-sonnet-4.5': 'anthropic/claude-sonnet-4-5',
	'gemini-1.5-flash': 'google/gemini-1.5-flash',
	'gemini-1.5-flash-002': 'google/gemini-1.5-flash-002',
	'gemini-1.5-pro': 'google/gemini-1.5-pro',
	'gemini-1.5-pro-002': 'google/gemini-1.5-pro-002',
	'grok-4-fast_medium': 'xai/grok-4-fast',
	'deepseek-v3.2': 'deepseek/deepseek-v3.2',
};

export function catalogueIdOf(model: string): string {
	const id = CATALOGUE_IDS[model];
	if (id === undefined) throw new Error(`Which model of the catalogue is ${model}?`);
	return id;
}
