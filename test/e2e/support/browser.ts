import { chromium, selectors, type Browser, type Page } from 'playwright-core';
import type { Host } from './host';
import type { Account } from './session';

const FLAGS = [
	'--no-sandbox',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-gpu',
	'--disable-quic',
	'--disable-sync',
	'--no-first-run',
];

const WINDOW = { width: 1440, height: 900 };
const STEP_LIMIT_MS = 20_000;

// What n8n marks its elements with.
selectors.setTestIdAttribute('data-test-id');

export async function openBrowser(host: Host): Promise<Browser> {
	if (host.chromium === undefined) throw new Error('This run was prepared without a browser');
	const { executable, env } = host.chromium;
	return await chromium.launch({
		executablePath: executable,
		args: FLAGS,
		env: { ...process.env, ...env },
	});
}

/** A signed-in editor. What it would load from outside is refused: nothing may depend on it. */
export async function openEditor(browser: Browser, url: string, account: Account): Promise<Page> {
	const page = await browser.newPage({ viewport: WINDOW, baseURL: url });
	page.setDefaultTimeout(STEP_LIMIT_MS);
	await page.route(
		(asked) => asked.protocol.startsWith('http') && asked.origin !== new URL(url).origin,
		async (route) => await route.abort(),
	);
	await page.goto('/signin');
	await page.locator('input[type="email"]').fill(account.email);
	await page.locator('input[type="password"]').fill(account.password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL(/\/(home|workflow)/);
	return page;
}
