import { lastChoice, readChoice } from '../read/choice';
import type { Extract } from '../reading';
import { unwrap } from '../text/unwrap';

/** The letter that is marked as the answer, else the last one in the text. */
export const choiceLetter: Extract = ({ text, marked }) => {
	const answer =
		readChoice(marked?.text ?? unwrap(text.trim())) ?? (marked ? undefined : lastChoice(text));
	return answer === undefined ? undefined : { answer, written: answer, key: answer };
};
