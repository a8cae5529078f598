import { InvalidPlanError } from '../../../engine/index';
import { readHistory, readMessages } from '../../../nodes/shared/readMessages';

const USER = { role: 'user', content: 'Hello' };

test('takes an array and the text of one', () => {
	const conversation = [
		{ role: 'system', content: 'Be kind.' },
		USER,
		{ role: 'assistant', content: 'Hi' },
		{ role: 'user', content: 'And now?' },
	];
	expect(readMessages(conversation).messages).toEqual(conversation);
	expect(readMessages(JSON.stringify(conversation)).messages).toEqual(conversation);
});

const CHAT = [
	{ role: 'system', content: 'Be kind.' },
	{ role: 'user', content: 'Hello' },
	{ role: 'assistant', content: 'Hi' },
	{ role: 'user', content: 'And now?' },
];
const langChain = (kind: string, content: unknown) => ({
	lc: 1,
	type: 'constructor',
	id: ['langchain_core', 'messages', kind],
	kwargs: { content, additional_kwargs: {}, response_metadata: {} },
});
const stored = (type: string, content: string) => ({
	type,
	data: { content, additional_kwargs: {}, response_metadata: {}, name: undefined },
});

interface Form {
	readonly form: string;
	readonly raw: unknown;
}
const FORMS: readonly Form[] = [
	{
		form: 'pairs of Chat Memory Manager, simplified',
		raw: [{ system: 'Be kind.', human: 'Hello', ai: 'Hi' }, { human: 'And now?' }],
	},
	{
		form: 'the item that Chat Memory Manager gives',
		raw: { messages: [{ system: 'Be kind.', human: 'Hello', ai: 'Hi' }, { human: 'And now?' }] },
	},
	{
		form: 'the whole messages of Chat Memory Manager',
		raw: [
			langChain('SystemMessage', 'Be kind.'),
			langChain('HumanMessage', 'Hello'),
			langChain('AIMessageChunk', [{ type: 'text', text: 'Hi' }]),
			langChain('HumanMessage', 'And now?'),
		],
	},
	{
		form: 'messages as memories store them',
		raw: [
			stored('system', 'Be kind.'),
			stored('human', 'Hello'),
			stored('ai', 'Hi'),
			stored('human', 'And now?'),
		],
	},
	{
		form: 'messages as Chat Memory Manager takes them',
		raw: [
			{ type: 'system', message: 'Be kind.', hideFromUI: true },
			{ type: 'user', message: 'Hello', hideFromUI: false },
			{ type: 'ai', message: 'Hi', hideFromUI: false },
			{ type: 'user', message: 'And now?', hideFromUI: false },
		],
	},
	{
		form: 'messages of Gemini',
		raw: [
			{ role: 'system', parts: [{ text: 'Be kind.' }] },
			{ role: 'user', parts: [{ text: 'Hello' }] },
			{ role: 'model', parts: [{ text: 'Hi' }] },
			{ role: 'user', parts: [{ text: 'And now?' }] },
		],
	},
	{
		form: 'replies of OpenAI among them',
		raw: [
			{ role: 'developer', content: 'Be kind.' },
			{ role: 'user', content: [{ type: 'input_text', text: 'Hello' }] },
			{ role: 'assistant', content: 'Hi', refusal: null, annotations: [], tool_calls: undefined },
			{ type: 'message', role: 'Human', content: 'And now?' },
		],
	},
	{
		form: 'an item of a Chat Trigger with the messages of a memory',
		raw: {
			sessionId: 'abc',
			action: 'sendMessage',
			chatInput: 'And now?',
			messages: CHAT.slice(0, 3),
		},
	},
];

test.each(FORMS)('takes $form', ({ raw }) => {
	expect(readMessages(raw)).toEqual({ messages: CHAT, warnings: [] });
	expect(readMessages(JSON.stringify(raw)).messages).toEqual(CHAT);
});

test('takes the item of a Chat Trigger', () => {
	const item = { sessionId: 'abc', action: 'sendMessage', chatInput: 'Hello' };
	expect(readMessages(item).messages).toEqual([USER]);
});

test('joins parts of text, and neighbours of one role', () => {
	const parts = [{ type: 'text', text: 'one' }, 'two', { type: 'thinking', thinking: 'hm' }];
	const raw = [
		{ role: 'system', content: 'a' },
		{ role: 'system', content: 'b' },
		{ role: 'user', content: parts },
		{ role: 'user', content: 'three' },
	];
	expect(readMessages(raw).messages).toEqual([
		{ role: 'system', content: 'a\n\nb' },
		{ role: 'user', content: 'one\ntwo\n\nthree' },
	]);
});

