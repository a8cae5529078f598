import type { JsonValue } from '../spec/json';
import { markedAnswer } from './locate/markedAnswer';
import type { AnswerText } from './reading';
import { canonicalJson } from './text/literalKey';
import { unwrap } from './text/unwrap';

/** Prepares one answer: text as it is, an object as its canonical JSON. */
export function answerText(value: JsonValue): AnswerText {
	const text = withoutReasoning(typeof value === 'string' ? value : asText(value));
	const marked = markedAnswer(text);
	return marked === undefined
		? { text }
		: { text, marked: { text: unwrap(marked.text), mark: marked.mark } };
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
