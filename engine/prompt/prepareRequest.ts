import type { ChatMessage, ChatRequest } from '../spec/chat';
import type { PreprocessingOptions, PromptSections } from '../spec/preprocessing';
import { htmlToTextSteps } from './htmlToText';
import { normalizeSteps } from './normalize';
import type { Steps } from './steps';

type Preparation = Pick<PreprocessingOptions, 'normalize' | 'htmlToText'>;

/** The request with its texts prepared: HTML read in what users hand in, everything normalised. */
export function* prepareRequestSteps(
	request: ChatRequest,
	options: Preparation,
): Steps<ChatRequest> {
	if (!options.normalize && !options.htmlToText) return request;
	const messages: ChatMessage[] = [];
	for (const message of request.messages) {
		const { role, content, sections } = message;
		const isMaterial = role === 'user';
		messages.push({
			...message,
			content: yield* prepared(content, options, isMaterial),
			...(sections === undefined ? {} : { sections: yield* preparedSections(sections, options) }),
		});
	}
	return { ...request, messages };
}

/** A text that a user hands in, prepared. */
export function prepareTextSteps(text: string, options: Preparation): Steps<string> {
	return prepared(text, options, true);
}

function* preparedSections(sections: PromptSections, options: Preparation): Steps<PromptSections> {
	const { role, context, format, examples } = sections;
	return {
		...(role === undefined ? {} : { role: yield* prepared(role, options, false) }),
		...(context === undefined ? {} : { context: yield* prepared(context, options, true) }),
		...(format === undefined ? {} : { format: yield* prepared(format, options, false) }),
		...(examples === undefined ? {} : { examples: yield* preparedExamples(examples, options) }),
	};
}

function* preparedExamples(
	examples: NonNullable<PromptSections['examples']>,
	options: Preparation,
): Steps<NonNullable<PromptSections['examples']>> {
	const done = [];
	for (const { input, output } of examples) {
		done.push({
			input: yield* prepared(input, options, false),
			output: yield* prepared(output, options, false),
		});
	}
	return done;
}

function* prepared(
	text: string,
	{ normalize, htmlToText }: Preparation,
	isMaterial: boolean,
): Steps<string> {
	const read = htmlToText && isMaterial ? yield* htmlPartToText(text) : text;
	// A text of nothing but invisible signs is the builder's to see, not ours to empty.
	const normal = normalize ? yield* normalizeSteps(read) : read;
	return normal === '' ? text : normal;
}

/** A tag that HTML knows: `List<String>`, `a <b` and the tags of other languages are no HTML. */
const TAG =
	/<(?:!doctype html|\/?(?:html|head|body|title|meta|style|script|div|span|p|br|hr|a|b|i|u|em|strong|small|font|center|img|table|thead|tbody|tfoot|tr|td|th|ul|ol|li|dl|dt|dd|h[1-6]|blockquote|pre|code|section|article|header|footer|main|nav|aside|figure|figcaption|form|label|input|button|svg|iframe|sup|sub|details|summary)(?=[\s/>])[^<>]*)\/?>/i;

/** Lines before the one with the first tag and after the one with the last are no HTML and stay. */
function* htmlPartToText(text: string): Steps<string> {
	const firstTag = TAG.exec(text)?.index;
	if (firstTag === undefined) return text;
	const start = text.lastIndexOf('\n', firstTag) + 1;
	const lineEnd = text.indexOf('\n', text.lastIndexOf('>'));
	const end = lineEnd === -1 ? text.length : lineEnd;
	const read = yield* htmlToTextSteps(text.slice(start, end));
	return `${text.slice(0, start)}${read}${text.slice(end)}`;
}
