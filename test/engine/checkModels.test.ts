import { checkModels, type BudgetAsk, type ModelCheck } from '../../engine/index';
import {
	CACHED,
	candidate,
	failure,
	planOf,
	scriptedEngine,
	type Scripted,
	type ScriptedEngine,
} from '../support/scriptedEngine';

const plan = planOf([], CACHED);

async function check(
	script: Readonly<Record<string, readonly Scripted[]>>,
	candidates = Object.keys(script).map((id) => candidate(id)),
	budgets: readonly BudgetAsk[] = [],
): Promise<{ checks: readonly ModelCheck[]; engine: ScriptedEngine }> {
	const engine = scriptedEngine(script);
	const checks = await engine.clock.run(checkModels(candidates, plan, { ...engine.run, budgets }));
	expect(engine.clock.pending()).toBe(0);
	return { checks, engine };
}

test('asks each model once, all at the same time, and tells how long it took and what it cost', async () => {
	const { checks, engine } = await check({
		quick: [{ afterMs: 200, reply: 'OK' }],
		slow: [{ afterMs: 3_000, reply: 'OK' }],
	});
	expect(checks).toMatchObject([
		{ model: 'openai/quick', ok: true, status: 'ok', latencyMs: 200 },
		{ model: 'openai/slow', ok: true, status: 'ok', latencyMs: 3_000 },
	]);
	expect(checks[0]?.costUsd).toBeCloseTo(20e-6, 12);
	expect(engine.calls).toHaveLength(2);
	expect(new Set(engine.calls.map(({ atMs }) => atMs)).size).toBe(1);
});

test.each([
	{ kind: 'authentication', status: 401, advice: 'Open the credential' },
	{ kind: 'model-not-found', status: 404, advice: 'Choose a model from the list' },
	{ kind: 'quota', status: 429, advice: "Top up the vendor's account" },
	{ kind: 'rate-limit', status: 429, advice: 'Add another model as a fallback' },
	{ kind: 'server', status: 500, advice: 'Add a model of another vendor' },
	{ kind: 'network', status: undefined, advice: 'Check the base URL' },
] as const)('$kind is told with what to do, after one call', async ({ kind, status, advice }) => {
	const { checks, engine } = await check({ one: [failure(kind, { status })], two: ['OK'] });
	expect(checks[0]).toMatchObject({
		ok: false,
		status: kind,
		failure: `scripted ${kind}`,
		advice: expect.stringContaining(advice) as string,
	});
	expect(checks[1]).toMatchObject({ ok: true });
	expect(engine.calls).toHaveLength(2);
});

test('a model that reasons past the small limit works', async () => {
	const cut = { text: '', finishReason: { unified: 'length', raw: 'length' } } as const;
	const { checks } = await check({ one: [cut] });
	expect(checks).toMatchObject([{ ok: true, status: 'truncated' }]);
	expect(checks[0]).not.toHaveProperty('failure');
});

test('silence ends with the time of an attempt', async () => {
	const { checks } = await check({ one: [{ afterMs: 1e9, reply: 'OK' }] });
	expect(checks).toMatchObject([{ ok: false, status: 'timeout', latencyMs: 60_000 }]);
	expect(checks[0]).not.toHaveProperty('costUsd');
});

test('a key that is refused gives way to the next one, and both are told', async () => {
	const { checks } = await check({ one: [failure('authentication', { status: 401 }), 'OK'] }, [
		candidate('one', { keys: ['key-1', 'key-2'] }),
	]);
	expect(checks[0]).toMatchObject({
		ok: true,
		attempts: [
			{ key: 1, outcome: 'authentication' },
			{ key: 2, outcome: 'ok' },
		],
	});
});

test('nothing is stored and nothing stored is used', async () => {
	const engine = scriptedEngine({ one: ['OK'] });
	for (let run = 0; run < 2; run++) {
		await engine.clock.run(checkModels([candidate('one')], plan, engine.run));
	}
	expect(engine.calls).toHaveLength(2);
});

test('a model that is pausing or over a budget is not called, with the reason', async () => {
	const engine = scriptedEngine({
		one: [failure('rate-limit', { status: 429, retryAfterMs: 40_000 }), 'OK'],
	});
	const run = async (budgets: readonly BudgetAsk[] = []) =>
		await engine.clock.run(checkModels([candidate('one')], plan, { ...engine.run, budgets }));
	await run();
	expect(await run()).toMatchObject([{ ok: false, status: 'skipped', costUsd: 0 }]);
	expect((await run())[0]?.failure).toMatch(/^cooling down for 40 s more/);
	engine.clock.advance(40_000);
	const budget = { key: 'day', label: 'Max Cost per Day', limitUsd: 1e-9, period: '' };
	expect((await run([budget]))[0]).toMatchObject({ status: 'skipped', costUsd: 0 });
	expect((await run([budget]))[0]?.failure).toContain('Max Cost per Day');
	expect(engine.calls).toHaveLength(1);
});

test('a model whose circuit is open is asked all the same', async () => {
	const down = Array.from({ length: 10 }, () => failure('server', { status: 500 }));
	const engine = scriptedEngine({ one: [...down, 'OK'] });
	for (let run = 0; run < 10; run++) {
		await engine.clock.run(checkModels([candidate('one')], plan, engine.run));
	}
	const [last] = await engine.clock.run(checkModels([candidate('one')], plan, engine.run));
	expect(last).toMatchObject({ ok: true });
});

test('asks for little, and never for more than the builder allows', async () => {
	const engine = scriptedEngine({ one: ['OK'], two: ['OK'] });
	const seen: Array<number | undefined> = [];
	const provider = (await engine.run.runtime.vendors()).providers.openai;
	const candidates = [
		candidate('one'),
		{ ...candidate('two'), settings: { maxOutputTokens: 20, temperature: 0.3 } },
	];
	const generate = jest
		.spyOn(provider, 'generate')
		.mockImplementation(async ({ settings, modelId }) => {
			seen.push(settings.maxOutputTokens);
			return {
				ok: true,
				value: {
					text: 'OK',
					finishReason: { unified: 'stop' },
					usage: {},
					modelId,
					warnings: [],
				},
			};
		});
	await engine.clock.run(checkModels(candidates, plan, engine.run));
	expect(seen).toEqual([512, 20]);
	generate.mockRestore();
});

test('Stop ends it', async () => {
	const engine = scriptedEngine({ one: [{ afterMs: 1e9, reply: 'OK' }] });
	engine.clock.after(1_000, () => engine.stop.abort(new Error('stopped')));
	const work = engine.clock.run(checkModels([candidate('one')], plan, engine.run));
	await expect(work).rejects.toMatchObject({ code: 'CANCELLED' });
	expect(engine.calls[0]?.aborted).toBe(true);
});
