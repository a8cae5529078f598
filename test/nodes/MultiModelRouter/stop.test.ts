import { setTimeout as delay } from 'node:timers/promises';
import { MINI, models, ROUTER, underTest } from '../shared/underTest';

const host = underTest();

test.each([
	['an open request', `${MINI}--fault-hang`],
	['a wait between two attempts', `${MINI}--fault-429-seconds-30`],
])('Stop ends %s within 100 ms and nothing is called after it', async (_, model) => {
	const stop = new AbortController();
	const running = host.run(
		ROUTER,
		{ candidates: models(model), limits: { concurrency: 2 } },
		Array.from({ length: 6 }, (_item, index) => ({ prompt: `item ${index}` })),
		{ signal: stop.signal },
	);
	await delay(500);
	const callsBefore = host.sandbox.calls().length;
	expect(callsBefore).toBe(2);
	const stoppedAtMs = performance.now();
	stop.abort();
	await running;
	expect(performance.now() - stoppedAtMs).toBeLessThan(100);
	await delay(200);
	expect(host.sandbox.calls()).toHaveLength(callsBefore);
});
