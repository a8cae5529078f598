/**
 * The rows of a new node: a small, cheap model of each of two vendors, as the vendors listed them
 * on 2026-11-23. n8n does not store values that equal the default, so changing these changes what
 * stored workflows ask: only together with a new version of the node.
 */
export const DEFAULT_CANDIDATES = [
	{ id: 'openai/gpt-6-luna', name: 'OpenAI · gpt-6-luna' },
	{ id: 'anthropic/claude-haiku-5-5', name: 'Anthropic · Claude Haiku 5.5' },
] as const;

/** What messages and hints show as a model ID. */
export const EXAMPLE_MODEL = DEFAULT_CANDIDATES[0].id;
