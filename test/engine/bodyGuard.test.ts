/** Answers that stall or drip: given up in time where somebody else is ready, else never. */
import { setMaxListeners } from 'node:events';
import {
	createEngineState,
	createRuntime,
	executeChat,
	type Plan,
	type Run,
	type WatchedFetch,
} from '../../engine/index';
import { providers } from '../../engine/vendors';
import { createFakeClock, type FakeClock } from '../support/fakeClock';
import { ask, candidate, planOf } from '../support/scriptedEngine';

const BODY = JSON.stringify({
	id: 'r',
	object: 'response',
	created_at: 1,
	model: 'm',
	status: 'completed',
	output: [
		{
			type: 'message',
			id: 'm',
			role: 'assistant',
			status: 'completed',
			content: [{ type: 'output_text', text: 'whole', annotations: [] }],
		},
	],
	usage: { input_tokens: 10, output_tokens: 5 },
});

/** How one model's body arrives: milliseconds, then so many bytes of it. */
type Arrival = readonly { readonly afterMs: number; readonly bytes: number }[];

const AT_ONCE: Arrival = [{ afterMs: 0, bytes: Infinity }];
const STALLS: Arrival = [{ afterMs: 1e9, bytes: Infinity }];
const DRIPS: Arrival = Array.from({ length: BODY.length }, () => ({ afterMs: 2_000, bytes: 1 }));

interface Wire {
	readonly headersAfterMs?: number;
	readonly arrival: Arrival;
	readonly status?: number;
}

function start(wires: Readonly<Record<string, Wire>>): {
	run: Run;
	clock: FakeClock;
	asked: string[];
} {
	const clock = createFakeClock();
	const asked: string[] = [];
	const fetch: WatchedFetch = async (_input, init, watch) => {
		const { model } = JSON.parse(String(init?.body)) as { model: string };
		const { headersAfterMs = 0, arrival, status = 200 } = wires[model] as Wire;
		const signal = init?.signal as AbortSignal;
		asked.push(model);
		await clock.sleep(headersAfterMs, signal);
		const headers = new Headers({ 'content-type': 'application/json' });
		const take = watch?.(status, headers);
		let sent = 0;
		for (const { afterMs, bytes } of arrival) {
			await clock.sleep(afterMs, signal);
			take?.(new TextEncoder().encode(BODY.slice(sent, sent + bytes)));
			sent += bytes;
		}
		return new Response(BODY, { status, headers });
	};
	const runtime = createRuntime({
		state: createEngineState(),
		clock,
		random: () => 0.5,
		loadVendors: async () => ({
			providers,
			createTransport: () => ({ fetch, close: async () => undefined }),
		}),
	});
	const { signal } = new AbortController();
	setMaxListeners(0, signal);
	return { run: { runtime, signal }, clock, asked };
}

const plan = (ids: readonly string[], changes: Partial<Plan> = {}) =>
	planOf(
		ids.map((id) => candidate(id)),
		{ attemptTimeoutMs: 120_000, deadlineMs: 300_000, ...changes },
	);

test.each([
	{ name: 'stalls', arrival: STALLS, endedAtMs: 30_000, message: 'no byte of it for 30 s' },
	{ name: 'drips', arrival: DRIPS, endedAtMs: 22_000, message: '10 bytes of it in 20 s' },
])('a body that $name gives way to the next model', async ({ arrival, endedAtMs, message }) => {
	const { run, clock, asked } = start({ one: { arrival }, two: { arrival: AT_ONCE } });
	const { answeredBy, trace } = await clock.run(executeChat(ask(), plan(['one', 'two']), run));
	expect(answeredBy).toBe('openai/two');
	expect(asked).toEqual(['one', 'two']);
	expect(trace.attempts).toMatchObject([
		{
			outcome: 'timeout',
			latencyMs: endedAtMs,
			message: expect.stringContaining(message) as string,
		},
		{ outcome: 'ok' },
	]);
	expect(trace.attempts[0]).not.toHaveProperty('costUsd');
	expect(clock.pending()).toBe(0);
});

