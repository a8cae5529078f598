import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { recordedQuestions } from '../sandbox/index';
import { openBrowser, openEditor } from './support/browser';
import { councilTable, type CouncilFigures } from './support/councilTable';
import { saveCredential } from './support/credentials';
import { canvasNode, closePanel, executeWorkflow, openNode, openWorkflow } from './support/editor';
import { exampleWorkflows, triggerOf, withQuestions } from './support/exampleWorkflows';
import { runWorkflow } from './support/executions';
import { builtinCredentials, handBuiltCouncil } from './support/handBuiltCouncil';
import { screenshot, screenshotOfFailure } from './support/screenshot';
import { OWNER, startTestBed, type TestBed } from './support/testBed';
import { createWorkflow, withCredentials, type WorkflowFile } from './support/workflows';

const LATENCY_MS = 300;
const ALWAYS_THE_SAME = { p50: LATENCY_MS, p95: LATENCY_MS, seed: 1 };
/** Two for each side's first run, which loads code in both cases; three that count. */
const RECORDED = recordedQuestions('numeric');
const WARM_UP = RECORDED.slice(0, 2);
const QUESTIONS = RECORDED.slice(2, 5);
const MODELS = [
	'anthropic/claude-3-5-haiku-20241022',
	'google/gemini-1.5-flash',
	'openai/gpt-4o-mini-2024-07-18',
];

describe('a council of three models', () => {
	let bed: TestBed;
	let browser: Browser;
	let page: Page;
	let ours: WorkflowFile;
	let handBuilt: WorkflowFile;

	before(async () => {
		bed = await startTestBed();
		browser = await openBrowser(bed.host);
		page = await openEditor(browser, bed.n8n.url, OWNER);
		const builtin = [];
		for (const credential of builtinCredentials(bed.sandbox.url)) {
			builtin.push(await saveCredential(bed.session, credential));
		}
		handBuilt = withCredentials(handBuiltCouncil(), builtin);
		const examples = await exampleWorkflows(bed.host.repository, bed.credentials);
		const council = examples.find(({ file }) => file === 'council')?.workflow;
		assert.ok(council);
		ours = council;
	});
	afterEach(async (test) => {
		if ('passed' in test && test.passed === false) {
			await screenshotOfFailure(bed.host, page, test.name);
		}
	});
	after(async () => {
		await browser.close();
		await bed.stop();
	});

	/** Runs the workflow on these questions; `last` is the node whose output is the decision. */
	const run = async (workflow: WorkflowFile, last: string, questions: readonly object[]) => {
		const asked = withQuestions(workflow, `${workflow.name}: ${questions.length}`, questions);
		const { id } = await createWorkflow(bed.session, asked);
		bed.sandbox.reset();
		bed.sandbox.setLatency({}, ALWAYS_THE_SAME);
		const execution = await runWorkflow(bed.session, id, triggerOf(asked));
		assert.equal(execution.status, 'success', execution.error?.message);
		const decided = [0, 1].flatMap((output) => execution.items(last, output));
		assert.equal(decided.length, questions.length);
		for (const { answer } of decided) assert.notEqual(answer ?? '', '');
		const calls = bed.sandbox.calls();
		const modelsAsked = [...new Set(calls.map(({ vendor, model }) => `${vendor}/${model}`))];
		assert.deepEqual(modelsAsked.sort(), MODELS);
		for (const { status } of calls) assert.equal(status, 200);
		const isBuilders = ({ type, name }: WorkflowFile['nodes'][number]) =>
			!/stickyNote$|trigger$/i.test(type) && name !== 'Questions';
		return {
			nodes: workflow.nodes.filter(isBuilders).length,
			calls: calls.length,
			wallMs: execution.durationMs,
			namesModels: decided.every((item) =>
				MODELS.every((model) => JSON.stringify(item).includes(model)),
			),
			namesCost: decided.every(({ costUsd }) => typeof costUsd === 'number' && costUsd > 0),
		} satisfies CouncilFigures;
	};

	it('takes fewer nodes and less time than one built of the nodes of n8n', async () => {
		await run(ours, 'Decide', WARM_UP);
		const three = await run(ours, 'Decide', QUESTIONS);
		await run(handBuilt, 'Count Points', WARM_UP);
		const many = await run(handBuilt, 'Count Points', QUESTIONS);
		console.log(councilTable({ 'Fan-out and Reconcile': three, 'nodes of n8n': many }));
		assert.ok(three.nodes <= 5);
		assert.ok(many.nodes > 10);
		assert.ok(three.wallMs < many.wallMs);
		assert.equal(three.calls, many.calls);
		assert.equal(three.namesModels && three.namesCost, true);
		assert.equal(many.namesModels || many.namesCost, false);
	});

	it('is green on the canvas, and its output says who won and what it cost', async () => {
		bed.sandbox.reset();
		const { id } = await createWorkflow(bed.session, ours);
		await openWorkflow(page, id);
		await canvasNode(page, 'Decide').waitFor();
		await executeWorkflow(page, 4);
		await page.getByTestId('zoom-to-fit').click();
		await page.waitForTimeout(500);
		await screenshot(bed.host, page, 'council');
		await openNode(page, 'Decide');
		const output = page.getByTestId('output-panel');
		// The table begins with the fields of the question and of the answers.
		const column = (name: string) =>
			output.locator('th').filter({ hasText: new RegExp(`^\\s*${name}\\s*$`) });
		await column('answer').evaluate((cell) => cell.scrollIntoView({ inline: 'start' }));
		await screenshot(bed.host, page, 'council-output');
		for (const name of ['answer', 'agreement', 'winner', 'rankings', 'costUsd']) {
			assert.equal(await column(name).count(), 1, name);
		}
		assert.match(await output.innerText(), /2 questions .* mean agreement/);
		assert.match(await output.innerText(), /6 calls .* \$0\.0/);
		await closePanel(page);
	});

	it('is a canvas of many nodes without ours', async () => {
		const { id } = await createWorkflow(bed.session, handBuilt);
		await openWorkflow(page, id);
		await canvasNode(page, 'Count Points').waitFor();
		await page.getByTestId('zoom-to-fit').click();
		await page.waitForTimeout(500);
		await screenshot(bed.host, page, 'council-hand-built');
		assert.equal(await canvasNode(page).count(), handBuilt.nodes.length);
	});
});
