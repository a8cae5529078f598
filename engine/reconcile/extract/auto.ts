import type { UsedExtraction } from '../../spec/reconcile';
import { readChoice } from '../read/choice';
import { readNumber } from '../read/number';
import type { AnswerText, Extract } from '../reading';
import { isQuotedString } from '../text/exactKey';
import { choiceLetter } from './choiceLetter';
import { finalAnswer } from './finalAnswer';
import { shortText } from './finalNumber';
import { finalNumberOrText } from './finalNumberOrText';
import { literal } from './literal';
import { wholeText } from './wholeText';

export interface Chosen {
	readonly used: UsedExtraction;
	readonly reason: string;
	readonly extract: Extract;
}

/** Decides from all answers together how to read them, and says why. */
export function chooseExtraction(answers: readonly AnswerText[]): Chosen {
	const written = answers
		.map((answer) => answer.marked?.text ?? shortText(answer))
		.filter((text) => text !== '');
	const nonEmpty = answers.filter(({ text }) => text.trim() !== '').length;
	const marks = answers.filter(({ marked }) => marked !== undefined).length;
	const isMarked = Math.max(written.length, marks) * 2 >= nonEmpty;
	const choices = written.filter((text) => readChoice(text) !== undefined).length;
	const numbers = written.filter((text) => readNumber(text) !== undefined).length;
	const quoted = written.filter(isQuotedString).length;
	const of = `of ${answers.length} answers`;
	const mark = commonMark(answers);

	if (isMarked && choices * 2 > written.length) {
		const reason = `${choices} ${of} are an option letter${mark}`;
		return { used: 'choiceLetter', reason, extract: choiceLetter };
	}
	const codes = answers.filter(isCode).length;
	if (isMarked && codes > 0 && codes * 2 >= written.length) {
		const reason = `${codes} ${of} are digits that no number is written with${mark}, so that every sign counts`;
		return { used: 'literal', reason, extract: literal };
	}
	if (isMarked && numbers * 2 > written.length) {
		const reason = `${numbers} ${of} are a number${mark}`;
		return { used: 'finalNumber', reason, extract: finalNumberOrText };
	}
	if (isMarked && quoted > 0 && quoted * QUOTED_SHARE >= written.length) {
		const reason = `${quoted} ${of} are quoted text${mark}, so that every sign counts`;
		return { used: 'literal', reason, extract: literal };
	}
	if (isMarked && (mark !== '' || numbers > 0)) {
		const reason = `${Math.max(written.length, marks)} ${of} are short or mark their answer${mark}`;
		return { used: 'finalAnswer', reason, extract: finalAnswer };
	}
	const reason = 'Most answers are neither an option letter nor a number and mark no final answer';
	return { used: 'wholeText', reason, extract: wholeText };
}

/** `007` and `'1 '`: digits, but what they say is more than a number. */
function isCode({ text, marked }: AnswerText): boolean {
	const exact = marked?.exact ?? marked?.text ?? text;
	if (exact.length > LONGEST_CODE || !/\d/.test(exact)) return false;
	const inner = isQuotedString(exact.trim()) ? exact.trim().slice(1, -1) : exact;
	const isOdd = /^0\d/.test(inner) || (inner !== inner.trim() && marked?.exact !== undefined);
	return isOdd && readNumber(inner.trim()) !== undefined;
}

const LONGEST_CODE = 40;

/** Models forget quotes more often than they invent them: one in four is enough. */
const QUOTED_SHARE = 4;

/** The mark that most answers use, as an addition to the reason. */
function commonMark(answers: readonly AnswerText[]): string {
	const counts = new Map<string, number>();
	for (const { marked } of answers) {
		if (marked) counts.set(marked.mark, (counts.get(marked.mark) ?? 0) + 1);
	}
	const [most] = [...counts].sort(([, a], [, b]) => b - a);
	return most === undefined ? '' : `, marked by ${most[0]}`;
}
