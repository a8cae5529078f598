import './n8nEnvironment';
import { ExecutionLifecycleHooks, ExternalSecretsProxy, WorkflowExecute } from 'n8n-core';
import {
	Workflow,
	createEmptyRunExecutionData,
	type ExecutionError,
	type ExecutionStatus,
	type IConnections,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type INodeTypes,
	type IPinData,
	type ITaskData,
	type IWorkflowExecuteAdditionalData,
	type IWorkflowSettings,
	type NodeExecutionHint,
	type StructuredChunk,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { CORE_NODES } from './coreNodes';
import { FakeCredentialsHelper, type GivenCredentials } from './fakeCredentialsHelper';

/** The parts of an exported workflow that a run needs. */
export interface WorkflowJson {
	readonly name?: string;
	readonly nodes: ReadonlyArray<Omit<INode, 'id'> & { readonly id?: string }>;
	readonly connections: IConnections;
	readonly settings?: IWorkflowSettings;
	readonly pinData?: IPinData;
}

export interface RunWorkflowOptions {
	/** Node types by full name, e.g. `n8n-nodes-multi-model.reconcile`, beside n8n's own stand-ins. */
	readonly nodes: Readonly<Record<string, INodeType>>;
	/**
	 * Credential data by name or type. A node without a `credentials` key of its own gets all that
	 * its description lists; `credentials: {}` on the node leaves it without any.
	 */
	readonly credentials?: GivenCredentials;
	/** Items that a node emits instead of running, by its name: the way to feed the trigger. */
	readonly pinData?: IPinData;
	/** Aborting it is what Stop does in the editor. */
	readonly signal?: AbortSignal;
	/** Default `manual`. */
	readonly mode?: WorkflowExecuteMode;
	/** What the trigger's streaming response would get; with it the execution is one that streams. */
	readonly onChunk?: (chunk: StructuredChunk) => void;
	/** Default: the first trigger. */
	readonly startNode?: string;
	readonly executionId?: string;
	readonly workflowId?: string;
}

export interface WorkflowRun {
	readonly status: ExecutionStatus;
	/** Items of the last run of each node, per main output. */
	readonly items: Readonly<Record<string, INodeExecutionData[][]>>;
	/** Run hints of the last run of each node. */
	readonly hints: Readonly<Record<string, NodeExecutionHint[]>>;
	readonly runs: Readonly<Record<string, ITaskData[]>>;
	/** What stopped the workflow. */
	readonly error?: ExecutionError;
}

function nodeTypes(own: Readonly<Record<string, INodeType>>): INodeTypes {
	const known: Readonly<Record<string, INodeType>> = { ...CORE_NODES, ...own };
	const get = (name: string): INodeType => {
		const type = known[name];
		if (type === undefined) throw new Error(`The test harness does not know the node "${name}"`);
		return type;
	};
	return { getByName: get, getByNameAndVersion: get, getKnownTypes: () => ({}) };
}

function withCredentials(node: INode, types: INodeTypes, given: GivenCredentials): INode {
	if (node.credentials !== undefined) return node;
	const slots = types.getByNameAndVersion(node.type).description.credentials ?? [];
	const attached = slots.filter(({ name }) => name in given);
	if (attached.length === 0) return node;
	const entries = attached.map(({ name }) => [name, { id: name, name }]);
	return { ...node, credentials: Object.fromEntries(entries) as INode['credentials'] };
}

/** n8n builds resume and form addresses from these; nothing listens there. */
const LOOPBACK = 'http://127.0.0.1/';

function refuse(what: string): () => never {
	return () => {
		throw new Error(`The test harness offers no ${what}`);
	};
}

function additionalDataFor(
	workflow: WorkflowJson,
	mode: WorkflowExecuteMode,
	options: RunWorkflowOptions,
): IWorkflowExecuteAdditionalData {
	const {
		credentials = {},
		executionId = 'test-execution',
		workflowId = 'test',
		onChunk,
	} = options;
	const hooks = new ExecutionLifecycleHooks(mode, executionId, {
		id: workflowId,
		name: workflow.name ?? 'test',
		active: false,
		isArchived: false,
		activeVersionId: null,
		createdAt: new Date(0),
		updatedAt: new Date(0),
		nodes: [],
		connections: {},
	});
	if (onChunk !== undefined) hooks.addHandler('sendChunk', async (chunk) => onChunk(chunk));
	const data: IWorkflowExecuteAdditionalData & { hooks: ExecutionLifecycleHooks } = {
		hooks,
		streamingEnabled: onChunk !== undefined,
		credentialsHelper: new FakeCredentialsHelper(credentials),
		executionId,
		workflowId,
		externalSecretsProxy: new ExternalSecretsProxy(),
		currentNodeExecutionIndex: 0,
		variables: {},
		restApiUrl: LOOPBACK,
		instanceBaseUrl: LOOPBACK,
		formBaseUrl: LOOPBACK,
		formWaitingBaseUrl: LOOPBACK,
		formTestBaseUrl: LOOPBACK,
		webhookBaseUrl: LOOPBACK,
		webhookWaitingBaseUrl: LOOPBACK,
		webhookTestBaseUrl: LOOPBACK,
		mcpBaseUrl: LOOPBACK,
		mcpTestBaseUrl: LOOPBACK,
		executeWorkflow: refuse('sub-workflows'),
		getRunExecutionData: refuse('stored executions'),
		getRuntimeCredential: refuse('runtime credentials'),
		startRunnerTask: refuse('task runner'),
		logAiEvent: () => {},
	};
	return data;
}

/** Runs a workflow through n8n's own execution loop: no server, no database, no network. */
export async function runWorkflow(
	workflowJson: WorkflowJson,
	options: RunWorkflowOptions,
): Promise<WorkflowRun> {
	const types = nodeTypes(options.nodes);
	const mode = options.mode ?? 'manual';
	const nodes = workflowJson.nodes
		.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote')
		.map((node, index): INode => ({ ...structuredClone(node), id: node.id ?? `node-${index}` }))
		.map((node) => withCredentials(node, types, options.credentials ?? {}));
	const workflow = new Workflow({
		id: options.workflowId ?? 'test',
		name: workflowJson.name ?? 'test',
		nodes,
		connections: workflowJson.connections,
		active: false,
		nodeTypes: types,
		settings: { executionOrder: 'v1', ...workflowJson.settings },
	});
	const isTrigger = ({ type }: INode) =>
		types.getByNameAndVersion(type).description.group.includes('trigger');
	const start = nodes.find((node) =>
		options.startNode === undefined ? isTrigger(node) : node.name === options.startNode,
	);
	if (start === undefined) throw new Error('The workflow has no trigger; name a startNode');

	const pinData = { ...workflowJson.pinData, ...options.pinData };
	const execution = new WorkflowExecute(
		additionalDataFor(workflowJson, mode, options),
		mode,
		createEmptyRunExecutionData(),
	).run({ workflow, startNode: start, pinData });
	const stop = () => execution.cancel();
	options.signal?.addEventListener('abort', stop, { once: true });
	if (options.signal?.aborted) stop();
	const run = await execution.finally(() => options.signal?.removeEventListener('abort', stop));

	const { runData, error } = run.data.resultData;
	return {
		status: run.status,
		items: lastRuns(runData, ({ data }) => (data?.main ?? []).map((items) => items ?? [])),
		hints: lastRuns(runData, ({ hints }) => hints ?? []),
		runs: runData,
		...(error === undefined ? {} : { error }),
	};
}

function lastRuns<T>(
	runs: Readonly<Record<string, ITaskData[]>>,
	read: (task: ITaskData) => T,
): Record<string, T> {
	const pairs = Object.entries(runs).flatMap(([name, tasks]) => {
		const last = tasks.at(-1);
		return last === undefined ? [] : [[name, read(last)] as const];
	});
	return Object.fromEntries(pairs);
}

/** The `json` of a node's items on one output. */
export function jsonOf(run: WorkflowRun, nodeName: string, output = 0): IDataObject[] {
	return (run.items[nodeName]?.[output] ?? []).map(({ json }) => json);
}

/** A workflow of a trigger and one node: `items` go in, and out come the node's. */
export async function runNode(
	node: Pick<INode, 'type' | 'parameters'> & Partial<INode>,
	items: readonly IDataObject[],
	options: RunWorkflowOptions,
): Promise<WorkflowRun> {
	const type = options.nodes[node.type];
	const version = type?.description.defaultVersion ?? type?.description.version;
	const trigger = { type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} };
	return await runWorkflow(
		{
			nodes: [
				{ ...trigger, name: 'Trigger', position: [0, 0] },
				{
					name: 'Node',
					position: [200, 0],
					typeVersion: Array.isArray(version) ? (version.at(-1) ?? 1) : (version ?? 1),
					...node,
				},
			],
			connections: { Trigger: { main: [[{ node: node.name ?? 'Node', type: 'main', index: 0 }]] } },
		},
		{ ...options, pinData: { Trigger: items.map((json) => ({ json })), ...options.pinData } },
	);
}
