import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Gives `work` an empty folder and removes it afterwards. */
export async function makeTemporaryFolder(): Promise<{
	folder: string;
	remove: () => Promise<void>;
}> {
	const folder = await mkdtemp(path.join(tmpdir(), 'multi-model-e2e-'));
	return {
		folder,
		remove: async () => await rm(folder, { recursive: true, force: true, maxRetries: 5 }),
	};
}
