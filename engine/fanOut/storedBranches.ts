import { cacheKey } from '../policies/cacheKey';
import type { EngineRuntime } from '../runtime';
import type { Branch } from '../spec/fanOut';

/** The places of the branches whose answer is stored, so that asking them costs nothing. */
export async function storedBranches(
	branches: readonly Branch[],
	{ state, clock }: EngineRuntime,
): Promise<number[]> {
	const isStored = await Promise.all(
		branches.map(async ({ request, plan }) => {
			if (plan.cache.mode === 'off' || plan.cache.refresh) return false;
			return (await state.cache.get(cacheKey(request, plan), clock.nowMs())) !== undefined;
		}),
	);
	return [...branches.keys()].filter((index) => isStored[index]);
}
