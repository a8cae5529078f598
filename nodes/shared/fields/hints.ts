import type { NodeHint } from 'n8n-workflow';

/** Shown in the panel while no model could be asked. */
export const NO_MODEL_HINT: NodeHint = {
	message:
		'No model is listed. Add one under Models, or connect a chat model and raise Connected Models.',
	type: 'warning',
	location: 'ndv',
	whenToDisplay: 'beforeExecution',
	displayCondition:
		'={{ !$parameter.connectedModels && ($parameter.candidates?.values || []).length === 0 }}',
};
