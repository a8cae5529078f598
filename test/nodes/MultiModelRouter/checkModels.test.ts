/** Output > Check Models: one item for each model, and nothing else is called. */
import type { WorkflowJson } from '../../support/runWorkflow';
import { jsonOf, runWorkflow } from '../../support/runWorkflow';
import { callAsTool } from '../shared/agent';
import { fakeModelNode } from '../shared/fakeModelNode';
import { FLASH, HAIKU, MINI, models, router, ROUTER, underTest } from '../shared/underTest';

const host = underTest();
const CHECK = { output: { checkModels: true } };

test('tells of each model whether it works, how long it took, its cost and what to do', async () => {
	const run = await host.run(
		ROUTER,
		{ ...CHECK, candidates: models(MINI, `${HAIKU}--fault-401`, `${FLASH}--fault-503`) },
		[{ prompt: '' }],
	);
	expect(run.error).toBeUndefined();
	const items = jsonOf(run, 'Node');
	expect(items).toMatchObject([
		{ model: MINI, ok: true, status: 'ok' },
		{
			model: `${HAIKU}--fault-401`,
			ok: false,
			status: 'authentication',
			costUsd: 0,
			message: expect.stringContaining('Open the credential') as string,
			attempts: [{ outcome: 'authentication', status: 401 }],
		},
		{ model: `${FLASH}--fault-503`, ok: false, status: 'overloaded' },
	]);
	expect(items[0]?.costUsd).toBeGreaterThan(0);
	// n8n would take the item for one that failed.
	for (const item of items) expect(item).not.toHaveProperty('error');
	expect(host.sandbox.calls()).toHaveLength(3);
});

test('a model that several items list is checked once', async () => {
	const items = Array.from({ length: 20 }, (_, index) => ({
		prompt: 'Say hello',
		second: index < 10 ? HAIKU : FLASH,
	}));
	const run = await host.run(
		ROUTER,
		{
			...CHECK,
			candidates: {
				values: [
					{ model: { __rl: true, mode: 'id', value: MINI }, settings: {} },
					{ model: { __rl: true, mode: 'id', value: '={{ $json.second }}' }, settings: {} },
				],
			},
		},
		items,
	);
	expect(jsonOf(run, 'Node').map(({ model }) => model)).toEqual([MINI, HAIKU, FLASH]);
	expect(host.sandbox.calls()).toHaveLength(3);
});

test('a model that cannot be asked is an item with the reason', async () => {
	const run = await host.run(
		ROUTER,
		{ ...CHECK, candidates: models(MINI, MINI, 'openai/gpt-4o') },
		[{ prompt: '' }],
	);
	const items = jsonOf(run, 'Node');
	expect(items.map(({ ok, status }) => [ok, status])).toEqual([
		[true, 'ok'],
		[true, 'ok'],
		[false, 'skipped'],
	]);
	expect(items[2]?.failure).toEqual(expect.stringContaining('listed twice'));
});

test('a dry run goes before it: nobody is called', async () => {
	await host.run(ROUTER, { output: { checkModels: true, dryRun: true } }, [{ prompt: 'Hello' }]);
	expect(host.sandbox.calls()).toHaveLength(0);
});

test('checks connected models, too', async () => {
	const { node, calls } = fakeModelNode(() => 'OK');
	const connected: WorkflowJson = {
		nodes: [
			{
				name: 'Trigger',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				name: 'Router',
				type: ROUTER,
				typeVersion: 1,
				position: [200, 0],
				parameters: { ...CHECK, providers: [], connectedModels: 1, candidates: {}, prompt: '' },
			},
			{
				name: 'Model',
				type: '@n8n/n8n-nodes-langchain.fakeChatModel',
				typeVersion: 1,
				position: [200, 200],
				parameters: {},
			},
		],
		connections: {
			Trigger: { main: [[{ node: 'Router', type: 'main', index: 0 }]] },
			Model: { ai_languageModel: [[{ node: 'Router', type: 'ai_languageModel', index: 0 }]] },
		},
	};
	const run = await runWorkflow(connected, {
		nodes: { [ROUTER]: router, '@n8n/n8n-nodes-langchain.fakeChatModel': node },
	});
	expect(run.error).toBeUndefined();
	expect(jsonOf(run, 'Router')).toMatchObject([{ model: 'connected/1', ok: true, status: 'ok' }]);
	expect(calls).toEqual([{ node: 'Model', prompt: 'Reply with OK' }]);
});

test('an agent gets its answer: as a tool there are no checks', async () => {
	const run = await callAsTool(
		ROUTER,
		router,
		{ ...CHECK, providers: ['openai'], candidates: models(MINI), prompt: 'Say hello' },
		{},
		{ credentials: host.credentials },
	);
	const [{ said } = {}] = jsonOf(run, 'Agent');
	expect(said).toEqual([{ text: expect.any(String), model: MINI, costUsd: expect.any(Number) }]);
});
