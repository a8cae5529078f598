import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openEditor } from './support/browser';
import { canvasNode, openWorkflow } from './support/editor';
import { exampleWorkflows } from './support/exampleWorkflows';
import { screenshot } from './support/screenshot';
import { OWNER, startTestBed, type TestBed } from './support/testBed';
import { createWorkflow } from './support/workflows';

const STICKY_NOTE = /stickyNote$/;
const SETTLE_MS = 400;

describe('the examples on the canvas', () => {
	let bed: TestBed;
	let browser: Browser;
	let page: Page;

	before(async () => {
		bed = await startTestBed();
		browser = await openBrowser(bed.host);
		page = await openEditor(browser, bed.n8n.url, OWNER);
	});
	after(async () => {
		await browser.close();
		await bed.stop();
	});

	it('shows every node of each example, and its note', async () => {
		const examples = await exampleWorkflows(bed.host.repository, bed.credentials);
		assert.ok(examples.length >= 12);
		for (const { file, workflow } of examples) {
			const { id } = await createWorkflow(bed.session, workflow);
			await openWorkflow(page, id);
			const nodes = workflow.nodes.filter(({ type }) => !STICKY_NOTE.test(type));
			for (const { name } of nodes) await canvasNode(page, name).waitFor();
			await page.getByTestId('zoom-to-fit').click();
			await page.waitForTimeout(SETTLE_MS);
			await screenshot(bed.host, page, `example-${file}`);
		}
	});
});
