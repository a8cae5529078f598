import { once } from 'node:events';
import path from 'node:path';
import { startSandbox, type Sandbox } from '../sandbox/index';
import { saveCredential, type StoredCredential } from './support/credentials';
import { demoQuestions } from './support/demoQuestions';
import { demoTable } from './support/demoTable';
import {
	exampleWorkflows,
	listedIn,
	triggerOf,
	withQuestions,
	type Example,
} from './support/exampleWorkflows';
import { runWorkflow } from './support/executions';
import { readHost, type Host } from './support/host';
import { callsInLog, differences, hybridFigures } from './support/hybridFigures';
import { importExamples, putWorkflow } from './support/importExamples';
import { startN8n, type RunningN8n } from './support/n8nProcess';
import { installIntoNodesFolder } from './support/nodesFolder';
import { sandboxCredentials } from './support/sandboxCredentials';
import { signIn, type Account, type Session } from './support/session';

const OWNER: Account = { email: 'demo@example.com', password: 'Multi-model-1' };
const QUESTIONS = 80;
/** Half of the answers within 0.4 s, one in twenty above 1 s: a quick vendor on a good day. */
const LATENCY = { p50: 400, p95: 1000, seed: 1 };

export interface DemoOptions {
	/** Whether to end after the table. */
	readonly once: boolean;
	readonly port: number;
	/** Where the demo's n8n keeps its data from start to start. */
	readonly userFolder: string;
}

/** What `npm start` does once everything is installed and built. Returns its exit code. */
export async function runDemo(options: DemoOptions): Promise<number> {
	const host = readHost();
	const { port, userFolder } = options;
	await installIntoNodesFolder(host, userFolder);
	const sandbox = await startSandbox();
	try {
		console.log('Starting n8n ...');
		const n8n = await startN8n(host, { userFolder, port });
		console.log(`n8n is ready after ${(n8n.bootMs / 1000).toFixed(1)} s`);
		try {
			return await present(host, n8n, sandbox, options);
		} finally {
			await n8n.stop();
		}
	} finally {
		await sandbox.close();
	}
}

async function present(
	host: Host,
	n8n: RunningN8n,
	sandbox: Sandbox,
	options: DemoOptions,
): Promise<number> {
	const session = await signIn(n8n.url, OWNER).catch((cause: Error) => {
		const advice = `Was the password changed there? Delete ${options.userFolder} to start anew.`;
		throw new Error(`Could not sign in to the demo. ${advice}`, { cause });
	});
	const credentials: StoredCredential[] = [];
	for (const credential of sandboxCredentials(sandbox.url)) {
		credentials.push(await saveCredential(session, credential));
	}
	const examples = await exampleWorkflows(host.repository, credentials);
	await importExamples(session, options.userFolder, examples);
	const succeeded = await runHybrid(session, sandbox, examples);
	if (options.once) return succeeded ? 0 : 1;

	console.log(`
The editor is open at ${n8n.url}

  E-mail    ${OWNER.email}
  Password  ${OWNER.password}

The models are played by a sandbox on this machine; it needs no keys. Press Ctrl-C to stop.
`);
	const ended = await Promise.race([stopSignal(), n8n.ended.then(() => 'n8n')]);
	if (ended !== 'n8n') return 0;
	console.error(
		`n8n ended by itself. Its last words:\n${n8n.log().split('\n').slice(-20).join('\n')}`,
	);
	return 1;
}

/** The hybrid workflow over recorded questions; false when anything about it is not as it should be. */
async function runHybrid(
	session: Session,
	sandbox: Sandbox,
	examples: readonly Example[],
): Promise<boolean> {
	const hybrid = examples.find(({ file }) => file === 'hybrid')?.workflow;
	if (hybrid === undefined) throw new Error('test/workflows/hybrid.json is missing');
	const models = listedIn(hybrid, 'Three Models').map((id) => path.posix.basename(id));
	const questions = demoQuestions(models, QUESTIONS);
	const workflow = withQuestions(hybrid, 'Hybrid pipeline (recorded questions)', questions);
	const id = await putWorkflow(session, workflow);

	console.log(`Running "${workflow.name}" over ${questions.length} questions ...`);
	sandbox.reset();
	sandbox.setLatency({}, LATENCY);
	const startedAtMs = Date.now();
	const execution = await runWorkflow(session, id, triggerOf(workflow));
	const wallMs = Date.now() - startedAtMs;
	if (execution.status !== 'success') {
		console.error(`The run ended with ${execution.status}: ${execution.error?.message ?? ''}`);
		return false;
	}
	const reconciled = [...execution.items('Reconcile', 0), ...execution.items('Reconcile', 1)];
	const figures = hybridFigures({
		routed: execution.items('Route'),
		fannedOut: execution.items('Three Models'),
		reconciled,
		formatted: execution.items('Format'),
	});
	const log = callsInLog(sandbox.calls());
	const calls = [...log.values()].reduce((sum, count) => sum + count, 0);
	console.log(`\n${demoTable(figures, calls, wallMs)}\n`);

	const wrong = differences(figures.callsInTrails, log);
	if (figures.questions !== questions.length) {
		wrong.push(`${questions.length} questions went in and ${figures.questions} answers came out`);
	}
	if (wrong.length > 0) console.error(`The items do not tell what happened:\n${wrong.join('\n')}`);
	return wrong.length === 0;
}

async function stopSignal(): Promise<string> {
	const signals = ['SIGINT', 'SIGTERM'].map(async (signal) => {
		await once(process, signal);
		return signal;
	});
	return await Promise.race(signals);
}
