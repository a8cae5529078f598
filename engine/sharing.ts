import type { connectRedis, SharedState } from './redis/connectRedis';
import type { Clock } from './spec/ports';
import type { RedisSettings } from './spec/redis';
import { createEngineState } from './state';

export interface RedisChunk {
	readonly connectRedis: typeof connectRedis;
}

/** States that several processes share: one connection for each identity, kept for good. */
export interface Sharing {
	readonly connect: (settings: RedisSettings) => Promise<SharedState>;
	readonly close: () => Promise<void>;
}

/** Answers that are stored here too while Redis works; fewer than where they are stored only here. */
const LOCAL_CACHE_BYTES = 16 * 1024 * 1024;

/**
 * @param load loads the chunk that holds the Redis client
 * @param process differs between processes
 */
export function createSharing(
	load: () => Promise<RedisChunk>,
	clock: Clock,
	process: string,
): Sharing {
	const states = new Map<string, Promise<SharedState>>();
	return {
		connect: async (settings) => {
			let state = states.get(settings.identity);
			if (state === undefined) {
				const local = createEngineState({ cacheBytes: LOCAL_CACHE_BYTES });
				state = load().then(
					async (chunk) => await chunk.connectRedis({ settings, local, clock, process }),
				);
				states.set(settings.identity, state);
				// What failed to load is tried again: a rejected promise must not stay for good.
				state.catch(() => states.delete(settings.identity));
			}
			return await state;
		},
		close: async () => {
			const open = await Promise.allSettled(states.values());
			states.clear();
			for (const one of open) if (one.status === 'fulfilled') one.value.close();
		},
	};
}
