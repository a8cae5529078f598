import { plainText } from '../text/plainText';

/**
 * Choice letters. "A" and "I" are also words, so a letter counts only where nothing but the label
 * can be meant: alone, in brackets, or before `)`, `.`, `:`, a dash or "because".
 */
const NOUN = String.raw`(?:(?:[Oo]ption|[Cc]hoice|[Aa]nswer|[Ll]etter)\s{0,3}:?\s{0,3})?`;
const ALONE = new RegExp(
	`^${NOUN}(?:[([*]{0,3}([A-Z])[)\\]*.:]{0,3}|["']([A-Z])["']|\\(?([a-z])\\))$`,
);
const LABELLED = new RegExp(
	`^${NOUN}(?:[([*]{1,3}([A-Z])[)\\]*]{1,3}|\\(([a-z])\\)|([A-Z])(?:[).:]|\\s{1,3}[-–—:]|,?\\s(?:because|since)))(?=[\\s*]|$)`,
);
/** "(A) or (B)" names two options and chooses neither. */
const ANOTHER_FOLLOWS = /^\s{0,3}(?:and|or|,|\/|&)\s{0,3}[([*]{0,3}[A-Z]\b/;
const SEVERAL =
	/^[([*]{0,3}[A-Z][)\]*]{0,3}(?:(?:\s?,\s?(?:and\s)?|\s(?:and|&)\s|\s?&\s?)[([*]{0,3}[A-Z][)\]*]{0,3}){1,25}\.?$/;

/** The letter that an answer consists of or starts with; several as `A, C`. */
export function readChoice(answer: string): string | undefined {
	const line = plainText(answer.slice(0, MAX_LENGTH));
	if (SEVERAL.test(line)) return [...new Set(line.match(/\b[A-Z]\b/g))].sort().join(', ');
	const found = ALONE.exec(line) ?? LABELLED.exec(line);
	if (found === null || ANOTHER_FOLLOWS.test(line.slice(found[0].length))) return undefined;
	return (found[1] ?? found[2] ?? found[3] ?? '').toUpperCase();
}

const MAX_LENGTH = 200;

const BRACKETED = /\(([A-Z])\)|\b(?:[Oo]ption|[Cc]hoice) ([A-Z])\b/g;
const BARE = /(?<![A-Za-z0-9'’_\\])([A-Z])(?![A-Za-z0-9'’_])/g;
/** "A cat", "I think": a letter before a word in lower case is a word itself. */
const WORD_FOLLOWS = /^ [a-z]/;

/** The last letter in a text without a marked answer: a bracketed one, else a bare one. */
export function lastChoice(text: string): string | undefined {
	const tail = plainText(text.slice(-TAIL_LENGTH));
	const bracketed = [...tail.matchAll(BRACKETED)].at(-1);
	if (bracketed !== undefined) return bracketed[1] ?? bracketed[2];
	return [...tail.matchAll(BARE)].findLast(({ index, 0: letter }) => {
		const isWord = WORD_FOLLOWS.test(tail.slice(index + 1, index + 3));
		return !isWord || !'AI'.includes(letter);
	})?.[1];
}

/** A choice stands at the end of a text; further back, a letter is more likely something else. */
const TAIL_LENGTH = 600;
