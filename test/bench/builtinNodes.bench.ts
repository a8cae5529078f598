/**
 * Side by side in one real n8n, on the same sandbox: n8n's own nodes and ours.
 *
 *   three models of 1 second   three OpenAI nodes on three branches   one Parallel Fan-out
 *   200 items of 200 ms        one OpenAI node                        one Multi-Model Router, 20 at a time
 *   a vendor that is down      Basic LLM Chain, Max Retries 2         one Multi-Model Router with a backup
 */
import { installIntoNodesFolder } from '../e2e/support/nodesFolder';
import { saveCredential } from '../e2e/support/credentials';
import { runWorkflow } from '../e2e/support/executions';
import { readHost } from '../e2e/support/host';
import { startN8n } from '../e2e/support/n8nProcess';
import { signIn, type Session } from '../e2e/support/session';
import { makeTemporaryFolder } from '../e2e/support/temporaryFolder';
import { createWorkflow, withCredentials, type WorkflowNode } from '../e2e/support/workflows';
import { DEFAULT_API_KEYS, startSandbox } from '../sandbox/index';

const ITEMS = 200;
const ITEM_MS = 200;
const CONCURRENCY = 20;
const BRANCH_MS = 1_000;
const FANOUT_LIMIT_MS = 1_150;
const ROUTER_LIMIT_MS = 2_400;
const [KEY] = DEFAULT_API_KEYS.openai;

type Wires = Array<Array<{ node: string; type: string; index: number }>>;
type Connections = Record<string, Record<string, Wires>>;
type Stored = Parameters<typeof withCredentials>[1];

let place = 0;
function node(
	name: string,
	type: string,
	parameters: Record<string, unknown>,
	more: object = {},
): WorkflowNode {
	place++;
	return {
		id: `node-${place}`,
		name,
		type,
		typeVersion: 1,
		position: [200 * place, 0],
		parameters,
		...more,
	};
}

/** Each name feeds all names of the next list. */
function chain(...stages: readonly (readonly string[])[]): Connections {
	const connections: Connections = {};
	for (const [index, names] of stages.entries()) {
		const next = stages[index + 1] ?? [];
		for (const name of names) {
			connections[name] = {
				main: [next.map((target) => ({ node: target, type: 'main', index: 0 }))],
			};
		}
	}
	return connections;
}

const trigger = node('Start', 'n8n-nodes-base.manualTrigger', {});
const questions = (count: number) =>
	node(
		'Questions',
		'n8n-nodes-base.code',
		{
			jsCode: `return Array.from({ length: ${count} }, (_, n) => ({ json: { question: 'Question ' + n } }));`,
		},
		{ typeVersion: 2 },
	);
const builtin = (name: string, model: string) =>
	node(
		name,
		'@n8n/n8n-nodes-langchain.openAi',
		{
			resource: 'text',
			operation: 'response',
			modelId: { __rl: true, mode: 'id', value: model },
			responses: { values: [{ type: 'text', role: 'user', content: '={{ $json.question }}' }] },
			simplify: true,
			options: {},
		},
		{ typeVersion: 2.3, credentials: { openAiApi: { id: '', name: '' } } },
	);
const ours = (
	name: string,
	type: string,
	models: readonly string[],
	more: Record<string, unknown>,
) =>
	node(
		name,
		`n8n-nodes-multi-model.${type}`,
		{
			providers: ['openai'],
			candidates: {
				values: models.map((id) => ({ model: { __rl: true, mode: 'id', value: `openai/${id}` } })),
			},
			prompt: '={{ $json.question }}',
			caching: { mode: 'off' },
			...more,
		},
		{ credentials: { multiModelOpenAiApi: { id: '', name: '' } } },
	);

interface Race {
	readonly what: string;
	readonly nodes: readonly WorkflowNode[];
	readonly connections: Connections;
	/** The nodes whose time is counted, from the start of the first to the end of the last. */
	readonly counted: readonly string[];
	readonly limitMs?: number;
}

const MODELS = ['gpt-4o-mini', 'gpt-4o', 'gpt-3.5-turbo'].map(
	(id) => `${id}--latency-${BRANCH_MS}`,
);

const races = (): Race[] => {
	const branches = ['OpenAI 1', 'OpenAI 2', 'OpenAI 3'];
	const item = `gpt-4o-mini--latency-${ITEM_MS}`;
	return [
		{
			what: `3 models of ${BRANCH_MS} ms: three OpenAI nodes`,
			nodes: [
				trigger,
				questions(1),
				...branches.map((name, index) => builtin(name, MODELS[index] ?? '')),
			],
			connections: chain(['Start'], ['Questions'], branches),
			counted: branches,
		},
		{
			what: `3 models of ${BRANCH_MS} ms: Parallel Fan-out`,
			nodes: [trigger, questions(1), ours('Fan-out', 'parallelFanOut', MODELS, {})],
			connections: chain(['Start'], ['Questions'], ['Fan-out']),
			counted: ['Fan-out'],
			limitMs: FANOUT_LIMIT_MS,
		},
		{
			what: `${ITEMS} items of ${ITEM_MS} ms: OpenAI node`,
			nodes: [trigger, questions(ITEMS), builtin('OpenAI', item)],
			connections: chain(['Start'], ['Questions'], ['OpenAI']),
			counted: ['OpenAI'],
		},
		{
			what: `${ITEMS} items of ${ITEM_MS} ms: Multi-Model Router, ${CONCURRENCY} at a time`,
			nodes: [
				trigger,
				questions(ITEMS),
				ours('Router', 'multiModelRouter', [item], { limits: { concurrency: CONCURRENCY } }),
			],
			connections: chain(['Start'], ['Questions'], ['Router']),
			counted: ['Router'],
			limitMs: ROUTER_LIMIT_MS,
		},
	];
};

