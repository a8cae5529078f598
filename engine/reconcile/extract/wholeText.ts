import type { Extract } from '../reading';
import { textKey } from '../text/textKey';

/** The whole text, compared after normalisation. */
export const wholeText: Extract = ({ text }, normalization) => {
	const answer = text.trim();
	return answer === ''
		? undefined
		: { answer, written: answer, key: textKey(answer, normalization) };
};
