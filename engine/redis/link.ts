import type { Clock } from '../spec/ports';
import { troubleOf, type RedisClient } from './client';

/** Redis is not to be asked just now: who wanted it goes on with the state of this process. */
export class RedisUnavailable extends Error {
	override readonly name = 'RedisUnavailable';
}

/** The way to Redis, which never makes anybody wait for long. */
export interface Link {
	/**
	 * Sends one command.
	 *
	 * @param onLate is given a reply that came when nobody waited for it any more
	 * @throws {RedisUnavailable} when it takes too long or fails, and at once for a while after that
	 */
	readonly send: <T>(
		command: (client: RedisClient) => Promise<T>,
		onLate?: (reply: T) => void,
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
/** The timeout is counted in steps: a process that stands still cannot read what has arrived. */
const STEP_MS = 10;
const STEPS = COMMAND_TIMEOUT_MS / STEP_MS;
/** How long Redis is left alone after a failure. */
const PAUSE_MS = 2_000;
/** More at a time would wait for each other in Redis and count as slow. */
const MAX_OPEN = 64;

interface Pending {
	steps: number;
	readonly giveUp: () => void;
}

export function createLink(client: RedisClient, clock: Clock): Link {
	const pending = new Set<Pending>();
	const queue: Array<() => void> = [];
	let open = 0;
	let stopSteps: (() => void) | undefined;
	let downUntilMs = 0;
	let isProbing = false;
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
		for (const one of pending) if (++one.steps > STEPS) one.giveUp();
		watch();
	};
	const watch = () => {
		if (pending.size > 0) stopSteps ??= clock.after(STEP_MS, step);
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

	async function timed<T>(reply: Promise<T>, onLate?: (reply: T) => void): Promise<T> {
		return await new Promise<T>((resolve, reject) => {
			let isLate = false;
			const one: Pending = {
				steps: 0,
				giveUp: () => {
					isLate = true;
					pending.delete(one);
					reject(new Error(`timeout of ${COMMAND_TIMEOUT_MS} ms`));
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
		send: async (command, onLate) => {
			await turn();
			let isProbe = false;
			try {
				isProbe = enter();
				if (!client.isReady()) throw giveUp(connectionTrouble ?? 'it is not connected yet');
				const value = await timed(command(client), onLate);
				if (isProbe) downUntilMs = 0;
				connectionTrouble = undefined;
				return value;
			} catch (error) {
				if (error instanceof RedisUnavailable) throw error;
				const isSlow = error instanceof Error && error.message.startsWith('timeout of ');
				throw giveUp(
					isSlow
						? `it took longer than ${COMMAND_TIMEOUT_MS} ms to answer`
						: (connectionTrouble ?? troubleOf(error)),
				);
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
