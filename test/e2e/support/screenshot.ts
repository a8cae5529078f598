import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { Host } from './host';

const OUTPUT = 'test/e2e/output';

/** Takes a picture for the README, or only to be looked at: see `npm run test:e2e -- --help`. */
export async function screenshot(host: Host, page: Page, name: string): Promise<void> {
	await save(host, page, process.env.SCREENSHOT_FOLDER ?? OUTPUT, name);
}

/** Takes a picture of what a failed test saw. */
export async function screenshotOfFailure(host: Host, page: Page, name: string): Promise<void> {
	await save(host, page, OUTPUT, `failed ${name}`);
}

async function save(host: Host, page: Page, folder: string, name: string): Promise<void> {
	const file = path.join(host.repository, folder, `${name}.png`);
	await mkdir(path.dirname(file), { recursive: true });
	await page.screenshot({
		path: file,
		animations: 'disabled',
		// The messages in the corner come and go.
		style: '.el-notification { display: none }',
	});
}
