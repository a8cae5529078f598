import type { ExpressionString } from 'n8n-workflow';

/** Most models that can be connected to one node. */
export const MAX_CONNECTED_MODELS = 8;

/**
 * The main input and one numbered input for each connected model. One input each, since a shared
 * one neither shows nor keeps the order of its models. The main input stays unnamed: a name would
 * be drawn over the label of its edge.
 */
export const MODEL_INPUTS: ExpressionString = `={{ ['main', ...Array.from(
	{ length: Math.min(${MAX_CONNECTED_MODELS}, Math.max(0, Math.floor(Number($parameter.connectedModels) || 0))) },
	(_, index) => ({ type: 'ai_languageModel', displayName: 'Model ' + (index + 1), maxConnections: 1, required: false }),
)] }}`;
