import type { ReconcileOptions, UsedExtraction } from '../../spec/reconcile';
import { parseJsonPath } from '../locate/jsonPath';
import type { Extract } from '../reading';
import { choiceLetter } from './choiceLetter';
import { finalAnswer } from './finalAnswer';
import { finalNumber } from './finalNumber';
import { json, jsonAt } from './jsonValue';
import { lastLine } from './lastLine';
import { list } from './list';
import { literal } from './literal';
import { matched } from './matched';
import { wholeText } from './wholeText';

/** Every way to read an answer that needs no further setting, by the name in `extraction.used`. */
const EXTRACTORS: Readonly<Record<Exclude<UsedExtraction, 'jsonPath' | 'regex'>, Extract>> = {
	choiceLetter,
	finalAnswer,
	finalNumber,
	json,
	lastLine,
	list,
	literal,
	wholeText,
};

/** @throws {InvalidPlanError} for a path or a pattern that cannot be used */
export function extractorFor(
	used: UsedExtraction,
	{ jsonPath, regex }: Pick<ReconcileOptions, 'jsonPath' | 'regex'>,
): Extract {
	if (used === 'jsonPath') return jsonAt(parseJsonPath(jsonPath));
	return used === 'regex' ? matched(regex) : EXTRACTORS[used];
}
