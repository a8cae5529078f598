import type { RedisSettings } from '../../../engine/index';
import { openClient } from '../../../engine/redis/client';
import { connectRedis, type SharedState } from '../../../engine/redis/connectRedis';
import { createEngineState } from '../../../engine/state';
import type { Clock } from '../../../engine/spec/ports';

export const systemClock: Clock = {
	nowMs: () => Date.now(),
	sleep: async (delayMs, signal) => {
		signal.throwIfAborted();
		await new Promise<void>((resolve, reject) => {
			const abort = () => {
				clearTimeout(timer);
				reject(signal.reason as Error);
			};
			const timer = setTimeout(() => {
				signal.removeEventListener('abort', abort);
				resolve();
			}, delayMs);
			signal.addEventListener('abort', abort, { once: true });
		});
	},
	after: (delayMs, callback) => {
		const timer = setTimeout(callback, delayMs);
		return () => clearTimeout(timer);
	},
};

export function settingsOf(port: number, changes: Partial<RedisSettings> = {}): RedisSettings {
	return {
		host: '127.0.0.1',
		port,
		database: 0,
		tls: false,
		cluster: false,
		keyPrefix: 'test:',
		identity: 'test',
		...changes,
	};
}

/** One process's view of a shared state. */
export async function joinState(
	settings: RedisSettings,
	process: string,
	clock = systemClock,
): Promise<SharedState> {
	return await connectRedis({ settings, local: createEngineState(), clock, process });
}

export async function connectedClient(settings: RedisSettings) {
	const client = openClient(settings);
	await client.opened();
	return client;
}
