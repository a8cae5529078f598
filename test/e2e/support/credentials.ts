import * as z from 'zod/v4-mini';
import type { Session } from './session';

const credentialSchema = z.object({ id: z.string(), name: z.string(), type: z.string() });

export type StoredCredential = z.infer<typeof credentialSchema>;

export interface NewCredential {
	readonly name: string;
	readonly type: string;
	readonly data: Readonly<Record<string, string | boolean>>;
}

export async function listCredentials(session: Session): Promise<StoredCredential[]> {
	return z.array(credentialSchema).parse(await session.request('GET', '/rest/credentials'));
}

/** Creates the credential, or gives the one of that name and type the new values. */
export async function saveCredential(
	session: Session,
	credential: NewCredential,
): Promise<StoredCredential> {
	const { name, type } = credential;
	const known = (await listCredentials(session)).find(
		(stored) => stored.name === name && stored.type === type,
	);
	return credentialSchema.parse(
		known === undefined
			? await session.request('POST', '/rest/credentials', credential)
			: await session.request('PATCH', `/rest/credentials/${known.id}`, credential),
	);
}
