import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/v4-mini';
import type { Session } from './session';
import { createWorkflow, listWorkflows, replaceWorkflow, type WorkflowFile } from './workflows';
import type { Example } from './exampleWorkflows';

const importedSchema = z.record(z.string(), z.string());

/**
 * Brings the examples into the demo's n8n. One that the user changed there stays as it is until its
 * file changes.
 */
export async function importExamples(
	session: Session,
	userFolder: string,
	examples: readonly Example[],
): Promise<void> {
	const file = path.join(userFolder, 'imported-examples.json');
	const text = await readFile(file, 'utf8').catch(() => '{}');
	const imported = importedSchema.parse(JSON.parse(text));
	const present = new Set((await listWorkflows(session)).map(({ name }) => name));
	for (const { workflow, digest } of examples) {
		const isCurrent = imported[workflow.name] === digest && present.has(workflow.name);
		if (!isCurrent) await putWorkflow(session, workflow);
	}
	await mkdir(userFolder, { recursive: true });
	const now = Object.fromEntries(examples.map(({ workflow, digest }) => [workflow.name, digest]));
	await writeFile(file, JSON.stringify(now));
}

/** Creates the workflow, or replaces the one of its name. */
export async function putWorkflow(session: Session, workflow: WorkflowFile): Promise<string> {
	const known = (await listWorkflows(session)).find(({ name }) => name === workflow.name);
	const stored =
		known === undefined
			? await createWorkflow(session, workflow)
			: await replaceWorkflow(session, known.id, workflow);
	return stored.id;
}
