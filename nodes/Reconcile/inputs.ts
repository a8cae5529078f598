import type { ExpressionString, NodeHint } from 'n8n-workflow';
import { MAX_INPUTS, MIN_INPUTS } from './readFields';

/**
 * One main input, or one for each branch of the canvas. The only input stays unnamed: a name would
 * be drawn over the label of its edge.
 */
export const RECONCILE_INPUTS: ExpressionString = `={{ $parameter.answersFrom !== 'inputs' ? ['main'] : Array.from(
	{ length: Math.min(${MAX_INPUTS}, Math.max(${MIN_INPUTS}, Math.floor(Number($parameter.numberInputs) || ${MIN_INPUTS}))) },
	(_, index) => ({ type: 'main', displayName: String(index + 1) }),
) }}`;

/** Shown in the panel before a run. */
export const RECONCILE_HINTS: NodeHint[] = [
	{
		message:
			'Nothing can be agreed with a threshold of 1. Use 0.99 to ask for the same answer from all.',
		type: 'warning',
		location: 'ndv',
		whenToDisplay: 'beforeExecution',
		displayCondition: '={{ $parameter.agreementThreshold >= 1 }}',
	},
	{
		message:
			'All models count the same, which is what Majority does. Set Weights From to give better models more weight.',
		type: 'info',
		location: 'ndv',
		whenToDisplay: 'beforeExecution',
		displayCondition:
			'={{ $parameter.method === "weighted" && $parameter.weightsFrom === "equal" }}',
	},
	{
		message:
			'The agreement of First Valid is the share of answers that pass. Set Agreement Threshold to 0 to send every valid answer to Agreed.',
		type: 'info',
		location: 'ndv',
		whenToDisplay: 'beforeExecution',
		displayCondition:
			'={{ $parameter.method === "firstValid" && $parameter.agreementThreshold > 0 }}',
	},
	{
		message:
			'First Valid needs a test: a JSON Schema, a pattern or an expression that says which answer is valid.',
		type: 'warning',
		location: 'ndv',
		whenToDisplay: 'beforeExecution',
		displayCondition:
			'={{ $parameter.method === "firstValid" && !$parameter.validSchema && !$parameter.validPattern && !$parameter.validWhen }}',
	},
];
