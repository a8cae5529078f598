import { createSingleFlight, FlightFailure } from '../../engine/singleFlight';

const never = new AbortController().signal;

test('runs one call for all who ask for the same key, and one owns it', async () => {
	const flights = createSingleFlight<number>();
	let calls = 0;
	const work = async () => {
		calls++;
		await new Promise((resolve) => setTimeout(resolve, 5));
		return 42;
	};
	const landed = await Promise.all([1, 2, 3].map(async () => await flights.join('k', work, never)));
	expect(calls).toBe(1);
	expect(landed.map(({ owned }) => owned)).toEqual([true, false, false]);
	expect(flights.has('k')).toBe(false);
});

test('aborts the call when the last waiter has left', async () => {
	const flights = createSingleFlight<number>();
	const leave = [new AbortController(), new AbortController()];
	let aborted = false;
	const work = async (signal: AbortSignal) =>
		await new Promise<number>((_resolve, reject) =>
			signal.addEventListener('abort', () => {
				aborted = true;
				reject(signal.reason);
			}),
		);
	const waiting = leave.map(({ signal }) =>
		flights.join('k', work, signal).catch((error) => error),
	);
	leave[0]?.abort(new Error('first'));
	expect(await waiting[0]).toEqual(new Error('first'));
	expect(aborted).toBe(false);
	leave[1]?.abort(new Error('second'));
	expect(await waiting[1]).toBeInstanceOf(FlightFailure);
	expect(aborted).toBe(true);
});

test('starts anew after a call has failed', async () => {
	const flights = createSingleFlight<number>();
	const failing = flights.join('k', async () => await Promise.reject(new Error('no')), never);
	await expect(failing).rejects.toBeInstanceOf(FlightFailure);
	await expect(flights.join('k', async () => 1, never)).resolves.toEqual({ value: 1, owned: true });
});
