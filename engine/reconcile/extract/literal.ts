import type { AnswerText, Extract } from '../reading';
import { exactKey } from '../text/exactKey';
import { shortText } from './finalNumber';

/**
 * The answer as a program prints it. Every sign counts, spaces and capital letters too; only quotes
 * around the whole may be there or not. A marked answer that is empty is the empty text.
 */
export const literal: Extract = (answer) => {
	const written = writtenIn(answer);
	return written === undefined ? undefined : { answer: written, written, key: exactKey(written) };
};

function writtenIn(answer: AnswerText): string | undefined {
	if (answer.marked?.exact !== undefined) return answer.marked.exact;
	return (answer.marked?.text ?? shortText(answer)) || undefined;
}
