import type { ExpressionString, NodeHint } from 'n8n-workflow';
import { MAX_CONNECTED_MODELS } from '../shared/fields/modelInputs';
import { MAX_INPUTS, MIN_INPUTS } from './readFields';

/**
 * One main input, or one for each branch of the canvas. The only input stays unnamed: a name would
 * be drawn over the label of its edge.
 */
export const RECONCILE_INPUTS: ExpressionString = `={{ [...($parameter.answersFrom !== 'inputs' ? ['main'] : Array.from(
	{ length: Math.min(${MAX_INPUTS}, Math.max(${MIN_INPUTS}, Math.floor(Number($parameter.numberInputs) || ${MIN_INPUTS}))) },
	(_, index) => ({ type: 'main', displayName: String(index + 1) }),
)), ...Array.from(
	{ length: Math.min(${MAX_CONNECTED_MODELS}, Math.max(0, Math.floor(Number($parameter.connectedModels) || 0))) },
	(_, index) => ({ type: 'ai_languageModel', displayName: 'Model ' + (index + 1), maxConnections: 1, required: false }),
)] }}`;

const ASKS_MODELS =
	'["judge", "rank", "synthesize"].includes($parameter.method) || $parameter.debate';

/** Shown in the panel before a run. */
export const RECONCILE_HINTS: NodeHint[] = [
	{
		message:
			'This method asks models, and none is listed. Tick a provider, select its credential and add a model under Models.',
		type: 'warning',
		location: 'ndv',
		whenToDisplay: 'beforeExecution',
		displayCondition: `={{ (${ASKS_MODELS}) && !$parameter.connectedModels && ($parameter.candidates?.values || []).length === 0 }}`,
	},
	{
		message:
			'A council ranks the answers of others: list every model that answered under Models, so that each can rank, three at least.',
		type: 'info',
		location: 'ndv',
		whenToDisplay: 'beforeExecution',
		displayCondition:
			'={{ $parameter.method === "rank" && ($parameter.connectedModels || 0) + ($parameter.candidates?.values || []).length < 3 }}',
	},
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