/** The first request meets a 503, the next one would be answered. */
const SHAKY = 'gpt-4o-mini--fault-503--times-1';
/** Limited for the next minute. */
const LIMITED = 'gpt-4o-mini--fault-429-seconds-60';

/** The same trouble for both: what came out, and how many requests the vendor saw. */
function drills(): Array<{ what: string; ours: boolean; models: readonly string[] }> {
	return [
		{ what: '503 once: Basic LLM Chain, Max Retries 2', ours: false, models: [SHAKY] },
		{ what: '503 once: Multi-Model Router', ours: true, models: [SHAKY] },
		{ what: '429 for a minute: Basic LLM Chain, Max Retries 2', ours: false, models: [LIMITED] },
		{
			what: '429 for a minute: Multi-Model Router with a second model',
			ours: true,
			models: [LIMITED, 'gpt-4o'],
		},
	];
}

function chainWith(model: string): { nodes: WorkflowNode[]; connections: Connections } {
	const chatModel = node(
		'OpenAI Chat Model',
		'@n8n/n8n-nodes-langchain.lmChatOpenAi',
		{ model: { __rl: true, mode: 'id', value: model }, options: { maxRetries: 2 } },
		{ typeVersion: 1.3, credentials: { openAiApi: { id: '', name: '' } } },
	);
	const llmChain = node(
		'Ask',
		'@n8n/n8n-nodes-langchain.chainLlm',
		{ promptType: 'define', text: '={{ $json.question }}' },
		{ typeVersion: 1.7 },
	);
	const wire = { node: 'Ask', type: 'ai_languageModel', index: 0 };
	return {
		nodes: [trigger, questions(1), chatModel, llmChain],
		connections: {
			...chain(['Start'], ['Questions'], ['Ask']),
			'OpenAI Chat Model': { ai_languageModel: [[wire]] },
		},
	};
}

async function runDrill(
	session: Session,
	drill: ReturnType<typeof drills>[number],
	credentials: Stored,
) {
	const { what, ours: isOurs, models } = drill;
	const { nodes, connections } = isOurs
		? {
				nodes: [trigger, questions(1), ours('Ask', 'multiModelRouter', models, {})],
				connections: chain(['Start'], ['Questions'], ['Ask']),
			}
		: chainWith(models[0] ?? '');
	const workflow = { name: what, nodes, connections, settings: {} };
	const stored = await createWorkflow(session, withCredentials(workflow, credentials));
	sandbox.reset();
	const { status } = await runWorkflow(session, stored.id, 'Start');
	return { answered: status === 'success', requests: sandbox.calls().length };
}

async function timeOf(session: Session, race: Race, credentials: Stored) {
	const { what, nodes, connections, counted } = race;
	const workflow = { name: what, nodes: [...nodes], connections, settings: {} };
	const stored = await createWorkflow(session, withCredentials(workflow, credentials));
	const execution = await runWorkflow(session, stored.id, 'Start');
	if (execution.status !== 'success') throw new Error(`${what}: ${execution.error?.message}`);
	const runs = counted.map((name) => execution.runs(name)[0]);
	const started = Math.min(...runs.map((run) => run?.startTime ?? NaN));
	const ended = Math.max(
		...runs.map((run) => (run?.startTime ?? NaN) + (run?.executionTime ?? NaN)),
	);
	const items = execution.items(counted.at(-1) ?? '').length;
	return { ms: ended - started, items };
}

const host = readHost();
const { folder, remove } = await makeTemporaryFolder();
const sandbox = await startSandbox();
let failed = false;
try {
	await installIntoNodesFolder(host, folder);
	const n8n = await startN8n(host, { userFolder: folder });
	try {
		const session = await signIn(n8n.url, { email: 'bench@example.com', password: 'Bench-2026' });
		const url = `${sandbox.url}/openai/v1`;
		const credentials = [
			await saveCredential(session, {
				name: 'Built-in',
				type: 'openAiApi',
				data: { apiKey: KEY, url, header: false },
			}),
			await saveCredential(session, {
				name: 'Ours',
				type: 'multiModelOpenAiApi',
				data: { apiKey: KEY, baseUrl: url },
			}),
		];
		console.log('| in a real n8n 2.40.7 | wall time | limit |');
		console.log('| --- | ---: | ---: |');
		for (const race of races()) {
			// The second run counts: the first one loads code in both cases.
			await timeOf(session, { ...race, what: `${race.what} (warm-up)` }, credentials);
			const { ms } = await timeOf(session, race, credentials);
			const ok = race.limitMs === undefined || ms <= race.limitMs;
			failed ||= !ok;
			const limit =
				race.limitMs === undefined
					? ''
					: `${(race.limitMs / 1000).toFixed(2)} s${ok ? '' : ' FAILED'}`;
			console.log(`| ${race.what} | ${(ms / 1000).toFixed(2)} s | ${limit} |`);
		}
		console.log('\n| in a real n8n 2.40.7 | answered | requests |');
		console.log('| --- | --- | ---: |');
		for (const drill of drills()) {
			const { answered, requests } = await runDrill(session, drill, credentials);
			failed ||= drill.ours && !answered;
			console.log(`| ${drill.what} | ${answered ? 'yes' : 'no'} | ${requests} |`);
		}
	} finally {
		await n8n.stop();
	}
} finally {
	await sandbox.close();
	await remove();
}
process.exitCode = failed ? 1 : 0;
