import { jsonOf } from '../../support/runWorkflow';
import { FLASH, HAIKU, MINI, models, ROUTER, underTest } from '../shared/underTest';

const host = underTest();

const VENDORS = [MINI, HAIKU, FLASH, 'openaiCompatible/llama-3.3-70b-instruct'].map((model) => ({
	model,
}));
const PROVIDERS = ['openai', 'anthropic', 'google', 'openaiCompatible'];

/** What a memory may come to: pairs, turns without text, several of one role in a row. */
const MEMORY = [
	{ human: 'My name is Ann.', ai: '' },
	{ human: 'Are you there?', ai: 'Yes.' },
	{ ai: 'How can I help?' },
];

interface Item {
	readonly outcome?: string;
	readonly attempts: Array<{ outcome: string; message?: string }>;
}
const outcomes = (items: readonly object[]) =>
	items.flatMap((item) =>
		(item as Item).attempts.map(({ outcome, message }) => message ?? outcome),
	);

test.each(VENDORS)('$model takes a prompt with the history of a memory', async ({ model }) => {
	const run = await host.run(
		ROUTER,
		{
			providers: PROVIDERS,
			candidates: models(model),
			prompt: '={{ $json.chatInput }}',
			history: '={{ $json.messages }}',
			systemPrompt: 'Be brief.',
		},
		[{ sessionId: 's', chatInput: 'What is my name?', messages: MEMORY }],
	);
	expect(outcomes(jsonOf(run, 'Node'))).toEqual(['ok']);
});

test.each(VENDORS)('$model takes a conversation as it comes', async ({ model }) => {
	const run = await host.run(
		ROUTER,
		{
			providers: PROVIDERS,
			candidates: models(model),
			inputType: 'messages',
			messages: '={{ $json.messages }}',
		},
		[
			{
				messages: [
					{ role: 'system', content: 'Be brief.' },
					{ role: 'system', content: 'Be kind.' },
					{ role: 'user', content: 'Hello' },
					{ role: 'user', content: [{ type: 'text', text: 'Are you there?' }] },
					{ role: 'assistant', content: '' },
					{ role: 'assistant', content: 'Yes.' },
					{ role: 'assistant', content: 'How can I help?' },
					{ role: 'user', content: 'Tell me the time.' },
				],
			},
		],
	);
	expect(outcomes(jsonOf(run, 'Node'))).toEqual(['ok']);
});

test('answers what a Chat Trigger hands over, history or not, as one and the same request', async () => {
	const turn = { sessionId: 's', action: 'sendMessage', chatInput: 'What is my name?' };
	await host.run(ROUTER, { inputType: 'messages', messages: '={{ $json }}' }, [turn]);
	await host.run(ROUTER, { prompt: '={{ $json.chatInput }}' }, [turn]);
	const withMemory = { ...turn, messages: MEMORY };
	await host.run(ROUTER, { inputType: 'messages', messages: '={{ $json }}' }, [withMemory]);
	await host.run(
		ROUTER,
		{ prompt: '={{ $json.chatInput }}', history: '={{ { messages: $json.messages } }}' },
		[withMemory],
	);
	// The second and the fourth are answered from the cache.
	expect(new Set(host.sandbox.calls().map(({ promptDigest }) => promptDigest)).size).toBe(2);
	expect(host.sandbox.calls()).toHaveLength(2);
});

test('reads the system prompt anew for each item', async () => {
	const run = await host.run(ROUTER, { prompt: 'Hello', systemPrompt: '={{ $json.rules }}' }, [
		{ rules: 'Be brief.' },
		{ rules: 'Be kind.' },
		{ rules: 'Be brief.' },
		{ rules: '' },
	]);
	const { length } = host.sandbox.calls();
	expect(new Set(host.sandbox.calls().map(({ promptDigest }) => promptDigest)).size).toBe(3);
	expect(length).toBe(3);
	expect(jsonOf(run, 'Node')[2]?.text).toBe(jsonOf(run, 'Node')[0]?.text);
});

test('says once for the run what of a history was left out', async () => {
	const history = [{ human: 'Search', ai: '', tool: 'found' }];
	const run = await host.run(ROUTER, { prompt: 'x', history: '={{ $json.history }}' }, [
		{ history },
		{ history },
	]);
	const messages = run.hints.Node?.map(({ message }) => message) ?? [];
	expect(messages.filter((message) => message.startsWith('History: calls of tools'))).toHaveLength(
		1,
	);
});