test('a lone model has its whole time', async () => {
	const { run, clock } = start({ one: { arrival: [{ afterMs: 110_000, bytes: Infinity }] } });
	const { trace } = await clock.run(executeChat(ask(), plan(['one']), run));
	expect(trace.latencyMs).toBe(110_000);
	expect(clock.pending()).toBe(0);
});

test('so has one whose backups are spent or pausing', async () => {
	const { run, clock } = start({
		one: { arrival: [{ afterMs: 110_000, bytes: Infinity }] },
		two: { arrival: AT_ONCE, status: 401 },
	});
	const work = executeChat(
		ask(),
		plan(['two', 'one'], { fallbackOn: ['authentication', 'malformed-response', 'timeout'] }),
		run,
	);
	const { trace } = await clock.run(work);
	expect(trace.attempts.at(-1)).toMatchObject({ outcome: 'ok', latencyMs: 110_000 });
});

test('and one after whose timeout nobody else may answer, or with the last attempt', async () => {
	const wires = {
		one: { arrival: [{ afterMs: 110_000, bytes: Infinity }] },
		two: { arrival: AT_ONCE },
	};
	const strict = start(wires);
	await strict.clock.run(
		executeChat(ask(), plan(['one', 'two'], { fallbackOn: ['server'] }), strict.run),
	);
	expect(strict.asked).toEqual(['one']);
	const last = start(wires);
	const retry = { maxRetries: 0, maxAttempts: 1, baseDelayMs: 1, maxDelayMs: 1 };
	await last.clock.run(executeChat(ask(), plan(['one', 'two'], { retry }), last.run));
	expect(last.asked).toEqual(['one']);
});

test('waiting for the head is no stall: that is when the model thinks', async () => {
	const { run, clock } = start({
		one: { headersAfterMs: 110_000, arrival: AT_ONCE },
		two: { arrival: AT_ONCE },
	});
	const { answeredBy } = await clock.run(executeChat(ask(), plan(['one', 'two']), run));
	expect(answeredBy).toBe('openai/one');
});

test('where a second call was wanted beside it and not allowed, it gives way all the same', async () => {
	const { run, clock } = start({ one: { arrival: STALLS }, two: { arrival: AT_ONCE } });
	const hedged = plan(['one', 'two'], { hedge: { afterMs: 5_000, atP95: false } });
	const first = await clock.run(executeChat(ask(), hedged, run));
	expect(first.trace.attempts[1]).toMatchObject({ outcome: 'ok', hedge: true });
	// One call in ten may be hedged.
	const second = await clock.run(executeChat(ask(), hedged, run));
	expect(second.trace.attempts).toMatchObject([
		{ outcome: 'timeout', latencyMs: 30_000 },
		{ outcome: 'ok' },
	]);
	expect(clock.pending()).toBe(0);
});

test('it counts as a timeout: three in a row open the breaker', async () => {
	const { run, clock, asked } = start({ one: { arrival: STALLS }, two: { arrival: AT_ONCE } });
	const once = plan(['one', 'two']);
	for (let item = 0; item < 4; item++) await clock.run(executeChat(ask(), once, run));
	expect(asked).toEqual(['one', 'two', 'one', 'two', 'one', 'two', 'two']);
});

test('attempts and time hold over stalls, retries and the deadline', async () => {
	const { run, clock, asked } = start({ one: { arrival: STALLS }, two: { arrival: STALLS } });
	const work = clock.run(executeChat(ask(), plan(['one', 'two'], { deadlineMs: 100_000 }), run));
	const error: { code: string } = await work.then(
		() => undefined as never,
		(thrown) => thrown,
	);
	expect(error.code).toBe('DEADLINE_EXCEEDED');
	expect(clock.nowMs()).toBe(1_100_000);
	expect(asked.length).toBeLessThanOrEqual(8);
	expect(clock.pending()).toBe(0);
});
