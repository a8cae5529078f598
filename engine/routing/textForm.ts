import type { TextCounts } from './textCounts';
import { WORD_GROUP_NAMES } from './wordGroups';

/**
 * What a prompt looks like. Difficulty means something else in each: a word may make a multiple
 * choice question hard and a sum easy, so every form has weights of its own beside the shared ones.
 */
export const TEXT_FORMS = [
	'choice',
	'code',
	'formula',
	'list',
	'story',
	'numbers',
	'prose',
] as const;
export type TextForm = (typeof TEXT_FORMS)[number];

const NUMBER_WORDS = WORD_GROUP_NAMES.indexOf('numberWords');
const MATH_TERMS = WORD_GROUP_NAMES.indexOf('mathTerms');
const CODE_WORDS = WORD_GROUP_NAMES.indexOf('codeWords');

const LEAST_MATH_TERMS = 1;

export function formOf(counts: TextCounts): TextForm {
	if (counts.options >= 2) return 'choice';
	const codeWords = counts.groups[CODE_WORDS] ?? 0;
	const isIndentedCode = counts.indentedLines >= 1 && counts.brackets >= 4 && codeWords >= 1;
	if (counts.fences > 0 || isIndentedCode) return 'code';
	const isMathematics = (counts.groups[MATH_TERMS] ?? 0) >= LEAST_MATH_TERMS;
	if (counts.formulas > 0 || counts.latexCommands >= 3 || isMathematics) return 'formula';
	if (counts.bullets >= 3) return 'list';
	if (counts.numbers + (counts.groups[NUMBER_WORDS] ?? 0) < 2) return 'prose';
	return counts.sentences >= 2 ? 'story' : 'numbers';
}
