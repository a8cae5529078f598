import '../../support/timed';
import { setTimeout as delay } from 'node:timers/promises';
import { MINI, models, ROUTER, underTest } from '../shared/underTest';

const host = underTest();

/** Starts six items, two at a time, and stops the execution while the first two are under way. */
async function stopInMidRun(model: string) {
	const stop = new AbortController();
	const running = host.run(
		ROUTER,
		{ candidates: models(model), limits: { concurrency: 2 } },
		Array.from({ length: 6 }, (_, index) => ({ prompt: `item ${index}` })),
		{ signal: stop.signal },
	);
	while (host.sandbox.calls().length < 2) await delay(10);
	await delay(100);
	const stoppedAtMs = Date.now();
	stop.abort();
	await running;
	const tookMs = Date.now() - stoppedAtMs;
	await delay(200);
	return { stoppedAtMs, tookMs, calls: host.sandbox.calls() };
}

test('Stop ends the open requests within 100 ms and nothing is called after it', async () => {
	const { stoppedAtMs, calls } = await stopInMidRun(`${MINI}--fault-hang`);
	expect(calls).toHaveLength(2);
	for (const { aborted, endedAtMs = Infinity } of calls) {
		expect(aborted).toBe(true);
		expect(endedAtMs - stoppedAtMs).toBeLessThan(100);
	}
});

test('Stop ends a wait between two attempts at once and nothing is called after it', async () => {
	const { tookMs, calls } = await stopInMidRun(`${MINI}--fault-429-seconds-30`);
	expect(calls).toHaveLength(2);
	expect(tookMs).toBeLessThan(100);
});

test('Stop is heard while thousands of items are read, and nothing is called', async () => {
	const stop = new AbortController();
	const items = Array.from({ length: 5000 }, (_, index) => ({ prompt: `item ${index}` }));
	let longestMs = 0;
	let lastMs = performance.now();
	const beat = setInterval(() => {
		const nowMs = performance.now();
		longestMs = Math.max(longestMs, nowMs - lastMs);
		lastMs = nowMs;
	}, 5);
	const stopping = setTimeout(() => stop.abort(), 100);
	const startedAtMs = performance.now();
	await host.run(ROUTER, {}, items, { signal: stop.signal });
	const tookMs = performance.now() - startedAtMs;
	clearInterval(beat);
	clearTimeout(stopping);
	expect(host.sandbox.calls()).toHaveLength(0);
	expect(longestMs).toBeLessThan(500);
	expect(tookMs).toBeLessThan(1000);
});
