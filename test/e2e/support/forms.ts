import type { Execution } from './executions';

/** Where n8n shows the form of a run that waits for a person: its `$execution.resumeFormUrl`. */
export function formUrl(n8nUrl: string, { id, resumeToken = '' }: Execution): string {
	return `${n8nUrl}/form-waiting/${id}?signature=${encodeURIComponent(resumeToken)}`;
}

/** Enters the values, in the order of the form's fields, the way the page itself does. */
export async function submitForm(url: string, values: readonly string[]): Promise<void> {
	const body = new FormData();
	for (const [index, value] of values.entries()) body.append(`field-${index}`, value);
	const response = await fetch(url, { method: 'POST', body });
	if (response.ok) return;
	throw new Error(`The form was answered ${response.status}: ${await response.text()}`);
}
