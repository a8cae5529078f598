import type { Page } from 'playwright-core';

/** Values by the internal names of the credential's fields. */
export type CredentialValues = Readonly<Record<string, string>>;

/** Opens the dialog for a new credential from its slot in the open node. */
export async function connectTo(page: Page, service: string): Promise<void> {
	await page.getByRole('button', { name: `Connect to ${service}` }).click();
	await page.getByTestId('editCredential-modal').waitFor();
}

/** Fills the open dialog and saves it: n8n tests the connection then. */
export async function saveCredentialDialog(page: Page, values: CredentialValues): Promise<void> {
	const dialog = page.getByTestId('editCredential-modal');
	for (const [name, value] of Object.entries(values)) {
		const input = dialog.getByTestId(`parameter-input-${name}`);
		await input.locator('input, textarea').first().fill(value);
	}
	await dialog.getByTestId('credential-save-button').click();
}
