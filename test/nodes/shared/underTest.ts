/** The nodes under test, run by n8n's own loop over the sandbox's HTTP. */
import type { IDataObject, INode, INodeParameters, INodeType } from 'n8n-workflow';
import { MultiModelRouter } from '../../../nodes/MultiModelRouter/MultiModelRouter.node';
import { ParallelFanOut } from '../../../nodes/ParallelFanOut/ParallelFanOut.node';
import { runtime } from '../../../nodes/shared/runtime';
import { startSandbox, type CallRecord, type Sandbox } from '../../sandbox';
import { runNode, type RunWorkflowOptions, type WorkflowRun } from '../../support/runWorkflow';
import { sandboxCredentials } from './sandboxCredentials';

export const ROUTER = 'n8n-nodes-multi-model.multiModelRouter';
export const FAN_OUT = 'n8n-nodes-multi-model.parallelFanOut';

export const MINI = 'openai/gpt-4o-mini-2024-07-18';
export const HAIKU = 'anthropic/claude-3-5-haiku-20241022';
export const FLASH = 'google/gemini-1.5-flash';

export const router = new MultiModelRouter();
export const fanOut = new ParallelFanOut();

const NODES: Readonly<Record<string, INodeType>> = { [ROUTER]: router, [FAN_OUT]: fanOut };

/** Rows of the list of models. */
export function models(...rows: Array<string | { id: string; [setting: string]: unknown }>) {
	return {
		values: rows.map((row) => {
			const { id, ...settings } = typeof row === 'string' ? { id: row } : row;
			return { model: { __rl: true, mode: 'id', value: id }, settings };
		}),
	} as INodeParameters;
}

/** Most calls that were open at the same time, by the sandbox's own log. */
export function peakOf(calls: readonly CallRecord[]): number {
	const openAt = (atMs: number) =>
		calls.filter(({ startedAtMs, endedAtMs = Infinity }) => startedAtMs <= atMs && atMs < endedAtMs)
			.length;
	return Math.max(0, ...calls.map(({ startedAtMs }) => openAt(startedAtMs)));
}

export interface UnderTest {
	readonly sandbox: Sandbox;
	/** Credential data by type, pointing at the sandbox. */
	readonly credentials: ReturnType<typeof sandboxCredentials>;
	/** Runs one node over the items; the defaults are two vendors and the prompt `{{ $json.prompt }}`. */
	readonly run: (
		type: string,
		parameters: INodeParameters,
		items: readonly IDataObject[],
		more?: Partial<RunWorkflowOptions> & { readonly node?: Partial<INode> },
	) => Promise<WorkflowRun>;
}

/** One sandbox for a test file; faults, log and stored answers are cleared before each test. */
export function underTest(): UnderTest {
	let sandbox: Sandbox | undefined;
	const get = () => {
		if (sandbox === undefined) throw new Error('The sandbox is not up');
		return sandbox;
	};
	beforeAll(async () => {
		sandbox = await startSandbox();
	});
	beforeEach(() => {
		get().clearCalls();
		get().clearFaults();
		get().clearLatency();
		runtime().state.clear();
	});
	afterAll(async () => {
		await sandbox?.close();
		await runtime().close();
	});
	return {
		get sandbox() {
			return get();
		},
		get credentials() {
			return sandboxCredentials(get().url);
		},
		run: async (type, parameters, items, { node = {}, ...options } = {}) =>
			await runNode(
				{
					type,
					parameters: {
						providers: ['openai', 'anthropic', 'google'],
						candidates: models(MINI, HAIKU),
						prompt: '={{ $json.prompt }}',
						...parameters,
					},
					...node,
				},
				items,
				{ nodes: NODES, credentials: sandboxCredentials(get().url), ...options },
			),
	};
}
