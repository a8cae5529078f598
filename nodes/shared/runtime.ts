import { randomUUID } from 'node:crypto';
import {
	createEngineState,
	createRuntime,
	type Clock,
	type EgressFilter,
	type EngineRuntime,
	type RedisSettings,
} from '../../engine/index';

const systemClock: Clock = {
	nowMs: () => Date.now(),
	sleep: async (delayMs, signal) => {
		signal.throwIfAborted();
		await new Promise<void>((resolve, reject) => {
			const abort = () => {
				clearTimeout(timer);
				reject(signal.reason as Error);
			};
			const timer = setTimeout(
				() => {
					signal.removeEventListener('abort', abort);
					resolve();
				},
				Math.max(0, delayMs),
			);
			signal.addEventListener('abort', abort, { once: true });
		});
	},
	after: (delayMs, callback) => {
		const timer = setTimeout(callback, Math.max(0, delayMs));
		return () => clearTimeout(timer);
	},
};

/**
 * The engine of this process, shared by all nodes and executions so that cache, limits and
 * connections are too. In n8n's queue mode each worker has its own; they share state by Redis.
 */
let processRuntime: EngineRuntime | undefined;

export function runtime(): EngineRuntime {
	// Made when it is first needed: n8n's start must not pay for it.
	processRuntime ??= createRuntime({
		state: createEngineState(),
		clock: systemClock,
		random: Math.random,
		loadVendors: async () => await import('../../engine/vendors'),
		sharing: {
			loadRedis: async () => await import('../../engine/redis/connectRedis'),
			process: randomUUID(),
		},
	});
	return processRuntime;
}

/** What is in the way of using this Redis, in words; absent: it answers. */
export async function testRedis(settings: RedisSettings): Promise<string | undefined> {
	const chunk = await import('../../engine/redis/connectRedis');
	return await chunk.testRedis(settings, systemClock);
}

/** n8n's guard against calls into private networks, where this n8n has one that is switched on. */
export function egressFilterOf(helpers: object): EgressFilter | undefined {
	const get: unknown = Reflect.get(helpers, 'getSecureEgressFilter');
	if (typeof get !== 'function') return undefined;
	const filter: unknown = get.call(helpers);
	return isEgressFilter(filter) ? filter : undefined;
}

function isEgressFilter(filter: unknown): filter is EgressFilter {
	return (
		typeof filter === 'object' &&
		filter !== null &&
		typeof Reflect.get(filter, 'validateUrl') === 'function' &&
		typeof Reflect.get(filter, 'createSecureLookup') === 'function'
	);
}
