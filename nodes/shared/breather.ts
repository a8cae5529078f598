import { setImmediate } from 'node:timers/promises';

/** How long work may keep n8n from anything else, Stop included. */
const MAX_BLOCKING_MS = 20;

/** Lets n8n do other work whenever enough time has passed since it last could. */
export function breather(): () => Promise<void> {
	let sinceMs = performance.now();
	return async () => {
		if (performance.now() - sinceMs < MAX_BLOCKING_MS) return;
		await setImmediate();
		sinceMs = performance.now();
	};
}
