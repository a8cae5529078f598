import { readNumber, shownNumber, type NumberRead } from '../read/number';
import { lastNumber, onlyNumber } from '../read/numbersInText';
import type { AnswerText, Extract, Reading } from '../reading';
import { unwrap } from '../text/unwrap';

/** The number that is marked as the answer, else the last number of the text. */
export const finalNumber: Extract = (answer) => {
	const written = answer.marked?.text ?? shortText(answer);
	const found = findNumber(written) ?? (answer.marked ? undefined : lastNumber(answer.text));
	return found && numberReading({ ...found, isComputed: false }, written);
};

/** The number that a short text is, or the only one in its sentence. */
export function findNumber(written: string): NumberRead | undefined {
	return readNumber(written) ?? onlyNumber(written);
}

export function numberReading(found: NumberRead, written: string): Reading {
	return {
		answer: shownNumber(found, written),
		written,
		key: found.decimal,
		number: Number(found.decimal),
	};
}

const MAX_SHORT_LENGTH = 120;

/** A text that is short enough to be nothing but the answer; else empty. */
export function shortText({ text }: AnswerText): string {
	const trimmed = text.trim();
	return trimmed.length > MAX_SHORT_LENGTH || trimmed.includes('\n') ? '' : unwrap(trimmed);
}
