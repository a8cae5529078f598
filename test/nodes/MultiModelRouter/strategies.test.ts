import type { IDataObject } from 'n8n-workflow';
import { jsonOf } from '../../support/runWorkflow';
import { FLASH, HAIKU, MINI, models, ROUTER, underTest } from '../shared/underTest';

const host = underTest();
const ALL = ['openai', 'anthropic', 'google'];
const questions = (count: number) =>
	Array.from({ length: count }, (_, index) => ({
		prompt: `Question ${index}`,
		customer: `c${index % 5}`,
	}));

test('cheapest asks the cheapest model and says what it expects to cost', async () => {
	const run = await host.run(
		ROUTER,
		{ strategy: 'cheapest', providers: ALL, candidates: models(HAIKU, MINI, FLASH) },
		questions(1),
	);
	const [item] = jsonOf(run, 'Node');
	expect(item?.model).toBe(FLASH);
	expect((item?.route as IDataObject).reason).toMatch(/^cheapest for this request: about \$0\.000/);
});

test('weighted shares the requests, and a sticky key keeps its model', async () => {
	const run = await host.run(
		ROUTER,
		{
			strategy: 'weighted',
			stickyKey: '={{ $json.customer }}',
			providers: ALL,
			candidates: models({ id: HAIKU, weight: 1 }, { id: MINI, weight: 1 }),
		},
		questions(20),
	);
	const byCustomer = new Map<unknown, Set<unknown>>();
	for (const { customer, model } of jsonOf(run, 'Node')) {
		byCustomer.set(customer, (byCustomer.get(customer) ?? new Set()).add(model));
	}
	expect([...byCustomer.values()].map(({ size }) => size)).toEqual([1, 1, 1, 1, 1]);
});

test('a weight of 0 keeps a model as a stand-in only', async () => {
	const run = await host.run(
		ROUTER,
		{
			strategy: 'weighted',
			providers: ALL,
			candidates: models({ id: HAIKU, weight: 0 }, { id: MINI, weight: 3 }),
		},
		questions(10),
	);
	expect(new Set(jsonOf(run, 'Node').map(({ model }) => model))).toEqual(new Set([MINI]));
});

test('fastest leaves the slow model once it was measured', async () => {
	const slow = `${HAIKU}--latency-300`;
	const run = await host.run(
		ROUTER,
		{
			strategy: 'fastest',
			providers: ALL,
			candidates: models(slow, MINI),
			limits: { concurrency: 1 },
		},
		questions(12),
	);
	const answered = jsonOf(run, 'Node').map(({ model }) => model);
	expect(answered.filter((model) => model === slow).length).toBeLessThanOrEqual(3);
});

test.each([
	[{ strategy: 'luckiest' }, 'Strategy "luckiest" does not exist'],
	[
		{ strategy: 'weighted', candidates: models({ id: MINI, weight: -1 }) },
		'Model 1 > Settings: Weight must be a number of at least 0, got -1',
	],
	[
		{ strategy: 'weighted', candidates: models({ id: MINI, weight: 0 }) },
		'Every model has the weight 0, so none may be asked',
	],
])('refuses %j before any call', async (parameters, message) => {
	const run = await host.run(ROUTER, parameters, questions(1));
	expect(run.error?.message).toContain(message);
	expect(host.sandbox.calls()).toHaveLength(0);
});
