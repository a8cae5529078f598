import { jsonOf } from '../../support/runWorkflow';
import { callAsTool } from '../shared/agent';
import { HAIKU, MINI, models, router, ROUTER, underTest } from '../shared/underTest';

const host = underTest();

test('gives an agent the answer, its model and its cost, and nothing else', async () => {
	const run = await callAsTool(
		ROUTER,
		router,
		{
			providers: ['openai', 'anthropic'],
			candidates: models(`${MINI}--fault-500`, HAIKU),
			prompt: "={{ $fromAI('question', 'What to ask') }}",
			reliability: { maxRetries: 0 },
			connectedModels: 2,
		},
		{ question: 'Say hello' },
		{ credentials: host.credentials },
	);
	expect(run.error).toBeUndefined();
	const [{ said } = {}] = jsonOf(run, 'Agent');
	expect(said).toEqual([{ text: expect.any(String), model: HAIKU, costUsd: expect.any(Number) }]);
	expect(host.sandbox.calls().map(({ model }) => model)).toHaveLength(2);
});

test('tells an agent why there is no answer', async () => {
	const run = await callAsTool(
		ROUTER,
		router,
		{ providers: ['openai'], candidates: models(`${MINI}--fault-401`), prompt: 'Say hello' },
		{},
		{ credentials: host.credentials },
	);
	expect(run.error?.message).toContain('authentication');
});
