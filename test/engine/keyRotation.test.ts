import { executeChat } from '../../engine/index';
import {
	ask,
	candidate,
	failure,
	planOf,
	scriptedEngine,
	type CallSeen,
	type ScriptedEngine,
} from '../support/scriptedEngine';

const THREE = ['key-1', 'key-2', 'key-3'];
const three = candidate('a', { keys: THREE });
const MINUTE_MS = 60_000;

async function send({ clock, run }: ScriptedEngine, times: number, model = three): Promise<void> {
	for (let turn = 0; turn < times; turn++) {
		await clock.run(executeChat(ask(`question ${turn}`), planOf([model]), run));
	}
}

/** How many calls each key made. */
function share(calls: readonly CallSeen[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { key = 'none' } of calls) counts[key] = (counts[key] ?? 0) + 1;
	return counts;
}

describe('keys of one credential take turns', () => {
	test('3 keys share 30 requests equally, one after the other', async () => {
		const engine = scriptedEngine({ a: ['ok'] });
		await send(engine, 30);
		expect(share(engine.calls)).toEqual({ 'key-1': 10, 'key-2': 10, 'key-3': 10 });
		expect(engine.calls.slice(0, 4).map(({ key }) => key)).toEqual([...THREE, 'key-1']);
	});

	test('3 keys share 30 requests equally that are under way at the same time', async () => {
		const { run, clock, calls } = scriptedEngine({ a: [{ afterMs: 50, reply: 'ok' }] });
		const results = await clock.run(
			Promise.all(
				Array.from({ length: 30 }, async (_, turn) => {
					return await executeChat(ask(`question ${turn}`), planOf([three]), run);
				}),
			),
		);
		expect(share(calls)).toEqual({ 'key-1': 10, 'key-2': 10, 'key-3': 10 });
		expect(results.map(({ trace }) => trace.attempts[0]?.key).sort()).toEqual(
			[1, 2, 3].flatMap((key) => Array.from({ length: 10 }, () => key)),
		);
	});

	test('each model has turns of its own, so that none is bound to one key', async () => {
		const engine = scriptedEngine({ a: ['ok'], b: ['ok'] });
		const b = candidate('b', { keys: THREE });
		for (let turn = 0; turn < 3; turn++) {
			await send(engine, 1);
			await send(engine, 1, b);
		}
		for (const model of ['a', 'b']) {
			const calls = engine.calls.filter(({ modelId }) => modelId === model);
			expect(calls.map(({ key }) => key)).toEqual(THREE);
		}
	});

	test('the same key in another credential has turns of its own', async () => {
		const engine = scriptedEngine({ a: ['ok'] });
		await send(engine, 1);
		await send(engine, 1, candidate('a', { keys: THREE, identity: 'credential-2' }));
		expect(engine.calls.map(({ key }) => key)).toEqual(['key-1', 'key-1']);
	});

	test('a limited key is left out until its pause is over', async () => {
		const limited = failure('rate-limit', { status: 429, retryAfterMs: MINUTE_MS });
		const engine = scriptedEngine({ a: [limited, 'ok'] });
		await send(engine, 10);
		expect(share(engine.calls)).toEqual({ 'key-1': 1, 'key-2': 5, 'key-3': 5 });

		engine.clock.advance(MINUTE_MS);
		const before = engine.calls.length;
		await send(engine, 9);
		expect(share(engine.calls.slice(before))).toEqual({ 'key-1': 3, 'key-2': 3, 'key-3': 3 });
	});

	test.each([{ kind: 'authentication' }, { kind: 'permission' }, { kind: 'quota' }] as const)(
		'a key that failed with $kind is left out for five minutes',
		async ({ kind }) => {
			const engine = scriptedEngine({ a: [failure(kind), 'ok'] });
			await send(engine, 10);
			expect(share(engine.calls)).toEqual({ 'key-1': 1, 'key-2': 5, 'key-3': 5 });
			engine.clock.advance(5 * MINUTE_MS);
			await send(engine, 3);
			expect(share(engine.calls)['key-1']).toBe(2);
		},
	);

	test('a refused key does not answer for one that only pauses', async () => {
		const two = candidate('a', { keys: ['key-1', 'key-2'] });
		const limited = failure('rate-limit', { status: 429, retryAfterMs: 2_000 });
		const engine = scriptedEngine({ a: [failure('authentication'), limited, 'ok'] });
		await send(engine, 1, two);
		expect(engine.calls.map(({ key }) => key)).toEqual(['key-1', 'key-2', 'key-2']);
		expect((engine.calls[2]?.atMs ?? 0) - (engine.calls[1]?.atMs ?? 0)).toBe(2_000);
	});

	test('when every key was refused each is tried again, and one that works is back', async () => {
		const two = candidate('a', { keys: ['key-1', 'key-2'] });
		const refused = failure('authentication', { status: 401 });
		const engine = scriptedEngine({ a: [refused, refused, refused, 'ok'] });
		await expect(send(engine, 1, two)).rejects.toMatchObject({ code: 'ALL_CANDIDATES_FAILED' });
		await send(engine, 3, two);
		expect(engine.calls.map(({ key }) => key)).toEqual([
			'key-1',
			'key-2',
			'key-1',
			'key-2',
			'key-2',
			'key-2',
		]);
	});

	test('a lone key is never left out', async () => {
		const one = candidate('a');
		const engine = scriptedEngine({ a: [failure('quota'), 'ok'] });
		await expect(send(engine, 1, one)).rejects.toMatchObject({ code: 'ALL_CANDIDATES_FAILED' });
		await send(engine, 1, one);
		expect(share(engine.calls)).toEqual({ 'key-1': 2 });
	});
});
