import { WORD_GROUP_NAMES } from './wordGroups';

/** What is counted while a text is read. Mutable: the scanner fills it, nobody else writes. */
export interface TextCounts {
	/** Of the whole text, the part that was not read included. */
	chars: number;
	words: number;
	letters: number;
	upperCase: number;
	/** Words of eight letters and more. */
	longWords: number;
	numbers: number;
	digits: number;
	decimals: number;
	/** Digits of the longest number. */
	longestNumber: number;
	/** Numbers directly followed by a slash and a number. */
	fractions: number;
	money: number;
	percent: number;
	commas: number;
	mathSymbols: number;
	/** Backslashes before a letter. */
	latexCommands: number;
	/** Dollar signs that open a formula: a letter, a backslash or a bracket follows. */
	formulas: number;
	brackets: number;
	quotes: number;
	underscores: number;
	colons: number;
	questionMarks: number;
	sentences: number;
	lines: number;
	indentedLines: number;
	/** Lines such as `A. …`, `(b) …`. */
	options: number;
	/** Lines such as `- …`, `* …`, `1. …`. */
	bullets: number;
	/** Runs of three backticks. */
	fences: number;
	/** Length of the text before the first option. */
	stemChars: number;
	/** Of the last sentence before the first option. */
	lastSentenceChars: number;
	lastSentenceNumbers: number;
	/** One count a word group. */
	readonly groups: number[];
}

export const emptyCounts = (chars: number): TextCounts => ({
	chars,
	words: 0,
	letters: 0,
	upperCase: 0,
	longWords: 0,
	numbers: 0,
	digits: 0,
	decimals: 0,
	longestNumber: 0,
	fractions: 0,
	money: 0,
	percent: 0,
	commas: 0,
	mathSymbols: 0,
	latexCommands: 0,
	formulas: 0,
	brackets: 0,
	quotes: 0,
	underscores: 0,
	colons: 0,
	questionMarks: 0,
	sentences: 0,
	lines: 1,
	indentedLines: 0,
	options: 0,
	bullets: 0,
	fences: 0,
	stemChars: 0,
	lastSentenceChars: 0,
	lastSentenceNumbers: 0,
	groups: WORD_GROUP_NAMES.map(() => 0),
});
