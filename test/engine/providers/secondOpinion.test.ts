/** The same calls against a mock that others wrote: a second opinion on the wire formats. */
import { LLMock } from '@copilotkit/aimock';
import { apiKeyOf, executeChat, type ChatRequest, type ProviderId } from '../../../engine/index';
import { runtime } from '../../../nodes/shared/runtime';
import { planOf } from '../../support/scriptedEngine';

const mock = new LLMock({ port: 0, logLevel: 'silent' });
const BASE: Readonly<Record<ProviderId, string>> = {
	openai: '/v1',
	anthropic: '/v1',
	google: '/v1beta',
	openaiCompatible: '/v1',
	local: '/v1',
};

beforeAll(async () => {
	mock.onMessage('capital of France', { content: 'Paris' });
	await mock.start();
});

afterAll(async () => {
	await runtime().close();
	await mock.stop();
});

async function ask(provider: ProviderId, modelId: string, more: Partial<ChatRequest> = {}) {
	const request: ChatRequest = {
		messages: [
			{ role: 'system', content: 'Be brief.' },
			{ role: 'user', content: 'What is the capital of France?' },
		],
		outputFormat: 'text',
		...more,
	};
	const plan = planOf([
		{
			kind: 'vendor',
			id: `${provider}/${modelId}`,
			provider,
			modelId,
			settings: { maxOutputTokens: 100 },
			limits: {},
			price: {},
			weight: 1,
			connection: {
				provider,
				baseUrl: `${mock.url}${BASE[provider]}`,
				keys: provider === 'local' ? [] : [apiKeyOf('test-key')],
				identity: 'test',
			},
		},
	]);
	return await executeChat(request, plan, {
		runtime: runtime(),
		signal: new AbortController().signal,
	});
}

test.each([
	['openai', 'gpt-4o-mini'],
	['anthropic', 'claude-3-5-haiku-20241022'],
	['google', 'gemini-2.5-flash'],
	['openaiCompatible', 'some-model'],
	['local', 'llama3'],
] as const)('%s answers over HTTP with usage and a finish reason', async (provider, modelId) => {
	const { response, trace } = await ask(provider, modelId);
	expect(response.text).toBe('Paris');
	expect(response.finishReason.unified).toBe('stop');
	expect(response.usage.outputTokens).toBeGreaterThanOrEqual(0);
	expect(trace.attempts).toHaveLength(1);
});
