import type { JsonValue } from '../spec/json';
import { markedAnswer } from './locate/markedAnswer';
import type { AnswerText } from './reading';
import { canonicalJson } from './text/literalKey';
import { unwrap } from './text/unwrap';

/**
 * Prepares one answer: text as it is, an object as its canonical JSON.
 *
 * @param withMark whether anybody will ask for the part marked as the answer; to find it takes time
 */
export function answerText(value: JsonValue, withMark = true): AnswerText {
	const isData = typeof value === 'object' && value !== null;
	const text = withoutReasoning(typeof value === 'string' ? value : asText(value));
	const marked = withMark ? markedAnswer(text) : undefined;
	return {
		text,
		...(isData ? { data: value } : {}),
		...(marked === undefined ? {} : { marked: { ...marked, text: unwrap(marked.text) } }),
	};
}

function asText(value: JsonValue): string {
	if (value === null) return '';
	return typeof value === 'object' ? canonicalJson(value) : String(value);
}

const THOUGHT_END = '</think>';

/** Reasoning models print their thoughts first; what they considered is not what they answer. */
function withoutReasoning(text: string): string {
	const end = text.lastIndexOf(THOUGHT_END);
	if (end !== -1) return text.slice(end + THOUGHT_END.length);
	return text.startsWith('<think>') ? '' : text;
}
