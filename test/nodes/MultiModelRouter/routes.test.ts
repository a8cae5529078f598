import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { jsonOf } from '../../support/runWorkflow';
import { FLASH, HAIKU, MINI, models, ROUTER, underTest } from '../shared/underTest';

const host = underTest();
const GPT4O = 'openai/gpt-4o-2024-08-06';
const locator = (value: string) => ({ __rl: true, mode: 'id', value });
const tiered = models({ id: MINI, tier: 'fast' }, { id: HAIKU, tier: 'strong' });
const panel = models(
	{ id: MINI, tier: 'fast' },
	{ id: FLASH, tier: 'fast' },
	{ id: HAIKU, tier: 'strong' },
);
const one = (prompt: string, more: IDataObject = {}) => [{ prompt, ...more }];

/** A condition of n8n's own filter: a field of the item equals a text. */
const equals = (field: string, text: string) => ({
	options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
	combinator: 'and',
	conditions: [
		{
			id: '1',
			leftValue: `={{ $json.${field} }}`,
			rightValue: text,
			operator: { type: 'string', operation: 'equals' },
		},
	],
});

async function routed(parameters: INodeParameters, items: IDataObject[]) {
	const run = await host.run(ROUTER, parameters, items);
	return { run, items: jsonOf(run, 'Node') };
}

describe('rules', () => {
	const rules = (...values: IDataObject[]) =>
		({ strategy: 'rules', rules: { values } }) as unknown as INodeParameters;

	test('the first rule whose condition over the item holds names the model', async () => {
		const { items } = await routed(
			rules(
				{ conditions: equals('plan', 'gold'), model: locator(HAIKU) },
				{ conditions: equals('plan', 'basic'), model: locator(FLASH) },
			),
			[
				{ prompt: 'One', plan: 'basic' },
				{ prompt: 'Two', plan: 'gold' },
				{ prompt: 'Three', plan: 'none' },
			],
		);
		expect(items.map(({ model, route }) => [model, (route as IDataObject).reason])).toEqual([
			[FLASH, 'Rule 2 fits'],
			[HAIKU, 'Rule 1 fits'],
			[MINI, 'no rule fits'],
		]);
	});

	test('condition and facts must both hold', async () => {
		const rule = { conditions: equals('plan', 'gold'), tasks: ['code'], model: locator(HAIKU) };
		const code =
			'Write a Python function `def add(a, b):` that adds two numbers and a test for it.';
		const { items } = await routed(rules(rule), [
			{ prompt: code, plan: 'gold' },
			{ prompt: code, plan: 'basic' },
			{ prompt: 'What is the capital of France?', plan: 'gold' },
		]);
		expect(items.map(({ model }) => model)).toEqual([HAIKU, MINI, MINI]);
	});

	test('a tier, a language, the length and the attachments decide', async () => {
		const german = 'Was ist die Hauptstadt von Frankreich, und wie viele Menschen leben dort?';
		const { items } = await routed(
			{
				...rules(
					{ languages: ['de'], sendTo: 'strong' },
					{ minInputTokens: 500, sendTo: 'strong' },
					{ hasAttachment: true, sendTo: 'strong' },
				),
				candidates: tiered,
			},
			[{ prompt: german }, { prompt: 'word '.repeat(900) }, { prompt: 'Hello there' }],
		);
		expect(items.map(({ model }) => model)).toEqual([HAIKU, HAIKU, MINI]);
	});

	test('a model that is not in the list can be named, and several in their order', async () => {
		host.sandbox.setFault({ model: 'gemini-1.5-flash' }, 'quota');
		const { items } = await routed(
			{ ...rules({ model: locator(`${FLASH}, ${GPT4O}`) }), standIns: false },
			one('Hello'),
		);
		expect(items[0]?.model).toBe(GPT4O);
	});

	test('without stand-ins no other model ever sees the item', async () => {
		host.sandbox.setFault({ model: 'gemini-1.5-flash' }, 'quota');
		const { run } = await routed(
			{ ...rules({ model: locator(FLASH) }), standIns: false },
			one('Secret'),
		);
		expect(run.error).toBeDefined();
		expect(new Set(host.sandbox.calls().map(({ vendor }) => vendor))).toEqual(new Set(['google']));
	});

	test('what fits no rule can be made to fail', async () => {
		const { run } = await routed(
			{
				...rules({ conditions: equals('plan', 'gold'), model: locator(HAIKU) }),
				otherwise: 'fail',
			},
			one('Hello'),
		);
		expect(run.error?.message).toBe('No rule fits this request, and Otherwise is set to fail');
		expect(host.sandbox.calls()).toHaveLength(0);
	});

	test.each([
		{ values: [], message: 'Rules is empty, got no rule' },
		{ values: [{}], message: 'Rule 1 must be a model ID such as' },
		{
			values: [{ model: locator('gpt-4o') }],
			message: 'Rule 1 must be provider/model, got "gpt-4o"',
		},
		{
			values: [{ model: locator(MINI), minInputTokens: -5 }],
			message: 'Rule 1: Min Input Tokens must be at least 0, got -5',
		},
		{
			values: [{ model: locator(MINI), tasks: ['cooking'] }],
			message: 'Rule 1: Tasks must be one of math, code',
		},
		{
			values: [{ sendTo: 'strong' }],
			message: 'Which model is the strong one cannot be told by price',
			candidates: models(MINI, 'openai/unheard-of'),
		},
	])('refuses: $message', async ({ values, message, candidates }) => {
		const { run } = await routed(
			{ ...rules(...values), ...(candidates === undefined ? {} : { candidates }) },
			one('Hello'),
		);
		expect(run.error?.message).toContain(message);
		expect(host.sandbox.calls()).toHaveLength(0);
	});
});

