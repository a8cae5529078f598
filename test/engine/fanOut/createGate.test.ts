import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { createGate } from '../../../engine/fanOut/createGate';

const open = new AbortController().signal;
setMaxListeners(0, open);

test('lets no more through than the limit, in their order', async () => {
	const gate = createGate();
	const order: number[] = [];
	let underWay = 0;
	let peak = 0;
	const work = (index: number) => async () => {
		order.push(index);
		peak = Math.max(peak, ++underWay);
		await delay(2);
		underWay--;
		return index;
	};
	const results = await Promise.all(
		Array.from({ length: 20 }, async (_, index) => await gate(work(index), 3, open)),
	);
	expect(results).toEqual([...Array(20).keys()]);
	expect(order).toEqual([...Array(20).keys()]);
	expect(peak).toBe(3);
});

test('a failure makes room for the next', async () => {
	const gate = createGate();
	const broken = gate(async () => await Promise.reject(new Error('broken')), 1, open);
	const next = gate(async () => 'next', 1, open);
	await expect(broken).rejects.toThrow('broken');
	expect(await next).toBe('next');
});

test('whoever is stopped while waiting passes at once and leaves the line', async () => {
	const gate = createGate();
	const stop = new AbortController();
	let finish = (): void => undefined;
	const first = gate(async () => await new Promise<void>((resolve) => (finish = resolve)), 1, open);
	const waiting = gate(async () => 'passed', 1, stop.signal);
	const third = gate(async () => 'third', 1, open);
	stop.abort();
	expect(await waiting).toBe('passed');
	let isIn = false;
	void third.then(() => (isIn = true));
	await delay(5);
	expect(isIn).toBe(false);
	finish();
	await first;
	expect(await third).toBe('third');
});
