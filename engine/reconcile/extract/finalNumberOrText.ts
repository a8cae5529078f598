import { concludingNumber } from '../read/numbersInText';
import type { Extract } from '../reading';
import { readWritten } from './finalAnswer';
import { findNumber, numberReading, shortText } from './finalNumber';

/**
 * What `auto` uses where most answers are marked and are numbers. One that is marked and no number
 * ("no solution") is a vote too, and must not be cut down to some number in it. A long text without
 * a mark counts only by what its last whole sentence comes to: it may have been cut off.
 */
export const finalNumberOrText: Extract = (answer, normalization) => {
	const written = answer.marked?.text ?? shortText(answer);
	const number = written === '' ? concludingNumber(answer.text) : findNumber(written);
	return number === undefined
		? readWritten(written, normalization)
		: numberReading(number, written);
};
