/**
 * Choice letters. "A" and "I" are also words, so a bare letter counts only where nothing but the
 * label can be meant: alone, in brackets, or before `)`, `.`, `:` or a dash.
 */

const ALONE = /^(?:(?:option|choice|answer|letter)\s*:?\s*)?[("'[*]{0,3}([A-Za-z])[)"'\]*.:]{0,3}$/i;
const LABELLED =
	/^(?:(?:option|choice|answer|letter)\s+)?(?:[([*]{1,3}([A-Za-z])[)\]*]{1,3}|([A-Z])(?:[).:]|\s+[-–—:]))(?=[\s*]|$)/;
const SEVERAL =
	/^[([*]{0,3}([A-Z])[)\]*]{0,3}((?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*)[([*]{0,3}[A-Z][)\]*]{0,3}){1,25})\.?$/;

/** The letter that an answer consists of or starts with; several as `A, C`. */
export function readChoice(answer: string): string | undefined {
	if (answer.length === 0 || !MAY_START_A_CHOICE.test(answer)) return undefined;
	const line = answer.slice(0, MAX_LENGTH);
	const single = ALONE.exec(answer.length > MAX_LENGTH ? '' : answer) ?? LABELLED.exec(line);
	if (single !== null) return (single[1] ?? single[2] ?? '').toUpperCase();
	const several = SEVERAL.exec(line);
	if (several === null) return undefined;
	const letters = new Set([several[1], ...(several[2]?.match(/\b[A-Z]\b/g) ?? [])]);
	return [...letters].sort().join(', ');
}

const MAX_LENGTH = 200;
const MAY_START_A_CHOICE = /^[("'[*]{0,3}(?:[A-Za-z](?![A-Za-z])|option|choice|answer|letter)/i;

const BRACKETED = /\(([A-Z])\)|\b(?:option|choice)\s+([A-Z])\b/g;
const BARE = /(?<![A-Za-z0-9'’_\\])([A-Z])(?![A-Za-z0-9'’_])/g;
/** "A cat", "I think": a letter before a word in lower case is a word itself. */
const WORD_FOLLOWS = /^ [a-z]/;

/** The last letter in a text without a marked answer: a bracketed one, else a bare one. */
export function lastChoice(text: string): string | undefined {
	const tail = text.slice(-TAIL_LENGTH);
	let bracketed: string | undefined;
	for (const found of tail.matchAll(BRACKETED)) bracketed = found[1] ?? found[2];
	if (bracketed !== undefined) return bracketed;
	let bare: string | undefined;
	for (const { index, 1: letter } of tail.matchAll(BARE)) {
		const isWord =
			(letter === 'A' || letter === 'I') && WORD_FOLLOWS.test(tail.slice(index + 1, index + 3));
		if (!isWord) bare = letter;
	}
	return bare;
}

/** A choice stands at the end of a text; further back, a letter is more likely something else. */
const TAIL_LENGTH = 600;
