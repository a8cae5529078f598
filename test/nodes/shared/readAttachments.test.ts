import { InvalidPlanError } from '../../../engine/index';
import { readAttachments } from '../../../nodes/shared/readAttachments';

const BINARY = {
	photo: { mimeType: 'image/png', fileName: 'cat.png', data: '' },
	paper: { mimeType: 'application/pdf', data: '' },
	voice: { mimeType: 'audio/mpeg', data: '' },
	table: { mimeType: 'text/csv', data: '' },
};

test('names pictures, PDF files and audio by their properties', () => {
	expect(readAttachments(' photo, paper,voice ', BINARY)).toEqual([
		{ property: 'photo', kind: 'image', mediaType: 'image/png', fileName: 'cat.png' },
		{ property: 'paper', kind: 'pdf', mediaType: 'application/pdf' },
		{ property: 'voice', kind: 'audio', mediaType: 'audio/mpeg' },
	]);
	expect(readAttachments('', BINARY)).toEqual([]);
});

test.each([
	[
		'data',
		'Attachments: the item has no binary property "data"; it has photo, paper, voice, table',
	],
	['constructor', 'Attachments: the item has no binary property "constructor"'],
	['table', 'Attachments: "table" is of the type "text/csv", which no model takes'],
	[7, 'Attachments must be names of binary properties, got 7'],
])('refuses %j', (raw, message) => {
	expect(() => readAttachments(raw, BINARY)).toThrow(InvalidPlanError);
	expect(() => readAttachments(raw, BINARY)).toThrow(message);
});

test('says so when the item has no files at all', () => {
	expect(() => readAttachments('data', undefined)).toThrow('it has none');
});
