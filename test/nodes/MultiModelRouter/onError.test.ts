import type { NodeApiError } from 'n8n-workflow';
import { jsonOf } from '../../support/runWorkflow';
import { HAIKU, MINI, models, ROUTER, underTest } from '../shared/underTest';

const host = underTest();

const FAILING = { candidates: models('={{ $json.model }}'), reliability: { maxRetries: 0 } };
const DOWN = `${MINI}--fault-500`;

describe('Stop Workflow', () => {
	test('throws with the index of the item, the reason and what to do', async () => {
		const run = await host.run(ROUTER, FAILING, [
			{ prompt: 'a', model: MINI },
			{ prompt: 'b', model: DOWN },
		]);
		const error = run.error as NodeApiError;
		expect(run.status).toBe('error');
		expect(error.message).toContain(DOWN);
		expect(error.context.itemIndex).toBe(1);
		expect(error.description).toBeTruthy();
	});

	test('checks all items before the first call', async () => {
		const run = await host.run(ROUTER, {}, [{ prompt: 'fine' }, { prompt: '' }]);
		expect(run.error?.message).toContain('Prompt is empty');
		expect((run.error as NodeApiError).context.itemIndex).toBe(1);
		expect(host.sandbox.calls()).toHaveLength(0);
	});

	test('starts no new item after a failure and stores what was under way', async () => {
		host.sandbox.setLatency({ promptIncludes: 'open' }, 300);
		const items = [
			{ prompt: 'open', model: HAIKU },
			{ prompt: 'fails', model: DOWN },
			{ prompt: 'third', model: HAIKU },
			{ prompt: 'fourth', model: HAIKU },
		];
		const run = await host.run(ROUTER, { ...FAILING, limits: { concurrency: 2 } }, items);
		expect(run.status).toBe('error');
		expect(host.sandbox.calls()).toHaveLength(2);
		const again = await host.run(ROUTER, FAILING, items.slice(0, 1));
		expect(jsonOf(again, 'Node')).toMatchObject([{ cache: 'hit' }]);
	});
});

describe.each(['continueRegularOutput', 'continueErrorOutput'] as const)('%s', (onError) => {
	const items = [
		{ prompt: 'a', model: MINI },
		{ prompt: 'b', model: DOWN },
		{ prompt: '', model: MINI },
		{ prompt: 'd', model: MINI },
	];
	const run = async () => await host.run(ROUTER, FAILING, items, { node: { onError } });

	test('drops no item and goes on after a failure', async () => {
		const { items: out, status } = await run();
		expect(status).toBe('success');
		const [main = [], errors = []] = out.Node ?? [];
		expect(main.length + errors.length).toBe(4);
		const failed = (onError === 'continueErrorOutput' ? errors : main).filter(
			({ json }) => json.error !== undefined,
		);
		expect(failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 2 }]);
	});

	test('a failed item tells what happened, what to do, and every attempt', async () => {
		const { items: out } = await run();
		const [main = [], errors = []] = out.Node ?? [];
		const failed = [...main, ...errors].map(({ json }) => json).filter(({ error }) => error);
		expect(failed).toMatchObject([
			{
				error: expect.stringContaining('500'),
				message: expect.any(String),
				details: {
					code: 'ALL_CANDIDATES_FAILED',
					attempts: [{ model: DOWN, outcome: 'server', status: 500 }],
					skipped: [],
				},
			},
			{
				error: expect.stringContaining('Prompt is empty'),
				details: { code: 'INVALID_PLAN', attempts: [], skipped: [] },
			},
		]);
	});
});

test('on the regular output a failed item has exactly three keys', async () => {
	const { items } = await host.run(ROUTER, FAILING, [{ prompt: 'b', model: DOWN }], {
		node: { onError: 'continueRegularOutput' },
	});
	expect(Object.keys(items.Node?.[0]?.[0]?.json ?? {}).sort()).toEqual([
		'details',
		'error',
		'message',
	]);
});
