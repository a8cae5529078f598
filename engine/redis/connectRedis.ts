/**
 * The chunk that is loaded for the first execution that shares its state: the Redis client and all
 * that is kept there.
 */
import type { Clock } from '../spec/ports';
import type { RedisSettings } from '../spec/redis';
import type { EngineState, LocalState } from '../state';
import { redisAdmission } from './admission';
import { openClient, troubleOf } from './client';
import { envelope } from './envelope';
import { redisFlights } from './flights';
import { keysOf } from './keys';
import { createLink, type Link } from './link';
import { redisNotes } from './notes';

/** A state that several processes share. */
export interface SharedState {
	readonly state: EngineState;
	/** Tells whether it had to be given up for the state of this process alone. */
	readonly link: Pick<Link, 'troubles' | 'lastTrouble' | 'isDown'>;
	readonly close: () => void;
}

export interface ConnectParts {
	readonly settings: RedisSettings;
	/** What is used while Redis is away. */
	readonly local: LocalState;
	readonly clock: Clock;
	/** Differs between processes. */
	readonly process: string;
}

/** How long the first item waits for the connection; later ones find it open, or go on without. */
const FIRST_CONNECT_MS = 1_000;

/** Never rejects: a Redis that cannot be reached is one that is away. */
export async function connectRedis(parts: ConnectParts): Promise<SharedState> {
	const { settings, local, clock, process } = parts;
	const client = openClient(settings);
	const link = createLink(client, clock);
	const keys = keysOf(settings.keyPrefix);
	const answers = envelope(settings.encryptionKey);
	const admission = redisAdmission({ link, keys, local: local.admission, clock, process });
	const notes = redisNotes(link, keys, local.signals, clock);
	const flights = redisFlights({
		link,
		keys,
		envelope: answers,
		local: local.flights,
		clock,
		process,
	});

	await within(FIRST_CONNECT_MS, client.opened(), clock);
	return {
		state: {
			...local,
			admission,
			flights,
			cooldowns: notes.cooldowns,
			signals: notes.signals,
			catchUp: notes.catchUp,
			cache: {
				get: async (key, nowMs) => {
					const name = keys.answer(key);
					try {
						const written = await link.send(async (redis) => await redis.get(name));
						if (written !== null) return answers.open(written, name);
						// An answer that is too large for Redis.
						return await local.cache.get(key, nowMs);
					} catch {
						return await local.cache.get(key, nowMs);
					}
				},
				set: async (key, result, expiresAtMs) => {
					await local.cache.set(key, result, expiresAtMs);
					const name = keys.answer(key);
					const written = answers.close(result, name);
					const ttlMs = Math.ceil(expiresAtMs - clock.nowMs());
					if (written === undefined || ttlMs <= 0) return;
					await link
						.send(async (redis) => await redis.set(name, written, ttlMs))
						.catch(() => undefined);
				},
			},
		},
		link,
		close: () => {
			admission.close();
			link.close();
		},
	};
}

/** Whether Redis answers with these settings; what is in the way, in words, where it does not. */
export async function testRedis(
	settings: RedisSettings,
	clock: Clock,
): Promise<string | undefined> {
	const client = openClient(settings);
	let trouble: string | undefined;
	client.onTrouble((reason) => (trouble ??= reason));
	try {
		const isOpen = await within(TEST_MS, client.opened(), clock);
		if (!isOpen) return trouble ?? 'it cannot be reached';
		await client.ping();
		return undefined;
	} catch (error) {
		return troubleOf(error);
	} finally {
		client.close();
	}
}

const TEST_MS = 5_000;

/** Whether it came to a good end in time. */
async function within(limitMs: number, work: Promise<void>, clock: Clock): Promise<boolean> {
	return await new Promise((resolve) => {
		const stop = clock.after(limitMs, () => resolve(false));
		work.then(
			() => {
				stop();
				resolve(true);
			},
			() => {
				stop();
				resolve(false);
			},
		);
	});
}
