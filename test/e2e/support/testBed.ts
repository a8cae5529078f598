import path from 'node:path';
import { startSandbox, type Sandbox } from '../../sandbox/index';
import { saveCredential, type StoredCredential } from './credentials';
import { readHost, type Host } from './host';
import { startN8n, type RunningN8n } from './n8nProcess';
import { installIntoNodesFolder } from './nodesFolder';
import { sandboxCredentials } from './sandboxCredentials';
import { signIn, type Account, type Session } from './session';
import { makeTemporaryFolder } from './temporaryFolder';

export const OWNER: Account = { email: 'owner@example.com', password: 'Multi-model-1' };

/** A fresh n8n with our package, a sandbox, and credentials for it. */
export interface TestBed {
	readonly host: Host;
	readonly n8n: RunningN8n;
	readonly sandbox: Sandbox;
	readonly session: Session;
	readonly credentials: readonly StoredCredential[];
	readonly stop: () => Promise<void>;
}

/** `withCredentials: false` leaves them to the test; `env` is what n8n finds around it besides. */
export async function startTestBed({
	withCredentials = true,
	env = {},
}: {
	readonly withCredentials?: boolean;
	readonly env?: Readonly<Record<string, string>>;
} = {}): Promise<TestBed> {
	const host = readHost();
	const { folder, remove } = await makeTemporaryFolder();
	const userFolder = path.join(folder, 'n8n');
	await installIntoNodesFolder(host, userFolder);
	const [sandbox, n8n] = await Promise.all([startSandbox(), startN8n(host, { userFolder, env })]);
	const session = await signIn(n8n.url, OWNER);
	const credentials: StoredCredential[] = [];
	for (const credential of withCredentials ? sandboxCredentials(sandbox.url) : []) {
		credentials.push(await saveCredential(session, credential));
	}
	console.log(`n8n was ready after ${(n8n.bootMs / 1000).toFixed(1)} s`);
	return {
		host,
		n8n,
		sandbox,
		session,
		credentials,
		stop: async () => {
			await Promise.all([sandbox.close(), n8n.stop()]);
			await remove();
		},
	};
}
