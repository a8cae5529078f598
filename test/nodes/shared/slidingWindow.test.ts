import '../../support/timed';
import { setTimeout as delay } from 'node:timers/promises';
import { slidingWindow, type WindowTask } from '../../../nodes/shared/slidingWindow';

const never = new AbortController().signal;
const options = { signal: never, stopOnFailure: false };

/** Tasks that report how many ran at the same time. */
function counted(delaysMs: readonly number[], concurrency: (index: number) => number) {
	let underWay = 0;
	const peaks: number[] = [];
	const tasks = delaysMs.map(
		(delayMs, index): WindowTask<number> => ({
			concurrency: concurrency(index),
			run: async () => {
				peaks.push(++underWay);
				await delay(delayMs);
				underWay--;
				return index;
			},
		}),
	);
	return { tasks, peaks };
}

test('keeps the order of the tasks, whatever finishes first', async () => {
	const { tasks } = counted([30, 1, 15, 1], () => 4);
	const results = await slidingWindow(tasks, options);
	expect(results).toEqual([0, 1, 2, 3].map((value) => ({ status: 'fulfilled', value })));
});

test('never runs more at the same time than a task allows', async () => {
	const { tasks, peaks } = counted([5, 5, 5, 5, 5, 5], () => 2);
	await slidingWindow(tasks, options);
	expect(Math.max(...peaks)).toBe(2);
});

test('starts the next task as soon as one is done, not in batches', async () => {
	const { tasks, peaks } = counted([60, 5, 5, 5, 5], () => 2);
	const startedAtMs = performance.now();
	await slidingWindow(tasks, options);
	expect(performance.now() - startedAtMs).toBeLessThan(85);
	expect(peaks).toHaveLength(5);
});

test('lets each task have its own limit', async () => {
	const { tasks, peaks } = counted([10, 10, 10, 10], (index) => (index === 3 ? 1 : 3));
	await slidingWindow(tasks, options);
	expect(peaks).toEqual([1, 2, 3, 1]);
});

test('starts nothing new after a failure, lets open work finish, and reports both', async () => {
	const started: number[] = [];
	const task = (index: number, delayMs: number, fails = false): WindowTask<number> => ({
		concurrency: 2,
		run: async () => {
			started.push(index);
			await delay(delayMs);
			if (fails) throw new Error(`task ${index}`);
			return index;
		},
	});
	const tasks = [task(0, 40), task(1, 5, true), task(2, 1), task(3, 1)];
	const results = await slidingWindow(tasks, { signal: never, stopOnFailure: true });
	expect(started).toEqual([0, 1]);
	expect(results[0]).toEqual({ status: 'fulfilled', value: 0 });
	expect(results[1]).toMatchObject({ status: 'rejected' });
	expect(results.slice(2)).toEqual([undefined, undefined]);
});

test('goes on after a failure when asked to', async () => {
	const tasks = [
		{ concurrency: 1, run: async () => await Promise.reject(new Error('first')) },
		{ concurrency: 1, run: async () => 'second' },
	];
	const results = await slidingWindow<string>(tasks, options);
	expect(results[1]).toEqual({ status: 'fulfilled', value: 'second' });
});

test('starts nothing once the signal has fired', async () => {
	const stop = new AbortController();
	const { tasks, peaks } = counted([10, 10, 10], () => 1);
	setImmediate(() => stop.abort());
	const results = await slidingWindow(tasks, { signal: stop.signal, stopOnFailure: false });
	expect(peaks).toHaveLength(1);
	expect(results.slice(1)).toEqual([undefined, undefined]);
});

test('is done at once without tasks', async () => {
	expect(await slidingWindow([], options)).toEqual([]);
});
