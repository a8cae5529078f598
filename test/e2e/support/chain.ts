import { randomUUID } from 'node:crypto';
import type { StoredCredential } from './credentials';
import type { WorkflowFile, WorkflowNode } from './workflows';

export interface ChainedNode {
	readonly name: string;
	readonly type: string;
	readonly typeVersion?: number;
	readonly parameters?: Record<string, unknown>;
	readonly onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	readonly credentials?: WorkflowNode['credentials'];
}

export const MANUAL: ChainedNode = {
	name: 'Manual Trigger',
	type: 'n8n-nodes-base.manualTrigger',
};

/** A workflow of nodes one after the other. */
export function chain(name: string, nodes: readonly ChainedNode[]): WorkflowFile {
	return {
		name,
		nodes: nodes.map((node, index) => ({
			typeVersion: 1,
			parameters: {},
			...node,
			id: randomUUID(),
			position: [index * 220, 0],
		})),
		connections: Object.fromEntries(
			nodes
				.slice(0, -1)
				.map((node, index) => [
					node.name,
					{ main: [[{ node: nodes[index + 1]?.name, type: 'main', index: 0 }]] },
				]),
		),
		settings: { executionOrder: 'v1' },
	};
}

/** Gives out these items. */
export function items(jsons: readonly object[]): ChainedNode {
	return {
		name: 'Items',
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		parameters: { jsCode: `return ${JSON.stringify(jsons)}.map((json) => ({ json }));` },
	};
}

/** A Router that asks these models, in that order. */
export function router(
	models: readonly string[],
	credentials: readonly StoredCredential[],
	parameters: Record<string, unknown> = {},
): ChainedNode {
	const vendors = [...new Set(models.map((model) => model.split('/')[0]))];
	return {
		name: 'Router',
		type: 'n8n-nodes-multi-model.multiModelRouter',
		parameters: {
			providers: vendors,
			candidates: {
				values: models.map((value) => ({
					model: { __rl: true, mode: 'id', value },
					settings: {},
				})),
			},
			prompt: '={{ $json.prompt }}',
			...parameters,
		},
		credentials: Object.fromEntries(credentials.map(({ type, id, name }) => [type, { id, name }])),
	};
}
