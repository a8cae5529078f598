/** The node, run by n8n's own execution loop. */
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { Reconcile } from '../../../nodes/Reconcile/Reconcile.node';
import { runNode, type WorkflowRun } from '../../support/runWorkflow';

export const RECONCILE = 'n8n-nodes-multi-model.reconcile';
export const node = new Reconcile();

export const AGREED = 0;
export const DISAGREED = 1;

/** Runs the node over the items. */
export async function run(
	parameters: INodeParameters,
	items: readonly IDataObject[],
	settings: Partial<INode> = {},
): Promise<WorkflowRun> {
	return await runNode({ type: RECONCILE, parameters, ...settings }, items, {
		nodes: { [RECONCILE]: node },
	});
}

/** Answers as Parallel Fan-out gives them. */
export function answers(...texts: string[]): IDataObject[] {
	return texts.map((text, index) => ({ model: `${'abcdefgh'[index]}/model`, text, status: 'ok' }));
}
