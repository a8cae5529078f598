import type { Locator, Page } from 'playwright-core';

/** What a builder does on the canvas, by the marks that n8n 2.40 puts on its elements. */

export async function openWorkflow(page: Page, id = 'new'): Promise<void> {
	await page.goto(`/workflow/${id}`);
	await page.getByTestId('canvas').waitFor();
}

/** Searches the nodes panel and returns the hit of that name; n8n shows hits a little later. */
export async function findNode(page: Page, words: string, name: string): Promise<Locator> {
	const search = page.getByTestId('node-creator-search-bar');
	if (!(await search.isVisible())) {
		const first = page.getByTestId('canvas-plus-button');
		const isEmpty = await first.isVisible();
		await (isEmpty ? first : page.getByTestId('node-creator-plus-button')).click();
	}
	await search.fill(words);
	const hit = page.getByTestId('node-creator-item-name').filter({ hasText: exactly(name) });
	await hit.waitFor();
	return hit;
}

/** Adds a node by search; its panel opens, unless it is a trigger. */
export async function addNode(page: Page, words: string, name: string): Promise<void> {
	await (await findNode(page, words, name)).click();
	const addToWorkflow = page.getByText('Add to workflow');
	// A community node shows its details first.
	await addToWorkflow.or(page.getByTestId('ndv')).or(canvasNode(page)).first().waitFor();
	if (await addToWorkflow.isVisible()) await addToWorkflow.click();
}

export function canvasNode(page: Page, name?: string): Locator {
	const node = page.getByTestId('canvas-node');
	return name === undefined
		? node
		: page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
}

export async function openNode(page: Page, name: string): Promise<Locator> {
	await canvasNode(page, name).dblclick();
	return await openPanel(page);
}

/** The panel of the open node. */
export async function openPanel(page: Page): Promise<Locator> {
	const panel = page.getByTestId('ndv');
	await panel.waitFor();
	return panel;
}

/** Closes the open node, if one is open. */
export async function closePanel(page: Page): Promise<void> {
	if (!(await page.getByTestId('ndv').isVisible())) return;
	await page.getByTestId('ndv-close-button').click();
	await page.getByTestId('ndv').waitFor({ state: 'hidden' });
}

/** Shows the fields of the open node from the first one on. */
export async function scrollToFirstField(page: Page): Promise<void> {
	await page.getByTestId('parameter-item').first().scrollIntoViewIfNeeded();
}

/** One field of the open node; where a list repeats it, the first. */
export function field(page: Page, name: string): Locator {
	return page.getByTestId(`parameter-input-${name}`).first();
}

export async function writeText(page: Page, name: string, text: string): Promise<void> {
	await field(page, name).locator('textarea, input').first().fill(text);
}

/** Ticks an option of a list that allows several, or chooses the one of a list that does not. */
export async function choose(page: Page, name: string, option: string): Promise<void> {
	await field(page, name).click();
	await page
		.locator('.el-select-dropdown__item:visible')
		.filter({ hasText: option })
		.first()
		.click();
	await page.keyboard.press('Escape');
	await page.locator('.el-select-dropdown__item:visible').first().waitFor({ state: 'hidden' });
}

const LIST_OPENS_MS = 3_000;

/** Chooses one of the stored credentials in the open node. */
export async function selectCredential(page: Page, service: string, name: string): Promise<void> {
	const slot = page
		.getByTestId('node-credentials-slot')
		.filter({ hasText: `Credential for ${service} API` });
	const select = slot.getByTestId('node-credentials-select');
	const option = page
		.locator('.el-select-dropdown__item:visible')
		.filter({ hasText: name })
		.first();
	await select.click();
	// A list that was opened while n8n filled another slot by itself closes again.
	await option.waitFor({ timeout: LIST_OPENS_MS }).catch(async () => await select.click());
	await option.click();
}

/** Chooses a row's model from the list, and returns all that the list offered. */
export async function chooseModel(page: Page, label: string, row = 0): Promise<string[]> {
	await page.getByTestId('rlc-mode-selector').nth(row).click();
	await page.getByTestId('mode-list').filter({ visible: true }).click();
	await page.getByTestId('rlc-input').nth(row).click();
	const listed = page.getByTestId('rlc-item').filter({ visible: true });
	const wanted = listed.filter({ hasText: exactly(label) });
	await wanted.waitFor();
	const labels = await listed.allInnerTexts();
	await wanted.click();
	return labels;
}

/** The models that the rows show. */
export async function shownModels(page: Page): Promise<string[]> {
	await page.getByTestId('rlc-input').nth(1).waitFor();
	const inputs = await page.getByTestId('rlc-input').all();
	return await Promise.all(inputs.map(async (input) => await input.inputValue()));
}

/** Runs the open node and returns its output panel once the run is over. */
export async function executeStep(page: Page): Promise<Locator> {
	await page.getByTestId('node-execute-button').click();
	const output = page.getByTestId('output-panel');
	const success = output.getByTestId('node-run-status-success');
	await success.or(output.getByTestId('node-error-view')).first().waitFor({ timeout: 60_000 });
	return output;
}

/** Runs the workflow and waits until `count` nodes are green. */
export async function executeWorkflow(page: Page, count: number): Promise<void> {
	await page.getByTestId('execute-workflow-button').click();
	await page
		.getByTestId('canvas-node-status-success')
		.nth(count - 1)
		.waitFor({ timeout: 60_000 });
}

function exactly(text: string): RegExp {
	return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}
