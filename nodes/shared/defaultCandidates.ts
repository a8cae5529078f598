/**
 * The rows of a new node. n8n does not store values that equal the default, so changing these
 * changes what stored workflows ask: only together with a new version of the node.
 */
export const DEFAULT_CANDIDATES = ['openai/gpt-5-mini', 'anthropic/claude-haiku-4-5'] as const;
