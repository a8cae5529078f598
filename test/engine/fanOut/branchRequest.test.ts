import { branchRequest } from '../../../engine/fanOut/branchRequest';
import type { ChatRequest } from '../../../engine/index';

const file = { kind: 'image', mediaType: 'image/png', data: new Uint8Array([1]) } as const;
const talk: ChatRequest = {
	messages: [
		{ role: 'system', content: 'Be brief.' },
		{ role: 'user', content: 'Hello' },
		{ role: 'assistant', content: 'Hi' },
		{ role: 'user', content: 'What is this?', attachments: [file] },
	],
	outputFormat: 'text',
};

test('is the request itself where nothing differs', () => {
	expect(branchRequest(talk, {})).toBe(talk);
});

test('its own prompt takes the place of the last user message, whose files stay', () => {
	const { messages } = branchRequest(talk, { prompt: 'Which colour?' });
	expect(messages.map(({ content }) => content)).toEqual([
		'Be brief.',
		'Hello',
		'Hi',
		'Which colour?',
	]);
	expect(messages.at(-1)?.attachments).toEqual([file]);
	expect(talk.messages.at(-1)?.content).toBe('What is this?');
});

test('a perspective is added to the system prompt, in one message', () => {
	const { messages } = branchRequest(talk, { perspective: 'You are a lawyer.' });
	expect(messages[0]).toEqual({ role: 'system', content: 'Be brief.\n\nYou are a lawyer.' });
	expect(messages).toHaveLength(4);
});

test('a perspective is the system prompt where there is none', () => {
	const plain: ChatRequest = {
		messages: [{ role: 'user', content: 'Hello' }],
		outputFormat: 'text',
	};
	expect(branchRequest(plain, { perspective: 'You are a lawyer.' }).messages).toEqual([
		{ role: 'system', content: 'You are a lawyer.' },
		{ role: 'user', content: 'Hello' },
	]);
});
