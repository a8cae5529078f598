import { breather } from '../../engine/breather';
import { createFakeClock } from '../support/fakeClock';

test('goes on at once until enough time has passed, then lets others work', async () => {
	const clock = createFakeClock();
	const breathe = breather(clock, new AbortController().signal);
	await breathe();
	expect(clock.pending()).toBe(0);
	clock.advance(20);
	const breath = breathe();
	expect(clock.pending()).toBe(1);
	await clock.run(breath);
	await breathe();
	expect(clock.pending()).toBe(0);
});

test('rejects with the reason of the signal', async () => {
	const clock = createFakeClock();
	const stop = new AbortController();
	const breathe = breather(clock, stop.signal);
	clock.advance(20);
	const breath = breathe();
	stop.abort(new Error('stopped'));
	await expect(breath).rejects.toThrow('stopped');
});
