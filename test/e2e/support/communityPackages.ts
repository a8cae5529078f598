import * as z from 'zod/v4-mini';
import type { Session } from './session';

const packageSchema = z.object({
	packageName: z.string(),
	installedVersion: z.string(),
	installedNodes: z.array(z.object({ name: z.string(), type: z.string() })),
});

export type InstalledPackage = z.infer<typeof packageSchema>;

/** The call that the button in Settings > Community nodes makes. */
export async function installCommunityPackage(
	session: Session,
	name: string,
): Promise<InstalledPackage> {
	return packageSchema.parse(await session.request('POST', '/rest/community-packages', { name }));
}

export async function listCommunityPackages(session: Session): Promise<InstalledPackage[]> {
	const answer = await session.request('GET', '/rest/community-packages');
	return z.array(packageSchema).parse(answer);
}

export async function removeCommunityPackage(session: Session, name: string): Promise<void> {
	await session.request('DELETE', `/rest/community-packages?name=${encodeURIComponent(name)}`);
}
