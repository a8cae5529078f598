import type { IExecuteFunctions } from 'n8n-workflow';

/** Reads fields of the node for one item; one that is hidden or was left out gives `undefined`. */
export function fieldReader(
	context: Pick<IExecuteFunctions, 'getNodeParameter'>,
	itemIndex: number,
): (name: string) => unknown {
	// n8n throws for a field that it does not have, unless a fallback is given.
	return (name) => context.getNodeParameter(name, itemIndex, null) ?? undefined;
}
