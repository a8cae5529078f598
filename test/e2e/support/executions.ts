import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/v4-mini';
import { parseFlatted } from './flatted';
import type { Session } from './session';

const POLL_MS = 50;
const DEFAULT_LIMIT_MS = 120_000;
const UNDER_WAY = ['new', 'running', 'waiting', 'unknown'];

const executionSchema = z.object({
	id: z.string(),
	status: z.string(),
	startedAt: z.nullish(z.string()),
	stoppedAt: z.nullish(z.string()),
	data: z.string(),
});

const errorSchema = z.looseObject({
	message: z.string(),
	description: z.nullish(z.string()),
});

const itemSchema = z.object({ json: z.record(z.string(), z.unknown()) });

const runSchema = z.object({
	startTime: z.number(),
	executionTime: z.number(),
	executionStatus: z.optional(z.string()),
	error: z.optional(errorSchema),
	hints: z.optional(z.array(z.object({ message: z.string() }))),
	data: z.optional(z.object({ main: z.optional(z.array(z.nullish(z.array(itemSchema)))) })),
});

const dataSchema = z.object({
	resumeToken: z.optional(z.string()),
	resultData: z.object({
		error: z.optional(errorSchema),
		runData: z._default(z.record(z.string(), z.array(runSchema)), {}),
	}),
});

export type ItemJson = Readonly<Record<string, unknown>>;
export type NodeRun = z.infer<typeof runSchema>;

/** A run of a workflow, read from n8n's database. */
export interface Execution {
	readonly id: string;
	/** `success`, `error`, `canceled`, `crashed`, or `waiting` for a person. */
	readonly status: string;
	readonly durationMs: number;
	/** A node runs once for each of its inputs that got items; not at all when it was not reached. */
	readonly runs: (node: string) => readonly NodeRun[];
	/** What a node put out, over all its runs. */
	readonly items: (node: string, output?: number) => ItemJson[];
	readonly error: { message: string; description?: string | null } | undefined;
	/** What the address of a form or webhook that this run waits for must carry. */
	readonly resumeToken: string | undefined;
	/** The nodes that ran. */
	readonly nodes: readonly string[];
}

/** Starts a workflow the way the editor's button does. */
export async function startRun(session: Session, workflowId: string, trigger: string) {
	const answer = await session.request('POST', `/rest/workflows/${workflowId}/run`, {
		triggerToStartFrom: { name: trigger },
	});
	return z.object({ executionId: z.string() }).parse(answer).executionId;
}

export async function stopRun(session: Session, executionId: string): Promise<void> {
	await session.request('POST', `/rest/executions/${executionId}/stop`);
}

/** Waits for the end of a run. */
export async function finishedRun(
	session: Session,
	executionId: string,
	limitMs = DEFAULT_LIMIT_MS,
): Promise<Execution> {
	const isOver = (status: string) => !UNDER_WAY.includes(status);
	return await runThat(session, executionId, isOver, limitMs);
}

/** Waits until a run rests at a step that waits for a person; throws when it ends before. */
export async function waitingRun(session: Session, executionId: string): Promise<Execution> {
	const rests = (status: string) => status === 'waiting' || !UNDER_WAY.includes(status);
	const execution = await runThat(session, executionId, rests, DEFAULT_LIMIT_MS);
	if (execution.status === 'waiting') return execution;
	throw new Error(`Execution ${executionId} ended: ${execution.status}`);
}

async function runThat(
	session: Session,
	executionId: string,
	isReached: (status: string) => boolean,
	limitMs: number,
): Promise<Execution> {
	const giveUpAtMs = Date.now() + limitMs;
	for (;;) {
		const answer = await session.request('GET', `/rest/executions/${executionId}`);
		const { status } = z.object({ status: z.string() }).parse(answer);
		if (isReached(status)) return toExecution(executionSchema.parse(answer));
		if (Date.now() > giveUpAtMs) throw new Error(`Execution ${executionId} is still ${status}`);
		await sleep(POLL_MS);
	}
}

/** Starts a run and waits for its end. */
export async function runWorkflow(
	session: Session,
	workflowId: string,
	trigger: string,
): Promise<Execution> {
	return await finishedRun(session, await startRun(session, workflowId, trigger));
}

/** The latest runs of a workflow, newest first. */
export async function listExecutionIds(session: Session, workflowId: string): Promise<string[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const answer = await session.request('GET', `/rest/executions?filter=${filter}`);
	const { results } = z.object({ results: z.array(z.object({ id: z.string() })) }).parse(answer);
	return results.map(({ id }) => id);
}

function toExecution(stored: z.infer<typeof executionSchema>): Execution {
	const { resultData, resumeToken } = dataSchema.parse(parseFlatted(stored.data));
	const { runData, error } = resultData;
	const { id, status, startedAt, stoppedAt } = stored;
	return {
		id,
		status,
		durationMs: Date.parse(stoppedAt ?? '') - Date.parse(startedAt ?? ''),
		runs: (node) => runData[node] ?? [],
		items: (node, output = 0) =>
			(runData[node] ?? []).flatMap(({ data }) =>
				(data?.main?.[output] ?? []).map(({ json }) => json),
			),
		error,
		resumeToken,
		nodes: Object.keys(runData),
	};
}