describe('auto', () => {
	test.each([
		{ quality: 0, model: MINI },
		{ quality: 1, model: HAIKU },
	])('quality $quality asks $model', async ({ quality, model }) => {
		const { items } = await routed(
			{ strategy: 'auto', quality, candidates: tiered },
			one('What is the capital of France?'),
		);
		expect(items[0]?.model).toBe(model);
		expect(items[0]?.route).toMatchObject({ strategy: 'auto' });
	});

	test.each([
		{
			parameters: { quality: 1.5, candidates: tiered },
			message: 'Quality (0 to 1) must be a number from 0 to 1, got 1.5',
		},
		{
			parameters: { candidates: models(MINI) },
			message: 'This strategy needs a fast and a strong model, got openai/gpt-4o-mini-2024-07-18',
		},
		{
			parameters: { candidates: models({ id: MINI, tier: 'fast' }, HAIKU) },
			message: `Tier is set for some models only, not for ${HAIKU}`,
		},
		{
			parameters: { candidates: models({ id: MINI, tier: 'huge' }, HAIKU) },
			message: 'Model 1 > Settings: Tier must be fast or strong, got "huge"',
		},
	])('refuses: $message', async ({ parameters, message }) => {
		const { run } = await routed({ strategy: 'auto', ...parameters }, one('Hello'));
		expect(run.error?.message).toContain(message);
		expect(host.sandbox.calls()).toHaveLength(0);
	});
});

