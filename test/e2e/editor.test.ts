import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { DEFAULT_CANDIDATES } from '../../nodes/shared/defaultCandidates';
import { DEFAULT_API_KEYS } from '../sandbox/index';
import { openBrowser, openEditor } from './support/browser';
import { connectTo, saveCredentialDialog } from './support/credentialDialog';
import {
	addNode,
	canvasNode,
	choose,
	chooseModel,
	closePanel,
	executeStep,
	executeWorkflow,
	findNode,
	scrollToFirstField,
	selectCredential,
	openNode,
	openWorkflow,
	shownModels,
	writeText,
} from './support/editor';
import { listCredentials } from './support/credentials';
import { exampleWorkflows } from './support/exampleWorkflows';
import { screenshot, screenshotOfFailure } from './support/screenshot';
import { OWNER, startTestBed, type TestBed } from './support/testBed';
import { createWorkflow } from './support/workflows';

const QUESTION =
	"Miss Albert's class is composed of 12 boys and 12 girls. One-third of the girls and one-fourth of the boys are on varsity. How many students are not on varsity?";

const LISTS_LOAD_MS = 2_000;

const NEW_ROWS = DEFAULT_CANDIDATES.map(({ name }) => name);

describe('the nodes in the editor', () => {
	let bed: TestBed;
	let browser: Browser;
	let page: Page;

	const openWithTrigger = async () => {
		await openWorkflow(page);
		await addNode(page, 'manual', 'Manual Trigger');
	};

	before(async () => {
		bed = await startTestBed({ withCredentials: false });
		browser = await openBrowser(bed.host);
		page = await openEditor(browser, bed.n8n.url, OWNER);
		await openWithTrigger();
	});
	afterEach(async (test) => {
		if ('passed' in test && test.passed === false) {
			await screenshotOfFailure(bed.host, page, test.name);
		}
		await closePanel(page);
	});
	after(async () => {
		await browser.close();
		await bed.stop();
	});

	it('finds each node by what people call it', async () => {
		for (const [words, name] of [
			['multi-model', 'Multi-Model Router'],
			['fallback', 'Multi-Model Router'],
			['parallel', 'Parallel Fan-out'],
			['fan-out', 'Parallel Fan-out'],
			['reconcile', 'Reconcile'],
			['vote', 'Reconcile'],
		] as const) {
			await findNode(page, words, name);
		}
	});

	it('tells at once when a key is wrong, and takes the right one', async () => {
		await addNode(page, 'multi-model', 'Multi-Model Router');
		await connectTo(page, 'Multi-Model OpenAI');
		const baseUrl = `${bed.sandbox.url}/openai/v1`;
		await saveCredentialDialog(page, { apiKey: 'sk-wrong', baseUrl });
		const dialog = page.getByTestId('editCredential-modal');
		await dialog.getByText('More details').click();
		await dialog.getByText(/OpenAI refused the key/).waitFor();
		const [apiKey] = DEFAULT_API_KEYS.openai;
		await saveCredentialDialog(page, { apiKey, baseUrl });
		await page.getByTestId('editCredential-modal').waitFor({ state: 'hidden' });

		await connectTo(page, 'Multi-Model Anthropic');
		await saveCredentialDialog(page, {
			apiKey: DEFAULT_API_KEYS.anthropic[0],
			baseUrl: `${bed.sandbox.url}/anthropic/v1`,
		});
		await page.getByTestId('editCredential-modal').waitFor({ state: 'hidden' });
		const types = (await listCredentials(bed.session)).map(({ type }) => type).sort();
		assert.deepEqual(types, ['multiModelAnthropicApi', 'multiModelOpenAiApi']);
		// n8n asks for the lists of models again whenever a credential changes.
		await page.waitForTimeout(LISTS_LOAD_MS);
	});

	it('keeps the models of the rows while credentials are added', async () => {
		await openNode(page, 'Multi-Model Router');
		assert.deepEqual(await shownModels(page), NEW_ROWS);
	});

	it('runs a Router with a model from the list and a prompt', async () => {
		await openNode(page, 'Multi-Model Router');
		const listed = await chooseModel(page, 'OpenAI · gpt-4o-mini-2024-07-18', 0);
		for (const vendor of ['OpenAI · ', 'Anthropic · ']) {
			assert.ok(listed.some((label) => label.startsWith(vendor)));
		}
		await chooseModel(page, 'Anthropic · Claude Haiku 3.5', 1);
		await writeText(page, 'prompt', 'Thank a customer for a kind review in one sentence.');
		const output = await executeStep(page);
		assert.match(await output.innerText(), /1 answer · 1 call/);
		assert.match(await output.innerText(), /openai\/gpt-4o-mini-2024-07-18/);
		await scrollToFirstField(page);
		await screenshot(bed.host, page, 'router');
	});

	it('runs a Fan-out over three vendors', async () => {
		await openWithTrigger();
		await addNode(page, 'fan-out', 'Parallel Fan-out');
		// Of several slots n8n fills one by itself.
		await selectCredential(page, 'Multi-Model OpenAI', 'Multi-Model OpenAI account');
		await selectCredential(page, 'Multi-Model Anthropic', 'Multi-Model Anthropic account');
		await chooseModel(page, 'OpenAI · gpt-4o-mini-2024-07-18', 0);
		await chooseModel(page, 'Anthropic · Claude Haiku 3.5', 1);
		await choose(page, 'providers', 'Google Gemini');
		await connectTo(page, 'Multi-Model Google');
		await saveCredentialDialog(page, {
			apiKey: DEFAULT_API_KEYS.google[0],
			baseUrl: `${bed.sandbox.url}/google/v1beta`,
		});
		await page.getByTestId('editCredential-modal').waitFor({ state: 'hidden' });
		await page.waitForTimeout(LISTS_LOAD_MS);
		assert.deepEqual(await shownModels(page), [
			'OpenAI · gpt-4o-mini-2024-07-18',
			'Anthropic · Claude Haiku 3.5',
		]);
		await page.getByTestId('fixed-collection-add').click();
		await chooseModel(page, 'Google Gemini · Gemini 3.8 Flash', 2);
		await writeText(page, 'prompt', QUESTION);
		const output = await executeStep(page);
		assert.match(await output.innerText(), /answers/);
		await scrollToFirstField(page);
		await screenshot(bed.host, page, 'parallel-fan-out');
	});

	it('runs a Reconcile over its answers', async () => {
		await addNode(page, 'reconcile', 'Reconcile');
		const output = await executeStep(page);
		assert.match(await output.innerText(), /agreement/);
	});

	it('shows the hybrid workflow all green after a run', async () => {
		const credentials = await listCredentials(bed.session);
		const examples = await exampleWorkflows(bed.host.repository, credentials);
		const hybrid = examples.find(({ file }) => file === 'hybrid')?.workflow;
		assert.ok(hybrid);
		const { id } = await createWorkflow(bed.session, hybrid);
		await openWorkflow(page, id);
		await canvasNode(page, 'Format').waitFor();
		await executeWorkflow(page, 6);
		await page.getByTestId('zoom-to-fit').click();
		await page.waitForTimeout(500);
		await screenshot(bed.host, page, 'hybrid');
		await openNode(page, 'Reconcile');
		await screenshot(bed.host, page, 'reconcile');
	});
});
