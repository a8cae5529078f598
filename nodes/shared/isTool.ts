import type { INode } from 'n8n-workflow';

/**
 * Whether the node runs as a tool of an agent: n8n then uses the generated type `<name>Tool`.
 * The context's own `isToolExecution()` is false under AI Agent V3 and cannot be asked.
 */
export function isTool(node: Pick<INode, 'type'>): boolean {
	return node.type.endsWith('Tool');
}
