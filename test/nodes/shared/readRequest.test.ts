import type { IExecuteFunctions } from 'n8n-workflow';
import { InvalidPlanError } from '../../../engine/index';
import { readRequest } from '../../../nodes/shared/readRequest';

const read = (parameters: Readonly<Record<string, unknown>>) => draft(parameters).request;

function draft(parameters: Readonly<Record<string, unknown>>) {
	const getNodeParameter = ((name: string) =>
		parameters[name] ?? null) as IExecuteFunctions['getNodeParameter'];
	const helpers = {} as IExecuteFunctions['helpers'];
	return readRequest({ getNodeParameter, helpers }, 0, { json: {} });
}

const ring: Record<string, unknown> = {};
ring.self = ring;

test.each([
	['hello', 'hello'],
	[0, '0'],
	[false, 'false'],
	[10n, '10'],
	[{ a: 1 }, '{"a":1}'],
	[['a'], '["a"]'],
])('the prompt %p is sent as %s', (prompt, content) => {
	expect(read({ prompt }).messages).toEqual([{ role: 'user', content }]);
});

test.each([
	[NaN, 'Prompt must be text, got NaN'],
	[Infinity, 'Prompt must be text, got Infinity'],
	[Symbol('a'), 'Prompt must be text, got Symbol(a)'],
	[ring, 'Prompt must be text, got an object that JSON cannot hold'],
	[[], 'Prompt is empty, got []'],
	[{}, 'Prompt is empty, got {}'],
	[' \u200b\ufeff\n', 'Prompt is empty, got " \\u200b\\ufeff\\n"'],
])('the prompt %p is refused', (prompt, message) => {
	expect(() => read({ prompt })).toThrow(InvalidPlanError);
	expect(() => read({ prompt })).toThrow(message);
});

test('a system prompt that is no text is refused, one that shows nothing is left out', () => {
	expect(() => read({ prompt: 'x', systemPrompt: NaN })).toThrow(
		'System Prompt must be text, got NaN',
	);
	expect(read({ prompt: 'x', systemPrompt: '\u200b' }).messages).toHaveLength(1);
});

test('a message that shows nothing is refused', () => {
	const messages = [{ role: 'user', content: '\u200b' }];
	expect(() => read({ inputType: 'messages', messages })).toThrow(
		'Messages: entry 1: content is empty',
	);
});

describe('the history of a prompt', () => {
	const history = [{ human: 'Who are you?', ai: 'A bot.' }];

	test('stands between system prompt and prompt', () => {
		const { messages } = read({ prompt: 'And now?', systemPrompt: 'Be kind.', history });
		expect(messages).toEqual([
			{ role: 'system', content: 'Be kind.' },
			{ role: 'user', content: 'Who are you?' },
			{ role: 'assistant', content: 'A bot.' },
			{ role: 'user', content: 'And now?' },
		]);
	});

	test('adds its rules to the system prompt', () => {
		const rules = [{ system: 'Be brief.' }, ...history];
		expect(read({ prompt: 'x', systemPrompt: 'Be kind.', history: rules }).messages[0]).toEqual({
			role: 'system',
			content: 'Be kind.\n\nBe brief.',
		});
	});

	test('does not ask twice when the memory holds the prompt already', () => {
		const { messages } = read({ prompt: 'And now?', history: [...history, { human: 'And now?' }] });
		expect(messages.map(({ content }) => content)).toEqual(['Who are you?', 'A bot.', 'And now?']);
	});

	test('belongs to the prompt only', () => {
		const messages = [{ role: 'user', content: 'Hello' }];
		expect(read({ inputType: 'messages', messages, history }).messages).toEqual(messages);
	});

	test('says what it had to leave out', () => {
		const { warnings } = draft({ prompt: 'x', history: [{ human: 'a', ai: '', tool: '7' }] });
		expect(warnings).toEqual([expect.stringMatching(/^History: calls of tools/)]);
	});
});
