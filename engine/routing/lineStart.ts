import { DIGIT, LETTER, SPACE, kindOf } from './characters';
import type { TextCounts } from './textCounts';

/** `.` or `)`, as it follows the letter of an option or the number of a list. */
const closesLabel = (unit: number): boolean => unit === 46 || unit === 41;

/**
 * Counts what a line begins with: indentation, a bullet, a list number or the letter of an answer
 * option. True for the first option of the text.
 */
export function enterLine(text: string, lineStart: number, counts: TextCounts): boolean {
	let at = lineStart;
	while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++;
	if (at - lineStart >= 2 || text.charCodeAt(lineStart) === 9) {
		if (kindOf(text.charCodeAt(at)) !== SPACE) counts.indentedLines++;
	}
	const isOpened = text.charCodeAt(at) === 40;
	const label = text.charCodeAt(isOpened ? at + 1 : at);
	const next = text.charCodeAt(isOpened ? at + 2 : at + 1);
	if ((label === 42 || label === 45 || label === 0x2022) && next === 32) {
		counts.bullets++;
		return false;
	}
	if (!closesLabel(next)) return false;
	if (kindOf(label) === DIGIT) {
		counts.bullets++;
		return false;
	}
	const letter = label | 0x20;
	const afterLabel = text.charCodeAt(isOpened ? at + 3 : at + 2);
	const isOption =
		kindOf(label) === LETTER &&
		letter >= 0x61 &&
		letter <= 0x6a &&
		(Number.isNaN(afterLabel) || kindOf(afterLabel) === SPACE);
	if (!isOption) return false;
	counts.options++;
	return counts.options === 1;
}
