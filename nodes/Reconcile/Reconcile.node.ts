import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { MODEL_CREDENTIALS } from '../shared/fields/sharedState';
import { searchModels } from '../shared/modelList';
import { testRedisCredential } from '../shared/sharedState';
import { RECONCILE_FIELDS } from './description';
import { execute } from './execute';
import { RECONCILE_HINTS, RECONCILE_INPUTS } from './inputs';

/** A tool has one output, which n8n would otherwise label Agreed. */
const AS_TOOL: Partial<INodeTypeDescription> = { outputNames: ['Tool'] };

export class Reconcile implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Reconcile',
		name: 'reconcile',
		icon: {
			light: 'file:../../icons/reconcile.svg',
			dark: 'file:../../icons/reconcile.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ $parameter.task === "learn" ? "Learn weights" : ({ fields: "Merge fields", firstValid: "First valid", list: "Merge lists", medoid: "Most central text", numeric: "Number", rank: "Council", supported: "Most supported text" }[$parameter.method] || $parameter.method[0].toUpperCase() + $parameter.method.slice(1)) + ", agreed above " + Math.round($parameter.agreementThreshold * 100) + " %" }}',
		description:
			'Make one answer of the answers of several models, with the share that agrees, and part what they agree on from what they do not',
		defaults: { name: 'Reconcile' },
		inputs: RECONCILE_INPUTS,
		// A branch that did not run must not keep the others waiting for ever.
		requiredInputs: 1,
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Agreed', 'Disagreed'],
		usableAsTool: { replacements: AS_TOOL },
		credentials: MODEL_CREDENTIALS,
		hints: RECONCILE_HINTS,
		properties: RECONCILE_FIELDS,
	};

	methods = { listSearch: { searchModels }, credentialTest: { testRedisCredential } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute.call(this);
	}
}
