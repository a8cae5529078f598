import type { IExecuteFunctions } from 'n8n-workflow';
import { InvalidPlanError } from '../../engine/index';

/** Reads fields of the node for one item; one that is hidden or was left out gives `undefined`. */
export function fieldReader(
	context: Pick<IExecuteFunctions, 'getNodeParameter'>,
	itemIndex: number,
): (name: string) => unknown {
	return (name) => {
		try {
			// n8n throws for a field that it does not have, unless a fallback is given.
			return context.getNodeParameter(name, itemIndex, null) ?? undefined;
		} catch (error) {
			return refuse(name, error);
		}
	};
}

/** n8n walks through what an expression gives, and would only tell that the stack is full. */
function refuse(name: string, error: unknown): never {
	if (!(error instanceof RangeError)) throw error;
	const label = labelOf(name);
	throw new InvalidPlanError(
		`${label} must be a value that JSON can hold, got an object that holds itself`,
		`Correct the expression of ${label}: pick the fields of the object that are needed.`,
		undefined,
		{ cause: error },
	);
}

/** `systemPrompt` as the editor calls it: System Prompt. */
function labelOf(name: string): string {
	const words = name.replace(/[A-Z]/g, ' $&');
	return words.charAt(0).toUpperCase() + words.slice(1);
}
