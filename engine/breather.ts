import type { Breathe, Clock } from './spec/ports';

/** Work that goes on for longer without a breath would be felt by everything else in the process. */
const MAX_BLOCKING_MS = 8;

/** Lets others work whenever enough time has passed; rejects when `signal` has fired by then. */
export function breather(clock: Clock, signal: AbortSignal): Breathe {
	let sinceMs = clock.nowMs();
	return async () => {
		if (clock.nowMs() - sinceMs < MAX_BLOCKING_MS) return;
		await clock.sleep(0, signal);
		sinceMs = clock.nowMs();
	};
}
