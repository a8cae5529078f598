import { matchAt } from './jsonText';

/** A value without quotes: its JSON, and how much of the text it took. */
export interface BareValue {
	readonly json: string;
	readonly length: number;
	/** It is no word or number that JSON, Python or JavaScript knows, and was taken for text. */
	readonly guessed: boolean;
}

const LITERALS: Readonly<Record<string, string>> = {
	True: 'true',
	False: 'false',
	None: 'null',
	NaN: 'null',
	undefined: 'null',
};
const SCALAR = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
/** Numbers as people and other languages write them: `+5`, `.5`, `5.`. */
const NUMBER = /^[+-]?(?:(?:0|[1-9]\d*)\.?\d*|\.\d+)$/;
const WORD = /[^\s,:{}[\]"'`]+/y;
const COLON = /\s*:/y;
const WORD_END = /\s*(?:[,}\]]|\/[/*]|```|$)|[ \t\r]*\n|\s+["'][^"'\n]{1,60}["']\s*:/y;
const UNQUOTED = /[^,{}[\]()"'`\\\n“”]{1,300}/y;
const COMMENT_AFTER = /\s\/[/*][^]*$/;

/** The name at `index` that has no quotes, if a colon follows it. */
export function bareKey(text: string, index: number): string | undefined {
	const word = matchAt(WORD, text, index);
	return word !== '' && matchAt(COLON, text, index + word.length) !== '' ? word : undefined;
}

/**
 * The value at `index` that has no quotes: a number, a word, or a text up to the end of its line or
 * member. `undefined` where it holds brackets, or dots that stand for what was left out.
 */
export function bareValue(text: string, index: number): BareValue | undefined {
	const word = matchAt(WORD, text, index);
	if (matchAt(WORD_END, text, index + word.length) !== '' || index + word.length === text.length) {
		const json = wordAsJson(word);
		if (json !== undefined) return { json, length: word.length, guessed: false };
	}
	const run = matchAt(UNQUOTED, text, index).replace(COMMENT_AFTER, '');
	if (run.trim() === '' || run.includes('...') || run.includes('…')) return undefined;
	if (matchAt(WORD_END, text, index + run.length) === '') return undefined;
	return { json: JSON.stringify(run.trim()), length: run.length, guessed: true };
}

function wordAsJson(word: string): string | undefined {
	if (SCALAR.test(word)) return word;
	if (NUMBER.test(word)) return JSON.stringify(Number(word));
	return Object.hasOwn(LITERALS, word) ? LITERALS[word] : undefined;
}
