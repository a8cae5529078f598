import { readNumber } from '../read/number';
import type { Extract, Reading } from '../reading';
import { textKey } from '../text/textKey';
import type { Normalization } from '../../spec/reconcile';
import { numberReading, shortText } from './finalNumber';

/** The part marked as the answer, or a text short enough to be nothing else. */
export const finalAnswer: Extract = (answer, normalization) =>
	readWritten(answer.marked?.text ?? shortText(answer), normalization);

/** Equal numbers and formulas are one answer in whatever form; other text is compared as text. */
export function readWritten(written: string, normalization: Normalization): Reading | undefined {
	if (written === '') return undefined;
	const number = readNumber(written);
	return number === undefined
		? { answer: written, written, key: textKey(written, normalization) }
		: numberReading(number, written);
}
