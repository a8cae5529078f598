import {
	NodeOperationError,
	type IDataObject,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';
import { EngineError } from '../../engine/index';

interface ErrorFacts {
	readonly sentence: string;
	readonly advice: string;
	readonly details: IDataObject;
}

const UNEXPECTED_ADVICE =
	'Check the expressions in the fields of this node; if they are right, report this as a bug.';

function errorFacts(error: unknown): ErrorFacts {
	if (error instanceof EngineError) {
		return {
			sentence: error.message,
			advice: error.advice,
			details: {
				code: error.code,
				attempts: (error.trace?.attempts ?? []).map((attempt) => ({ ...attempt })),
				skipped: (error.trace?.route.skipped ?? []).map((skip) => ({ ...skip })),
			},
		};
	}
	return {
		sentence: error instanceof Error ? error.message : String(error),
		advice: ownDescription(error) ?? UNEXPECTED_ADVICE,
		details: { code: 'UNEXPECTED', attempts: [], skipped: [] },
	};
}

function ownDescription(error: unknown): string | undefined {
	if (!(error instanceof Error) || !('description' in error)) return undefined;
	return typeof error.description === 'string' && error.description !== ''
		? error.description
		: undefined;
}

/**
 * The item that stands for a failed one under both Continue modes. Exactly these three keys: with
 * any other n8n would leave the item on the success branch.
 */
export function errorItem(error: unknown, itemIndex: number): INodeExecutionData {
	const { sentence, advice, details } = errorFacts(error);
	return {
		json: { error: sentence, message: advice, details },
		pairedItem: { item: itemIndex },
	};
}

/** The error that stops the workflow, with the item's index and what the builder can do. */
export function toNodeError(node: INode, error: unknown, itemIndex: number): NodeOperationError {
	const { sentence, advice } = errorFacts(error);
	const nodeError = new NodeOperationError(node, error instanceof Error ? error : sentence, {
		message: sentence,
		description: advice,
		itemIndex,
	});
	// n8n swaps a message that merely mentions e.g. ECONNREFUSED for a sentence of its own, and
	// hands back an error that already is one of its own without the index.
	nodeError.message = sentence;
	nodeError.context.itemIndex ??= itemIndex;
	return nodeError;
}
