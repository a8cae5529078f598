import { setMaxListeners } from 'node:events';
import type { Clock } from './spec/ports';

/** A signal that fires with its parent, or when its time is over. */
export interface Deadline {
	readonly signal: AbortSignal;
	/** Whether it was the time, not the parent, that fired. */
	readonly expired: () => boolean;
	/** Fires the signal at once, for work that is no longer needed. */
	readonly abort: (reason: Error) => void;
	/** Lets go of the timer and of the parent. Always call it. */
	readonly release: () => void;
}

/**
 * Not `AbortSignal.any` with `AbortSignal.timeout`: those keep a timer and a reference on a
 * long-lived parent until the time is over, for each of thousands of calls.
 */
export function startDeadline(delayMs: number, parent: AbortSignal, clock: Clock): Deadline {
	const work = new AbortController();
	// All branches of an item listen; Node takes more than ten for a leak.
	setMaxListeners(0, work.signal);
	let expired = false;

	const follow = () => work.abort(parent.reason);
	if (parent.aborted) follow();
	else parent.addEventListener('abort', follow, { once: true });

	const letGoOfTimer = clock.after(delayMs, () => {
		if (work.signal.aborted) return;
		expired = true;
		work.abort(new Error(`No answer within ${delayMs} ms`));
	});

	return {
		signal: work.signal,
		expired: () => expired,
		abort: (reason) => work.abort(reason),
		release: () => {
			parent.removeEventListener('abort', follow);
			letGoOfTimer();
		},
	};
}

/** Settles as `work` does, or rejects with the signal's reason as soon as it fires. */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
	return new Promise((resolve, reject) => {
		const abort = () => reject(signal.reason);
		if (signal.aborted) abort();
		else signal.addEventListener('abort', abort, { once: true });
		work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
	});
}
