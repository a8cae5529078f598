import type { ReconcileMethod, ReconcileOptions, UsedExtraction } from '../../spec/reconcile';
import type { AnswerText } from '../reading';
import { chooseExtraction, type Chosen } from './auto';
import { extractorFor } from './extractions';
import { possibleExtractions } from './possible';

/** What `auto` means where the method itself wants answers of one kind. */
const WANTED: Readonly<
	Partial<Record<ReconcileMethod, Pick<Chosen, 'reason'> & { readonly used: Chosen['used'] }>>
> = {
	numeric: { used: 'finalNumber', reason: 'Numeric wants numbers' },
	fields: { used: 'json', reason: 'Fields wants JSON documents' },
	list: { used: 'list', reason: 'List wants lists' },
	firstValid: { used: 'wholeText', reason: 'First Valid takes answers as they are' },
	medoid: { used: 'wholeText', reason: 'Most Central compares whole texts' },
	supported: { used: 'wholeText', reason: 'Most Supported compares whole texts' },
};

/** How to read the answers: as set, as the method wants, or as the answers are. */
export function extractionFor(texts: readonly AnswerText[], options: ReconcileOptions): Chosen {
	return fixed(options) ?? chooseExtraction(texts);
}

/** Every way they may be read once `outstanding` further answers are there. */
export function extractionsFor(
	texts: readonly AnswerText[],
	outstanding: number,
	options: ReconcileOptions,
): readonly Chosen[] {
	const set = fixed(options);
	return set === undefined ? possibleExtractions(texts, outstanding) : [set];
}

const WITHOUT_MARKS: readonly UsedExtraction[] = [
	'json',
	'jsonPath',
	'lastLine',
	'regex',
	'wholeText',
];

/** Whether answers are read by the part that is marked in them. */
export function readsMarks({ extract, method }: ReconcileOptions): boolean {
	const used = extract === 'auto' ? WANTED[method]?.used : extract;
	return used === undefined || !WITHOUT_MARKS.includes(used);
}

function fixed(options: ReconcileOptions): Chosen | undefined {
	const { extract, method } = options;
	const wanted = extract === 'auto' ? WANTED[method] : { used: extract, reason: 'Set in the node' };
	return wanted && { ...wanted, extract: extractorFor(wanted.used, options) };
}
