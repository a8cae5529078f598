import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/v4-mini';
import type { StoredCredential } from './credentials';
import type { Session } from './session';

const POLL_MS = 25;
const PUBLICATION_LIMIT_MS = 20_000;

/** One node as it stands in a workflow file; what we do not touch passes through. */
const nodeSchema = z.looseObject({
	name: z.string(),
	type: z.string(),
	parameters: z.record(z.string(), z.unknown()),
	credentials: z.optional(z.record(z.string(), z.object({ id: z.string(), name: z.string() }))),
});

const workflowSchema = z.object({
	name: z.string(),
	nodes: z.array(nodeSchema),
	connections: z.record(z.string(), z.unknown()),
	settings: z._default(z.record(z.string(), z.unknown()), {}),
	pinData: z.optional(z.record(z.string(), z.unknown())),
});

export type WorkflowNode = z.infer<typeof nodeSchema>;
export type WorkflowFile = z.infer<typeof workflowSchema>;

const storedSchema = z.object({ id: z.string(), name: z.string(), versionId: z.string() });

export type StoredWorkflow = z.infer<typeof storedSchema>;

export function readWorkflow(text: string): WorkflowFile {
	return workflowSchema.parse(JSON.parse(text));
}

/** A workflow file names its author's credentials: ours of the same type take their place. */
export function withCredentials(
	workflow: WorkflowFile,
	stored: readonly StoredCredential[],
): WorkflowFile {
	const byType = new Map(stored.map(({ type, id, name }) => [type, { id, name }]));
	const nodes = workflow.nodes.map((node) => {
		if (node.credentials === undefined) return node;
		const credentials = Object.fromEntries(
			Object.entries(node.credentials).map(([type, named]) => [type, byType.get(type) ?? named]),
		);
		return { ...node, credentials };
	});
	return { ...workflow, nodes };
}

export async function listWorkflows(session: Session): Promise<StoredWorkflow[]> {
	return z.array(storedSchema).parse(await session.request('GET', '/rest/workflows'));
}

export async function createWorkflow(
	session: Session,
	workflow: WorkflowFile,
): Promise<StoredWorkflow> {
	return storedSchema.parse(await session.request('POST', '/rest/workflows', workflow));
}

export async function replaceWorkflow(
	session: Session,
	id: string,
	workflow: WorkflowFile,
): Promise<StoredWorkflow> {
	return storedSchema.parse(await session.request('PATCH', `/rest/workflows/${id}`, workflow));
}

/** Publishes a workflow and waits until its webhooks answer: n8n does that after it has replied. */
export async function activateWorkflow(session: Session, workflow: StoredWorkflow): Promise<void> {
	const { id, versionId } = workflow;
	await session.request('POST', `/rest/workflows/${id}/activate`, { versionId });
	const statusSchema = z.object({ status: z.string() });
	const giveUpAtMs = Date.now() + PUBLICATION_LIMIT_MS;
	for (;;) {
		const { status } = statusSchema.parse(
			await session.request('GET', `/rest/workflows/${id}/publication-status`),
		);
		if (status === 'published') return;
		if (Date.now() > giveUpAtMs) throw new Error(`Workflow ${id} was not published: ${status}`);
		await sleep(POLL_MS);
	}
}