describe('cascade', () => {
	test('an answer that passes costs one call, one that does not is escalated', async () => {
		const { items } = await routed(
			{
				strategy: 'cascade',
				candidates: tiered,
				cascade: { mustContain: '={{ $json.word }}', passDraft: true },
			},
			[
				{ prompt: 'Say hello', word: 'e' },
				{ prompt: 'Say hello', word: 'zyzzyva' },
			],
		);
		expect(items.map(({ model }) => model)).toEqual([MINI, HAIKU]);
		const attempts = items[1]?.attempts as IDataObject[];
		expect(attempts.map(({ model, purpose }) => [model, purpose])).toEqual([[HAIKU, undefined]]);
		expect(items[1]?.cache).toBe('miss');
		expect(host.sandbox.calls()).toHaveLength(2);
	});

	test('a verifier is one more call in the trail', async () => {
		const { items } = await routed(
			{ strategy: 'cascade', candidates: tiered, cascade: { verifierModel: FLASH } },
			one('Say hello'),
		);
		const attempts = items[0]?.attempts as IDataObject[];
		expect(attempts.map(({ model }) => model).slice(0, 2)).toEqual([MINI, FLASH]);
		expect(host.sandbox.calls()).toHaveLength(attempts.length);
	});

	test.each([
		{
			cascade: { mustMatch: '(' },
			message: 'Accept When: Must Match (Regex) cannot be used',
		},
		{
			cascade: { minConfidence: 2 },
			message: 'Accept When: Min Confidence (0 to 1) must be at most 1, got 2',
		},
		{
			cascade: { minConfidence: 0.5 },
			outputFormat: 'json',
			message: 'Min Confidence (0 to 1) works with the Output Format Text only, got 0.5',
		},
		{
			cascade: { verifierModel: 'haiku' },
			message: 'Verifier Model must be provider/model, got "haiku"',
		},
	])('refuses: $message', async ({ message, ...parameters }) => {
		const { run } = await routed(
			{ strategy: 'cascade', candidates: tiered, ...parameters } as unknown as INodeParameters,
			one('Hello'),
		);
		expect(run.error?.message).toContain(message);
		expect(host.sandbox.calls()).toHaveLength(0);
	});
});

describe('consensus', () => {
	test('the panel votes, and the trail holds every call', async () => {
		const { items } = await routed(
			{ strategy: 'consensus', candidates: panel },
			one(
				"Janet's ducks lay 16 eggs per day. She eats three for breakfast and bakes with four. She sells the rest at $2 each. How much does she make per day?",
			),
		);
		const attempts = items[0]?.attempts as IDataObject[];
		expect(attempts.slice(0, 2).map(({ purpose }) => purpose)).toEqual(['vote', 'vote']);
		expect(host.sandbox.calls()).toHaveLength(attempts.length);
		expect(items[0]?.route).toMatchObject({ strategy: 'consensus' });
	});

	test('two models are too few', async () => {
		const { run } = await routed({ strategy: 'consensus', candidates: tiered }, one('Hello'));
		expect(run.error?.message).toContain('Consensus needs two fast models and a strong one');
	});
});

describe('dry run', () => {
	test('says who would be asked, why and at what cost, and asks nobody', async () => {
		const { items } = await routed(
			{ strategy: 'cheapest', candidates: models(HAIKU, MINI), output: { dryRun: true } },
			one('Hello', { text: 'kept', costUsd: 9 }),
		);
		expect(items[0]).toMatchObject({
			text: 'kept',
			dryRun: true,
			model: MINI,
			costUsd: 0,
			route: { strategy: 'cheapest' },
			candidates: [{ model: MINI }, { model: HAIKU }],
		});
		const [first, second] = items[0]?.candidates as IDataObject[];
		expect(first?.costUsd).toBeLessThan(second?.costUsd as number);
		expect(host.sandbox.calls()).toHaveLength(0);
	});

	test('an unknown price is null', async () => {
		const { items } = await routed(
			{ candidates: models('openai/unheard-of'), output: { dryRun: true } },
			one('Hello'),
		);
		expect(items[0]?.candidates).toEqual([
			expect.objectContaining({ model: 'openai/unheard-of', costUsd: null }),
		]);
	});
});

test('an A/B test says which arm an item was given to', async () => {
	const { items } = await routed(
		{
			strategy: 'weighted',
			stickyKey: '={{ $json.prompt }}',
			candidates: models({ id: MINI, temperature: 0 }, { id: MINI, temperature: 1 }),
		},
		Array.from({ length: 40 }, (_, index) => ({ prompt: `Question ${index}` })),
	);
	const arms = items.map(({ route }) => (route as IDataObject).arm);
	expect(new Set(arms)).toEqual(new Set(['A', 'B']));
});
