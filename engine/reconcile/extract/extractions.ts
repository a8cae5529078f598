import type { UsedExtraction } from '../../spec/reconcile';
import type { Extract } from '../reading';
import { choiceLetter } from './choiceLetter';
import { finalAnswer } from './finalAnswer';
import { finalNumber } from './finalNumber';
import { wholeText } from './wholeText';

/** Every way to read an answer, by the name shown in `extraction.used`. */
export const EXTRACTORS: Readonly<Record<UsedExtraction, Extract>> = {
	choiceLetter,
	finalAnswer,
	finalNumber,
	wholeText,
};
