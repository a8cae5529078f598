import { matchAt, skipBlanks } from './jsonText';

/** What a string is in its document: the name of a member, its value, or an element of a list. */
export type StringRole = 'key' | 'member' | 'element';

export interface StringEnd {
	/** Index of the closing quote, or -1. */
	readonly end: number;
	/** Index up to which the text was read to find that out. */
	readonly readTo: number;
}

/**
 * The end of a string that may hold quotes which the model forgot to escape. A quote closes it only
 * where JSON can go on after it. Once a quote has turned out to be part of the text, the next one
 * needs stronger proof; and one inside braces (`"{"a": "b", "c": 1}"`) closes it only if no other
 * does.
 */
export function guessedStringEnd(
	text: string,
	start: number,
	quote: string,
	role: StringRole,
): StringEnd {
	let isFirst = true;
	let braces = 0;
	let insideBraces = -1;
	for (let index = start; index < text.length; index++) {
		const sign = text[index];
		if (sign === '\\') index++;
		else if (sign === '{') braces++;
		else if (sign === '}') {
			if (braces > 0) braces--;
		} else if (sign === quote) {
			if (goesOn(text, index + 1, role, isFirst)) {
				if (braces === 0 || role === 'key') return { end: index, readTo: index };
				if (insideBraces === -1) insideBraces = index;
			}
			isFirst = false;
		}
	}
	return { end: insideBraces, readTo: text.length };
}

const KEY = /["'“](?:[^"'“”\n\\]|\\.){0,100}["'”]\s{0,50}:/y;
const BARE_KEY = /[\w$-]{1,60}\s{0,50}:/y;
const VALUE = /["'“{[\d-]|true|false|null|True|False|None/y;
const COMMENT = /\/[/*]|#\s/y;

/** Whether JSON can go on at `start`. */
function goesOn(text: string, start: number, role: StringRole, isFirst: boolean): boolean {
	const at = skipBlanks(text, start);
	const next = text[at];
	if (role === 'key') return next === ':';
	if (next === undefined) return isFirst;
	if (next === ',') return commaHolds(text, at + 1, role, isFirst);
	if (next === (role === 'element' ? ']' : '}')) return isFirst || closerHolds(text, at + 1);
	if (next === '`') return text.startsWith('```', at);
	if (at === start) return false;
	const isNewLine = text.slice(start, at).includes('\n');
	const isNextMember = role === 'member' && matchAt(KEY, text, at) !== '';
	return (isNextMember || matchAt(COMMENT, text, at) !== '') && (isFirst || isNewLine);
}

function commaHolds(text: string, start: number, role: StringRole, isFirst: boolean): boolean {
	const at = skipBlanks(text, start);
	const next = text[at];
	if (next === undefined || next === '}' || next === ']') return isFirst;
	const follows = role === 'element' ? VALUE : KEY;
	if (matchAt(follows, text, at) !== '') return true;
	const isBareKey = role === 'member' && matchAt(BARE_KEY, text, at) !== '';
	return isFirst && (isBareKey || matchAt(COMMENT, text, at) !== '');
}

/** After a bracket that really closes, the line ends or more JSON follows. */
function closerHolds(text: string, start: number): boolean {
	const at = skipBlanks(text, start);
	const next = text[at];
	if (next === undefined || next === ',' || next === '}' || next === ']') return true;
	return text.startsWith('```', at) || text.slice(start, at).includes('\n');
}