test('leaves out turns that say nothing, but not a rule or the question', () => {
	const raw = [
		USER,
		{ role: 'assistant', content: '' },
		{ role: 'assistant', content: null },
		{ role: 'user', content: ' ' },
		{ role: 'assistant', content: 'Hi' },
		{ role: 'user', content: 'Bye' },
	];
	expect(readMessages(raw).messages.map(({ content }) => content)).toEqual(['Hello', 'Hi', 'Bye']);
	expect(() => readMessages([{ role: 'system', content: '' }, USER])).toThrow(
		'Messages: entry 1: content is empty, got ""',
	);
});

test('leaves out tools and says so', () => {
	const call = { type: 'tool_use', id: 'a', name: 'search', input: {} };
	const raw = [
		USER,
		{ role: 'assistant', content: [{ type: 'text', text: 'Wait.' }, call] },
		{ role: 'tool', tool_call_id: 'a', content: { rows: 3 } },
		{ type: 'function_call_output', call_id: 'b', output: 'x' },
		{ role: 'assistant', content: 'Done.' },
		{ role: 'user', content: 'Thanks' },
	];
	const { messages, warnings } = readMessages(raw);
	expect(messages.map(({ content }) => content)).toEqual(['Hello', 'Wait.\n\nDone.', 'Thanks']);
	expect(warnings).toEqual([
		'Messages: calls of tools and their results were left out; a request of this node holds text only.',
	]);
});

describe('History', () => {
	test.each([
		{ raw: undefined },
		{ raw: null },
		{ raw: '' },
		{ raw: ' ' },
		{ raw: [] },
		{ raw: '[]' },
	])('$raw is none', ({ raw }) => {
		expect(readHistory(raw)).toEqual({ messages: [], warnings: [] });
	});

	test('may end with an answer, and may hold an empty turn of the user', () => {
		expect(readHistory([{ human: '', ai: 'Hi' }]).messages).toEqual([
			{ role: 'assistant', content: 'Hi' },
		]);
		expect(readHistory({ messages: [], messagesCount: 0 }).messages).toEqual([]);
	});

	test.each([
		{ raw: 'hello', message: 'History: must be a JSON array, got "hello"' },
		{ raw: 7, message: 'History: must be a JSON array, got 7' },
		{ raw: [{ human: 7 }], message: 'History: entry 1: content must be text' },
		{ raw: [USER, { system: 'x' }], message: 'History: has a system message at entry 2' },
	])('$raw is refused', ({ raw, message }) => {
		expect(() => readHistory(raw)).toThrow(InvalidPlanError);
		expect(() => readHistory(raw)).toThrow(message);
	});
});

test.each([
	['hello', 'Messages: must be a JSON array, got "hello"'],
	[undefined, 'Messages: must be a JSON array, got nothing'],
	[{ role: 'user', content: 'x' }, 'Messages: must be a JSON array, got {"role":"user"'],
	[[], 'Messages: is empty, got []'],
	[['hello'], 'Messages: entry 1 must be an object, got "hello"'],
	[
		[USER, { role: 'narrator', content: 'x' }],
		'Messages: entry 2: role must be one of system, user, assistant, got "narrator"',
	],
	[
		[{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://a/b.png' } }] }],
		'Messages: entry 1: a part that is no text (image_url) cannot be sent from here; keep files as binary data of the item and name them under Attachments',
	],
	[
		[{ role: 'user', parts: [{ inlineData: { data: 'x' } }] }],
		'Messages: entry 1: a part that is no text (inlineData) cannot be sent from here',
	],
	[
		[{ role: 'user', content: { type: 'text' } }],
		'Messages: entry 1: content must be text (files go under Attachments), got {"type":"text"}',
	],
	[[{ role: 'user', content: ' ' }], 'Messages: entry 1: content is empty, got " "'],
	[[{ ...USER, name: 'Ann' }], 'Messages: entry 1: the key "name" is not known'],
	[
		[{ role: 'assistant', content: 'x' }],
		'Messages: needs at least one message with the role user, got none',
	],
	[
		[USER, { role: 'system', content: 'x' }],
		'Messages: has a system message at entry 2, after another role',
	],
])('refuses %j', (raw, message) => {
	expect(() => readMessages(raw)).toThrow(InvalidPlanError);
	expect(() => readMessages(raw)).toThrow(message);
});
