import type { TextCounts } from './textCounts';
import { WORD_GROUP_NAMES } from './wordGroups';

export interface Measure {
	readonly name: string;
	readonly of: (counts: TextCounts, distinctTokens: number, tokenCount: number) => number;
}

const COUNTED = [
	'chars',
	'words',
	'numbers',
	'digits',
	'decimals',
	'money',
	'percent',
	'commas',
	'mathSymbols',
	'latexCommands',
	'formulas',
	'brackets',
	'quotes',
	'questionMarks',
	'sentences',
	'lines',
	'options',
	'bullets',
	'underscores',
	'lastSentenceChars',
	'lastSentenceNumbers',
	'stemChars',
	'longWords',
	'colons',
	'fractions',
	'longestNumber',
] as const satisfies ReadonlyArray<keyof TextCounts>;

/** Counts by their logarithm: the second number in a prompt says more than the twentieth. */
export const MEASURES: readonly Measure[] = [
	...COUNTED.map((name) => ({
		name,
		of: (counts: TextCounts) => Math.log1p(counts[name]),
	})),
	...WORD_GROUP_NAMES.map((name, group) => ({
		name,
		of: (counts: TextCounts) => Math.log1p(counts.groups[group] ?? 0),
	})),
	{ name: 'distinctTokens', of: (_, distinctTokens) => Math.log1p(distinctTokens) },
	{ name: 'wordLength', of: ({ letters, words }) => letters / Math.max(1, words) },
	{ name: 'upperShare', of: ({ upperCase, letters }) => upperCase / Math.max(1, letters) },
	{ name: 'variety', of: (_, distinct, tokenCount) => distinct / Math.max(1, tokenCount) },
	{
		name: 'optionLength',
		of: ({ chars, stemChars, options }) => Math.log1p((chars - stemChars) / Math.max(1, options)),
	},
];
