/** Workflow data that nobody would type, through n8n's own execution loop. */
import type { IDataObject } from 'n8n-workflow';
import { FAN_OUT, HAIKU, MINI, models, ROUTER, underTest } from './shared/underTest';

const host = underTest();
const ONE = { candidates: models(MINI), providers: ['openai'] };
const GO_ON = { node: { onError: 'continueRegularOutput' as const } };

const outOf = (run: Awaited<ReturnType<typeof host.run>>) =>
	(run.items.Node?.[0] ?? []).map(({ json }) => json);

describe('prompts by length', () => {
	test('no character at all is refused before any call', async () => {
		const run = await host.run(ROUTER, ONE, [{ prompt: '' }], GO_ON);
		expect(outOf(run)).toMatchObject([{ error: 'Prompt is empty, got ""' }]);
		expect(host.sandbox.calls()).toHaveLength(0);
	});

	test('one character is answered', async () => {
		const run = await host.run(ROUTER, ONE, [{ prompt: '?' }]);
		expect(outOf(run)).toMatchObject([{ model: MINI, text: expect.stringMatching(/./) }]);
	});

	test('5 million characters are told to be too long, without a call, and others go on', async () => {
		const startedAtMs = Date.now();
		const run = await host.run(
			ROUTER,
			ONE,
			[{ prompt: 'word '.repeat(1_000_000) }, { prompt: 'Hello' }],
			GO_ON,
		);
		expect(outOf(run)).toMatchObject([
			{ error: expect.stringMatching(/context|tokens/i) },
			{ text: expect.stringMatching(/./) },
		]);
		expect(host.sandbox.calls()).toHaveLength(1);
		expect(Date.now() - startedAtMs).toBeLessThan(15_000);
	});

	test('5 million characters are cut where that is allowed', async () => {
		const run = await host.run(
			ROUTER,
			{ ...ONE, preprocessing: { maxInputTokens: 1_000, overflow: 'keepBoth' } },
			[{ prompt: `first ${'word '.repeat(1_000_000)} last` }],
		);
		expect(outOf(run)).toMatchObject([{ model: MINI, usage: { inputTokens: expect.any(Number) } }]);
		expect(Number((outOf(run)[0]?.usage as IDataObject).inputTokens)).toBeLessThan(1_500);
	});
});

test('10,000 items keep their order and their fields', async () => {
	const items = Array.from({ length: 10_000 }, (_, index) => ({
		prompt: `P ${index % 100}`,
		index,
	}));
	const startedAtMs = Date.now();
	const run = await host.run(ROUTER, { ...ONE, limits: { concurrency: 100 } }, items);
	expect(run.error).toBeUndefined();
	const out = run.items.Node?.[0] ?? [];
	expect(out.map(({ json }) => json.index)).toEqual(items.map(({ index }) => index));
	expect(out.map(({ pairedItem }) => pairedItem)).toEqual(
		items.map(({ index }) => ({ item: index })),
	);
	expect(host.sandbox.calls()).toHaveLength(100);
	expect(Date.now() - startedAtMs).toBeLessThan(40_000);
}, 60_000);

test.each([{ type: ROUTER }, { type: FAN_OUT }])(
	'$type: a missing binary fails its own item only',
	async ({ type }) => {
		const run = await host.run(
			type,
			{ ...ONE, attachments: '={{ $json.file ?? "" }}' },
			[{ prompt: 'a' }, { prompt: 'b', file: 'gone' }, { prompt: 'c' }],
			GO_ON,
		);
		expect(outOf(run).map(({ error }) => error)).toEqual([
			undefined,
			'Attachments: the item has no binary property "gone"; it has none',
			undefined,
		]);
	},
);

test.each([{ type: ROUTER }, { type: FAN_OUT }])(
	'$type: an expression that fails for one item fails that item only',
	async ({ type }) => {
		const prompt = '={{ $json.prompt.trim() }}';
		const items = [{ prompt: 'a' }, { other: 1 }, { prompt: 'c' }];
		const run = await host.run(type, { ...ONE, prompt }, items, GO_ON);
		const out = outOf(run);
		expect(out).toHaveLength(3);
		expect(out.map(({ error }) => typeof error)).toEqual(['undefined', 'string', 'undefined']);
	},
);

test.each([{ type: ROUTER }, { type: FAN_OUT }])(
	'$type: circular input JSON passes through and breaks nothing',
	async ({ type }) => {
		const ring: IDataObject = { prompt: 'Hello' };
		ring.self = ring;
		const run = await host.run(type, ONE, [ring]);
		expect(run.error).toBeUndefined();
		expect(outOf(run)).toHaveLength(1);
	},
);

test.each([{ type: ROUTER }, { type: FAN_OUT }])(
	'$type: fields named __proto__ and constructor stay data',
	async ({ type }) => {
		const item = JSON.parse(
			'{"prompt":"Hello","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":"x","hasOwnProperty":"x"}',
		) as IDataObject;
		const run = await host.run(
			type,
			{ ...ONE, candidates: models(MINI, HAIKU), providers: ['openai', 'anthropic'] },
			[item],
		);
		expect(run.error).toBeUndefined();
		const [out = {}] = outOf(run);
		expect(Reflect.get({}, 'polluted')).toBeUndefined();
		expect(out.polluted).toBeUndefined();
		expect(Object.hasOwn(out, 'constructor')).toBe(true);
		expect(out.toString).toBe('x');
	},
);

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
	'a model named %s of a vendor named so is refused, not found',
	async (name) => {
		const run = await host.run(
			ROUTER,
			{ candidates: models(`${name}/${name}`), providers: ['openai'] },
			[{ prompt: 'Hello' }],
		);
		expect(run.error?.message).toContain('Model 1');
		expect(host.sandbox.calls()).toHaveLength(0);
	},
);
