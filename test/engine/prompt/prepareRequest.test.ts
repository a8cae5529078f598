import type { ChatRequest } from '../../../engine/index';
import { prepareRequestSteps, prepareTextSteps } from '../../../engine/prompt/prepareRequest';
import { atOnce } from '../../../engine/prompt/steps';
import { expectQuickSteps } from '../../support/expectQuickSteps';

const prepared = (text: string, options: { normalize?: boolean; htmlToText?: boolean }) =>
	atOnce(prepareTextSteps(text, { normalize: false, htmlToText: false, ...options }));

test('nothing is changed unless it is asked for', () => {
	const request: ChatRequest = {
		messages: [{ role: 'user', content: 'e\u0301  \r\n<p>x</p>' }],
		outputFormat: 'text',
	};
	const steps = prepareRequestSteps(request, { normalize: false, htmlToText: false });
	expect(atOnce(steps)).toBe(request);
});

test.each([
	{ what: 'a page', text: '<p>Tom &amp; Jerry</p><ul><li>one</ul>', read: 'Tom & Jerry\n\n- one' },
	{
		what: 'a page below an instruction, whose lines stay',
		text: 'Summarise:\n\n1. short\n2. plain\n\n<p>a</p>\n<p>b</p>\n\nThank you,\nTom',
		read: 'Summarise:\n\n1. short\n2. plain\n\na\n\nb\n\nThank you,\nTom',
	},
	{ what: 'a tag within a line', text: 'Dear <b>Jo</b> &amp; co', read: 'Dear Jo & co' },
	{ what: 'text without tags', text: 'a < b\n\nc > d', read: 'a < b\n\nc > d' },
	{ what: 'types of a language', text: 'List<String> of\n\n<T>', read: 'List<String> of\n\n<T>' },
	{ what: 'XML', text: '<order>\n\n<id>5</id></order>', read: '<order>\n\n<id>5</id></order>' },
])('reads $what', ({ text, read }) => {
	expect(prepared(text, { htmlToText: true })).toBe(read);
});

test('HTML is read where users hand it in, never in instructions', () => {
	const html = '<p>x</p>';
	const request: ChatRequest = {
		messages: [
			{ role: 'system', content: html },
			{
				role: 'user',
				content: html,
				sections: {
					role: html,
					context: html,
					format: html,
					examples: [{ input: html, output: html }],
				},
			},
			{ role: 'assistant', content: html },
		],
		outputFormat: 'text',
	};
	expect(atOnce(prepareRequestSteps(request, { normalize: false, htmlToText: true }))).toEqual({
		messages: [
			{ role: 'system', content: html },
			{
				role: 'user',
				content: 'x',
				sections: {
					role: html,
					context: 'x',
					format: html,
					examples: [{ input: html, output: html }],
				},
			},
			{ role: 'assistant', content: html },
		],
		outputFormat: 'text',
	});
});

test('every text is normalised, and files and the rest stay', () => {
	const odd = 'e\u0301\u00a0x  ';
	const attachments = [{ kind: 'image', mediaType: 'image/png', data: new Uint8Array(1) }] as const;
	const request: ChatRequest = {
		messages: [
			{ role: 'system', content: odd },
			{ role: 'user', content: odd, attachments, sections: { context: odd } },
		],
		outputFormat: 'json',
		jsonSchema: { type: 'object' },
	};
	const done = atOnce(prepareRequestSteps(request, { normalize: true, htmlToText: false }));
	expect(done).toEqual({
		messages: [
			{ role: 'system', content: 'é x' },
			{ role: 'user', content: 'é x', attachments, sections: { context: 'é x' } },
		],
		outputFormat: 'json',
		jsonSchema: { type: 'object' },
	});
	expect(request.messages[0]?.content).toBe(odd);
});

test('a text of invisible signs alone is not emptied', () => {
	expect(prepared('\u200b', { normalize: true })).toBe('\u200b');
});

test.each([
	{ what: 'prose', part: 'Lorem ipsum dolor sit amet, consetetur.  \n' },
	{ what: 'a page', part: '<p>Lorem ipsum <b>dolor</b> sit &amp; amet</p>\n' },
	{ what: 'tags that are never closed', part: '<a href="' },
	{ what: 'brackets', part: '<' },
])('5 MB of $what never hold up the event loop', ({ part }) => {
	const text = part.repeat(Math.ceil(5_000_000 / part.length));
	expectQuickSteps(() => prepareTextSteps(text, { normalize: true, htmlToText: true }));
});
