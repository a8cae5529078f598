import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { runtime } from '../../../nodes/shared/runtime';
import { startSandbox, type Sandbox } from '../../sandbox';
import { jsonOf, runNode } from '../../support/runWorkflow';
import { sandboxCredentials } from '../shared/sandboxCredentials';
import { FLASH, HAIKU, MINI, models } from '../shared/underTest';
import { AGREED, DISAGREED, node, RECONCILE } from './underTest';

const GPT4O = 'openai/gpt-4o-2024-08-06';
const QUESTION = 'Where should the team work?';
const ITEM = {
	question: QUESTION,
	costUsd: 0.001,
	answers: [
		{ model: MINI, text: 'At home, because nobody loses time on the way.' },
		{ model: HAIKU, text: 'In an office, because people learn from each other.' },
		{ model: FLASH, text: 'Two days in the office and three at home: both at once.' },
	],
};

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => {
	sandbox.reset();
	runtime().state.clear();
});
afterAll(async () => {
	await sandbox.close();
	await runtime().close();
});

async function run(
	parameters: INodeParameters,
	items: IDataObject[] = [ITEM],
	more: { onError?: 'continueRegularOutput' } = {},
) {
	const done = await runNode(
		{
			type: RECONCILE,
			parameters: {
				providers: ['openai', 'anthropic', 'google'],
				question: '={{ $json.question }}',
				...parameters,
			},
			...more,
		},
		items,
		{ nodes: { [RECONCILE]: node }, credentials: sandboxCredentials(sandbox.url) },
	);
	const outputs = [AGREED, DISAGREED].map((output) => jsonOf(done, 'Node', output));
	return { done, agreed: outputs[0] ?? [], disagreed: outputs[1] ?? [], all: outputs.flat() };
}

/** Calls in the trail of an item. */
const trail = (item: IDataObject | undefined) => item?.attempts as IDataObject[];

describe('synthesize', () => {
	test('a model writes one answer, and the trail is the log of the vendor', async () => {
		const { all } = await run({ method: 'synthesize', candidates: models(GPT4O) });
		expect(all).toHaveLength(1);
		const [item] = all;
		expect(item).toMatchObject({ question: QUESTION, method: expect.any(String) as string });
		expect(item?.answer).toEqual(expect.any(String));
		expect(trail(item).length).toBe(sandbox.calls().length);
		expect(
			trail(item).every(({ purpose }) => purpose === 'synthesize' || purpose === 'repair'),
		).toBe(true);
		expect(item?.costUsd).toBeGreaterThan(0);
	});

	test('when the writer is down, the vote decides and a warning says so', async () => {
		sandbox.setFault({}, '503');
		const { all } = await run({
			method: 'synthesize',
			candidates: models(GPT4O),
			reliability: { maxRetries: 0 },
		});
		expect(all).toHaveLength(1);
		expect(all[0]?.method).toBe('supported');
		expect(ITEM.answers.map(({ text }) => text)).toContain(all[0]?.answer);
		expect(JSON.stringify(all[0]?.warnings)).toMatch(/synthes/i);
		expect(trail(all[0]).length).toBe(sandbox.calls().length);
	});
});

describe('judge and council', () => {
	test('a judge sees each order twice; without a verdict that survives the vote decides', async () => {
		const { all } = await run({ method: 'judge', candidates: models('openai/gpt-4o-2024-05-13') });
		const [item] = all;
		expect(sandbox.calls().length).toBe(trail(item).length);
		expect(trail(item).length).toBeGreaterThanOrEqual(2);
		expect(item?.verdicts).toHaveLength(1);
		expect(ITEM.answers.map(({ text }) => text)).toContain(item?.answer);
	});

	test('every member of a council is asked', async () => {
		const { all } = await run({ method: 'rank', candidates: models(MINI, HAIKU, FLASH) });
		const [item] = all;
		expect(new Set(trail(item).map(({ model }) => model))).toEqual(new Set([MINI, HAIKU, FLASH]));
		expect(item?.rankings).toHaveLength(3);
		expect(sandbox.calls().length).toBe(trail(item).length);
	});
});

describe('debate', () => {
	const answers = [
		{ model: MINI, text: 'The answer is 41.' },
		{ model: HAIKU, text: 'The answer is 42.' },
		{ model: FLASH, text: 'The answer is 42.' },
	];

	test('only who disagrees is asked again, and the cost stands before and after', async () => {
		const { all } = await run(
			{
				debate: true,
				agreementThreshold: 0.9,
				candidates: models(MINI, HAIKU, FLASH),
			},
			[{ ...ITEM, answers }],
		);
		const [item] = all;
		expect(item?.debate).toMatchObject({
			asked: [MINI],
			before: { answer: expect.anything() as unknown },
			costBeforeUsd: 0.001,
		});
		expect((item?.debate as IDataObject).costAfterUsd).toBeGreaterThan(0.001);
		expect(trail(item).map(({ model, purpose }) => [model, purpose])).toEqual([[MINI, 'debate']]);
	});

	test('what is agreed costs no call', async () => {
		const { agreed } = await run({ debate: true, candidates: models(MINI, HAIKU) }, [
			{ ...ITEM, answers: answers.slice(1) },
		]);
		expect(agreed).toHaveLength(1);
		expect(sandbox.calls()).toHaveLength(0);
	});
});

test('the methods that count need no model and no credential', async () => {
	const { all } = await run({ providers: [], candidates: {} });
	expect(all).toHaveLength(1);
	expect(all[0]).not.toHaveProperty('attempts');
	expect(sandbox.calls()).toHaveLength(0);
});

test.each(['maxCostPerRunUsd', 'maxCostPerDayUsd'])(
	'%s holds for the calls of a panel too',
	async (name) => {
		const { all } = await run({
			method: 'judge',
			candidates: models(GPT4O),
			limits: { [name]: 0.000001 },
		});
		expect(all).toHaveLength(1);
		expect(sandbox.calls()).toHaveLength(0);
	},
);

test('a panel that would cost too much is refused before its first call', async () => {
	const { all } = await run(
		{
			method: 'judge',
			candidates: models(GPT4O),
			limits: { maxCostPerItemUsd: 0.000001 },
		},
		[ITEM],
		{ onError: 'continueRegularOutput' },
	);
	expect(all[0]).toMatchObject({ details: { code: 'BUDGET_EXCEEDED' } });
	expect(sandbox.calls()).toHaveLength(0);
});

test.each([
	{
		parameters: { method: 'judge', candidates: {} },
		message: 'Judge (a Model Picks) asks models, got none under Models',
	},
	{
		parameters: { debate: true, candidates: {} },
		message: 'Debate Round asks models, got none under Models',
	},
	{
		parameters: { method: 'judge', candidates: models(MINI), panel: { orders: 9 } },
		message: 'Panel Options: Orders per Judge must be at most 3, got 9',
	},
	{
		parameters: { method: 'judge', candidates: models('gpt') },
		message: 'Model 1 must be provider/model, got "gpt"',
	},
])('refuses: $message', async ({ parameters, message }) => {
	const { done } = await run(parameters as INodeParameters);
	expect(done.error?.message).toContain(message);
	expect(sandbox.calls()).toHaveLength(0);
});
