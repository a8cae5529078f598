import type { Clock } from '../spec/ports';
import { troubleOf, type RedisClient } from './client';

/** Redis is not to be asked just now: who wanted it goes on with the state of this process. */
export class RedisUnavailable extends Error {
	override readonly name = 'RedisUnavailable';
}

class Timeout extends Error {}

/** The way to Redis, which never makes anybody wait for long. */
export interface Link {
	/**
	 * Sends one command.
	 *
	 * @param onLate is given a reply that came when nobody waited for it any more
	 * @param timeoutMs how long a reply is waited for; default 50
	 * @throws {RedisUnavailable} when it takes too long or fails, and at once for a while after that
	 */
	readonly send: <T>(
		command: (client: RedisClient) => Promise<T>,
		onLate?: (reply: T) => void,
		timeoutMs?: number,
	) => Promise<T>;
	/** How often it was given up so far. */
	readonly troubles: () => number;
	/** Why it was given up last; absent: it never was. */
	readonly lastTrouble: () => string | undefined;
	readonly isDown: () => boolean;
	readonly close: () => void;
}

/** A reply that takes longer than this is not waited for. */
const COMMAND_TIMEOUT_MS = 50;
/**
 * The timeout is counted in steps, and what has arrived is read before each: a process that stands
 * still must not take its own slowness for that of Redis.
 */
const STEP_MS = 10;
/** So many timeouts, one after the other: it is slow. One alone may be a machine that is busy. */
const SLOW_AT = 3;
/** How long Redis is left alone after a failure. */
const PAUSE_MS = 2_000;
/** More at a time would wait for each other in Redis and count as slow. */
const MAX_OPEN = 64;

interface Pending {
	stepsLeft: number;
	readonly giveUp: () => void;
}

export function createLink(client: RedisClient, clock: Clock): Link {
	const pending = new Set<Pending>();
	const queue: Array<() => void> = [];
	let open = 0;
	let stopSteps: (() => void) | undefined;
	let downUntilMs = 0;
	let isProbing = false;
	/** Timeouts since the last reply, and the moment of the latest that was counted. */
	let misses = 0;
	let missedAtMs = 0;
	let troubles = 0;
	let last: string | undefined;
	/** What the connection said last: a command that found none cannot tell why. */
	let connectionTrouble: string | undefined;
	client.onTrouble((reason) => {
		// "Lost" follows everything else and explains nothing.
		if (connectionTrouble === undefined || !reason.includes('lost')) connectionTrouble = reason;
	});

	const step = () => {
		stopSteps = undefined;
		for (const one of pending) if (--one.stepsLeft < 0) one.giveUp();
		watch();
	};
	const watch = () => {
		// From a timer, an immediate comes after the sockets were read.
		if (pending.size > 0) stopSteps ??= clock.after(STEP_MS, () => setImmediate(step));
	};
	const giveUp = (reason: string) => {
		if (downUntilMs <= clock.nowMs()) troubles++;
		downUntilMs = clock.nowMs() + PAUSE_MS;
		last = reason;
		return new RedisUnavailable(reason);
	};

	/** Redis is up, or this is the one command that finds out. */
	const enter = () => {
		if (downUntilMs === 0) return false;
		if (downUntilMs > clock.nowMs() || isProbing) throw new RedisUnavailable(last);
		isProbing = true;
		return true;
	};

	const turn = async () => {
		if (open < MAX_OPEN) {
			open++;
			return;
		}
		await new Promise<void>((resolve) => queue.push(resolve));
	};
	const leave = () => {
		const next = queue.shift();
		if (next === undefined) open--;
		else next();
	};

	/** Whether it is time to leave Redis alone. What timed out together counts once. */
	const isSlow = (sentAtMs: number) => {
		if (sentAtMs >= missedAtMs) {
			misses++;
			missedAtMs = clock.nowMs();
			// It may be the connection that is dead, not Redis.
			if (misses % SLOW_AT === 0) client.reopen();
		}
		return misses >= SLOW_AT;
	};

	async function timed<T>(
		reply: Promise<T>,
		onLate: ((reply: T) => void) | undefined,
		timeoutMs: number,
	): Promise<T> {
		return await new Promise<T>((resolve, reject) => {
			let isLate = false;
			const one: Pending = {
				stepsLeft: timeoutMs / STEP_MS,
				giveUp: () => {
					isLate = true;
					pending.delete(one);
					reject(new Timeout(`it took longer than ${timeoutMs} ms to answer`));
				},
			};
			pending.add(one);
			watch();
			reply.then(
				(value) => {
					pending.delete(one);
					if (isLate) onLate?.(value);
					else resolve(value);
				},
				(error: unknown) => {
					pending.delete(one);
					reject(error as Error);
				},
			);
		});
	}

	return {
		send: async (command, onLate, timeoutMs = COMMAND_TIMEOUT_MS) => {
			await turn();
			let isProbe = false;
			const sentAtMs = clock.nowMs();
			try {
				isProbe = enter();
				if (!client.isReady()) throw giveUp(connectionTrouble ?? 'it is not connected yet');
				const value = await timed(command(client), onLate, timeoutMs);
				if (isProbe) downUntilMs = 0;
				misses = 0;
				connectionTrouble = undefined;
				return value;
			} catch (error) {
				if (error instanceof RedisUnavailable) throw error;
				if (!(error instanceof Timeout)) throw giveUp(connectionTrouble ?? troubleOf(error));
				if (isSlow(sentAtMs)) throw giveUp(error.message);
				troubles++;
				last = error.message;
				throw new RedisUnavailable(last);
			} finally {
				if (isProbe) isProbing = false;
				leave();
			}
		},
		troubles: () => troubles,
		lastTrouble: () => last,
		isDown: () => downUntilMs !== 0,
		close: () => {
			stopSteps?.();
			client.close();
		},
	};
}
