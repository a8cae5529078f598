import type { Clock } from '../../engine/index';

interface Timer {
	readonly atMs: number;
	readonly fire: () => void;
}

export interface FakeClock extends Clock {
	/** Runs `work` to its end; whenever everything waits, time jumps to the next timer. */
	readonly run: <T>(work: Promise<T>) => Promise<T>;
	/** Timers that nobody let go of. */
	readonly pending: () => number;
	readonly advance: (byMs: number) => void;
}

/** Lets everything run that needs no time. */
async function idle(): Promise<void> {
	for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** A clock without waiting: a minute of backoff takes no time. */
export function createFakeClock(startMs = 1_000_000): FakeClock {
	let nowMs = startMs;
	const timers = new Set<Timer>();

	return {
		nowMs: () => nowMs,
		sleep: async (delayMs, signal) => {
			signal.throwIfAborted();
			await new Promise<void>((resolve, reject) => {
				const abort = () => {
					timers.delete(timer);
					reject(signal.reason);
				};
				const timer: Timer = {
					atMs: nowMs + Math.max(0, delayMs),
					fire: () => {
						signal.removeEventListener('abort', abort);
						resolve();
					},
				};
				timers.add(timer);
				signal.addEventListener('abort', abort, { once: true });
			});
		},
		after: (delayMs, callback) => {
			const timer: Timer = { atMs: nowMs + Math.max(0, delayMs), fire: callback };
			timers.add(timer);
			return () => void timers.delete(timer);
		},
		run: async (work) => {
			let settled = false;
			const done = () => (settled = true);
			work.then(done, done);
			for (;;) {
				await idle();
				if (settled) return await work;
				const next = [...timers].sort((a, b) => a.atMs - b.atMs)[0];
				if (next === undefined) continue;
				timers.delete(next);
				nowMs = Math.max(nowMs, next.atMs);
				next.fire();
			}
		},
		pending: () => timers.size,
		advance: (byMs) => {
			nowMs += byMs;
		},
	};
}
