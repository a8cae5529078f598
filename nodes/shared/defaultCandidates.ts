/**
 * The rows of a new node: a small, cheap model of each of two vendors, as the vendors listed them
 * on 2026-11-23. A stored workflow that leaves the list out asks these, so they change only
 * together with the version of the nodes.
 */
export const DEFAULT_CANDIDATES = [
	{ id: 'openai/gpt-6-luna', provider: 'openai', name: 'OpenAI · gpt-6-luna' },
	{ id: 'anthropic/claude-haiku-5-5', provider: 'anthropic', name: 'Anthropic · Claude Haiku 5.5' },
] as const;

/** What messages and hints show as a model ID. */
export const EXAMPLE_MODEL = DEFAULT_CANDIDATES[0].id;
