import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { Host } from './host';

/** Takes a picture for the README, or only to be looked at: see `npm run test:e2e -- --help`. */
export async function screenshot(host: Host, seen: Page | Locator, name: string): Promise<void> {
	const folder = path.join(host.repository, process.env.SCREENSHOT_FOLDER ?? 'test/e2e/output');
	await mkdir(folder, { recursive: true });
	await seen.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' });
}
