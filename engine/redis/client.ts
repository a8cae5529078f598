import { createHash } from 'node:crypto';
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { RedisSettings } from '../spec/redis';

/** A decision that Redis takes in one step. */
export interface Script {
	readonly lua: string;
	readonly sha1: string;
}

export function script(lua: string): Script {
	return { lua, sha1: createHash('sha1').update(lua).digest('hex') };
}

/** The few things that are asked of Redis. Each rejects at once while there is no connection. */
export interface RedisClient {
	readonly run: (
		wanted: Script,
		keys: readonly string[],
		args: ReadonlyArray<string | number>,
	) => Promise<unknown>;
	readonly get: (key: string) => Promise<string | null>;
	readonly set: (key: string, value: string, ttlMs: number) => Promise<void>;
	readonly ping: () => Promise<void>;
	readonly isReady: () => boolean;
	/** Resolves when commands can be sent, rejects with what is in the way. */
	readonly opened: () => Promise<void>;
	/** Is told in words that may be shown why there is no connection. */
	readonly onTrouble: (listener: (reason: string) => void) => void;
	/** Gives up a connection that seems dead, and opens another one. */
	readonly reopen: () => void;
	readonly close: () => void;
}

const CONNECT_TIMEOUT_MS = 2_000;
/** How long until a lost connection is opened again: longer each time, at most this. */
const MAX_RECONNECT_MS = 2_000;

/** The only place that knows the Redis client. */
export function openClient(settings: RedisSettings): RedisClient {
	const { host, port, username, password, database, tls, cluster } = settings;
	const shared: RedisOptions = {
		username,
		password,
		...(tls ? { tls: {} } : {}),
		protocol: 2,
		connectTimeout: CONNECT_TIMEOUT_MS,
		// Its timer outlives the connection.
		disconnectTimeout: 100,
		// Nothing may wait for a connection, or be sent twice: who asks goes on without Redis.
		enableOfflineQueue: false,
		autoResendUnfulfilledCommands: false,
		maxRetriesPerRequest: 0,
		disableClientInfo: true,
		// Another node was promoted: the address leads there by now.
		reconnectOnError: (error) => error.message.startsWith('READONLY'),
	};
	const retryStrategy = (times: number) => Math.min(MAX_RECONNECT_MS, 100 * 2 ** times);
	const redis = cluster
		? new Cluster([{ host, port }], {
				redisOptions: shared,
				// By name where nodes have names: a certificate is for a name.
				dnsLookup: (address, callback) => callback(null, address),
				enableOfflineQueue: false,
				lazyConnect: true,
				clusterRetryStrategy: retryStrategy,
			})
		: new Redis({ ...shared, host, port, db: database, lazyConnect: true, retryStrategy });

	const listeners = new Set<(reason: string) => void>();
	let wrongDatabase: unknown;
	// Without a listener ioredis prints, with its own words.
	redis.on('error', (error: unknown) => {
		// ioredis would go on in database 0, among keys that are not ours.
		if (NO_DATABASE.test(messageOf(error))) wrongDatabase = error;
		for (const listener of listeners) listener(troubleOf(error));
	});
	redis.on('close', () => {
		for (const listener of listeners) listener('the connection was lost');
	});
	const connected = redis.connect();
	connected.catch(() => undefined);

	return {
		run: async ({ lua, sha1 }, keys, args) => {
			try {
				return await redis.evalsha(sha1, keys.length, ...keys, ...args);
			} catch (error) {
				if (!/^NOSCRIPT/.test(messageOf(error))) throw error;
				return await redis.eval(lua, keys.length, ...keys, ...args);
			}
		},
		get: async (key) => await redis.get(key),
		set: async (key, value, ttlMs) => void (await redis.set(key, value, 'PX', ttlMs)),
		ping: async () => void (await redis.ping()),
		isReady: () => redis.status === 'ready' && wrongDatabase === undefined,
		opened: async () => {
			await connected;
			if (wrongDatabase !== undefined) throw wrongDatabase as Error;
		},
		onTrouble: (listener) => void listeners.add(listener),
		reopen: () => redis.disconnect(true),
		close: () => {
			listeners.clear();
			redis.disconnect();
		},
	};
}

const NO_DATABASE = /DB index is out of range/i;

/** In a fixed order: the first that fits says it. */
const TROUBLES: ReadonlyArray<readonly [RegExp, string]> = [
	[/WRONGPASS|invalid password|invalid username/i, 'it refuses the user or the password'],
	[/NOAUTH|without any password|no password is set/i, 'its password is missing or not wanted'],
	[/NOPERM/, 'the user may not run the commands that are needed'],
	[/READONLY/, 'it is a replica that cannot be written to'],
	[/LOADING/, 'it is still starting'],
	[/OOM/, 'its memory is full'],
	[/CLUSTERDOWN|slots cache|cluster nodes/i, 'its cluster is down'],
	[/MOVED|CROSSSLOT/, 'it is part of a cluster, and Cluster is off in the credential'],
	[/cluster support disabled/i, 'it is no cluster, and Cluster is on in the credential'],
	[NO_DATABASE, 'it has no database of this number'],
	[/ECONNREFUSED/, 'nobody listens at its address'],
	[/ENOTFOUND|EAI_AGAIN/, 'its host name is not known'],
	[/ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|timed? ?out/i, 'it cannot be reached'],
	[/certificate|self.signed|SSL|TLS|EPROTO/i, 'the encrypted connection failed'],
	[/ECONNRESET|EPIPE|Connection is closed|isn't writeable|lost/i, 'the connection was lost'],
];

/** What is wrong, in words of our own: Redis repeats keys and values in its messages. */
export function troubleOf(error: unknown): string {
	const message = messageOf(error);
	const known = TROUBLES.find(([pattern]) => pattern.test(message));
	if (known !== undefined) return known[1];
	const code = /^[A-Z]{3,20}\b/.exec(message)?.[0];
	return code === undefined ? 'it failed' : `it answered ${code}`;
}

function messageOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const code = 'code' in error ? String(error.code) : '';
	const last = 'lastNodeError' in error ? ` ${messageOf(error.lastNodeError)}` : '';
	return `${error.message} ${code}${last}`;
}
