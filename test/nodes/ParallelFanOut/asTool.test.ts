import { jsonOf } from '../../support/runWorkflow';
import { callAsTool } from '../shared/agent';
import { FAN_OUT, fanOut, HAIKU, MINI, models, underTest } from '../shared/underTest';

const host = underTest();

const answer = (model: string) => ({
	text: expect.any(String),
	model,
	costUsd: expect.any(Number),
});

test.each([
	['perInput', [{ answers: [answer(MINI), answer(HAIKU)], costUsd: expect.any(Number) }]],
	['perAnswer', [answer(MINI), answer(HAIKU)]],
])('gives an agent the answers and their cost (%s)', async (outputMode, expected) => {
	const run = await callAsTool(
		FAN_OUT,
		fanOut,
		{
			providers: ['openai', 'anthropic'],
			candidates: models(MINI, HAIKU),
			prompt: "={{ $fromAI('question', 'What to ask') }}",
			outputMode,
		},
		{ question: 'Say hello' },
		{ credentials: host.credentials },
	);
	expect(run.error).toBeUndefined();
	expect(jsonOf(run, 'Agent')[0]?.said).toEqual(expected);
});
