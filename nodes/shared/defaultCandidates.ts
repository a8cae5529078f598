/**
 * The rows of a new node: a small, cheap model of each of two vendors, as the vendors listed them
 * on 2026-11-23. A stored workflow that leaves the list out asks these, so they change only
 * together with the version of the nodes.
 */
export const DEFAULT_CANDIDATES = ['openai/gpt-6-luna', 'anthropic/claude-haiku-5-5'] as const;

/** What messages and hints show as a model ID. */
export const EXAMPLE_MODEL = DEFAULT_CANDIDATES[0];
