import type { IAuthenticateRuleResponseCode } from 'n8n-workflow';

/** What the connection test says for an HTTP status; without a rule n8n shows the bare status text. */
export const failsWith = (status: number, message: string): IAuthenticateRuleResponseCode => ({
	type: 'responseCode',
	properties: { value: status, message },
});

/** Statuses that mean the same for every vendor. */
export const commonFailures = (vendor: string): IAuthenticateRuleResponseCode[] => [
	failsWith(
		404,
		'No model list was found at this base URL. Check its spelling and that it includes the API version.',
	),
	failsWith(
		429,
		`${vendor} knows the key, but it is over its rate limit or its credit is used up. Try again in a minute, then check the plan and billing of the account.`,
	),
	failsWith(500, `${vendor} failed on its side (500). The key was not judged. Try again later.`),
	failsWith(
		502,
		`No answer from ${vendor} came through (502). The key was not judged. Check a proxy in between, or try again later.`,
	),
	failsWith(503, `${vendor} is not available (503). The key was not judged. Try again later.`),
];
