import * as z from 'zod/v4-mini';

export interface Account {
	readonly email: string;
	readonly password: string;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** A signed-in user of n8n's internal REST API: what the editor itself talks to. */
export interface Session {
	readonly url: string;
	/** Returns `data` of the answer; a refusal throws with n8n's own words. */
	readonly request: (method: Method, path: string, body?: unknown) => Promise<unknown>;
}

/** n8n ties a login to the browser that made it. */
const BROWSER_ID = 'f2a1c6f0-5a0e-4b7e-9a52-6d7c1c1f7e11';

const settingsSchema = z.object({
	userManagement: z.object({ showSetupOnFirstLoad: z.boolean() }),
});

/** Creates the owner on a fresh n8n, and signs in. */
export async function signIn(url: string, account: Account): Promise<Session> {
	const session = createSession(url);
	const settings = settingsSchema.parse(await session.request('GET', '/rest/settings'));
	if (settings.userManagement.showSetupOnFirstLoad) {
		await session.request('POST', '/rest/owner/setup', {
			...account,
			firstName: 'Multi',
			lastName: 'Model',
		});
	}
	await session.request('POST', '/rest/login', {
		emailOrLdapLoginId: account.email,
		password: account.password,
	});
	return session;
}

function createSession(url: string): Session {
	let cookie = '';
	return {
		url,
		request: async (method, path, body) => {
			const response = await fetch(`${url}${path}`, {
				method,
				headers: {
					'browser-id': BROWSER_ID,
					...(cookie === '' ? {} : { cookie }),
					...(body === undefined ? {} : { 'content-type': 'application/json' }),
				},
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
			});
			const text = await response.text();
			if (!response.ok) {
				throw new Error(`${method} ${path} was answered ${response.status}: ${text.slice(0, 600)}`);
			}
			cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
			return dataOf(text);
		},
	};
}

/** Most answers are wrapped in `data`, a few are not. */
function dataOf(text: string): unknown {
	if (text === '') return undefined;
	const answer: unknown = JSON.parse(text);
	return typeof answer === 'object' && answer !== null && 'data' in answer ? answer.data : answer;
}
