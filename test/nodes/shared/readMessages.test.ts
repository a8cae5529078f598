import { InvalidPlanError } from '../../../engine/index';
import { readMessages } from '../../../nodes/shared/readMessages';

const USER = { role: 'user', content: 'Hello' };

test('takes an array and the text of one', () => {
	const conversation = [
		{ role: 'system', content: 'Be kind.' },
		USER,
		{ role: 'assistant', content: 'Hi' },
		{ role: 'user', content: 'And now?' },
	];
	expect(readMessages(conversation)).toEqual(conversation);
	expect(readMessages(JSON.stringify(conversation))).toEqual(conversation);
});

test.each([
	['hello', 'Messages: must be a JSON array, got "hello"'],
	[undefined, 'Messages: must be a JSON array, got nothing'],
	[{ role: 'user', content: 'x' }, 'Messages: must be a JSON array, got {"role":"user"'],
	[[], 'Messages: is empty, got []'],
	[['hello'], 'Messages: entry 1 must be an object, got "hello"'],
	[
		[USER, { role: 'tool', content: 'x' }],
		'Messages: entry 2: role must be one of system, user, assistant, got "tool"',
	],
	[
		[{ role: 'user', content: [{ type: 'text' }] }],
		'Messages: entry 1: content must be text (files go under Attachments), got [{"type":"text"}]',
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
