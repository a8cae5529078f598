import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { StoredCredential } from './credentials';
import { readWorkflow, withCredentials, type WorkflowFile } from './workflows';

export interface Example {
	/** Without its ending: `hybrid`. */
	readonly file: string;
	readonly workflow: WorkflowFile;
	/** Changes with the file. */
	readonly digest: string;
}

/** The workflows of `test/workflows`, with these credentials in the place of the author's. */
export async function exampleWorkflows(
	repository: string,
	credentials: readonly StoredCredential[],
): Promise<Example[]> {
	const folder = path.join(repository, 'test', 'workflows');
	const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
	return await Promise.all(
		files.map(async (file) => {
			const text = await readFile(path.join(folder, file), 'utf8');
			return {
				file: path.basename(file, '.json'),
				workflow: withCredentials(readWorkflow(text), credentials),
				digest: createHash('sha256').update(text).digest('hex'),
			};
		}),
	);
}

/** The name of the workflow's trigger: where a run starts. */
export function triggerOf(workflow: WorkflowFile): string {
	const trigger = workflow.nodes.find(({ type }) => /trigger$/i.test(type));
	if (trigger === undefined) throw new Error(`The workflow "${workflow.name}" has no trigger`);
	return trigger.name;
}

/** A copy whose node `Questions` gives out these items. */
export function withQuestions(
	workflow: WorkflowFile,
	name: string,
	questions: readonly object[],
): WorkflowFile {
	const jsCode = `return ${JSON.stringify(questions, null, '\t')}.map((json) => ({ json }));`;
	const nodes = workflow.nodes.map((node) =>
		node.name === 'Questions' ? { ...node, parameters: { jsCode } } : node,
	);
	return { ...workflow, name, nodes };
}

/** The models that a node of the workflow lists, as `provider/model`. */
export function listedIn(workflow: WorkflowFile, nodeName: string): string[] {
	const node = workflow.nodes.find(({ name }) => name === nodeName);
	const rows = (node?.parameters.candidates as { values?: Array<{ model: { value: string } }> })
		?.values;
	return (rows ?? []).map(({ model }) => model.value);
}
