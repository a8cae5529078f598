import { matchAt, skipBlanks } from './jsonText';

/** What a string is in its document: the name of a member, its value, or an element of a list. */
export type StringRole = 'key' | 'member' | 'element';

/**
 * Where the string ends whose body starts at `start`: the index of its closing quote, or -1.
 *
 * Models forget to escape quotes inside strings, so a quote closes the string only where JSON can
 * go on after it. Inside a quotation (an odd number of inner quotes so far) the proof has to be
 * stronger: `"he said "yes", then left"` goes on after a comma, too.
 */
export function stringEnd(
	text: string,
	start: number,
	quote: string,
	role: StringRole,
	believesAll = false,
): number {
	let innerQuotes = 0;
	for (let index = start; index < text.length; index++) {
		const sign = text[index];
		if (sign === '\\') index++;
		else if (sign === quote) {
			const isOpen = innerQuotes % 2 === 1 && !believesAll;
			if (goesOn(text, index + 1, role, isOpen)) return index;
			innerQuotes++;
		}
	}
	return -1;
}

const KEY = /["'“][^"'“”\n\\]{0,100}["'”]\s{0,50}:/y;
const BARE_KEY = /[\w$-]{1,60}\s{0,50}:/y;
const VALUE = /["'“{[\d-]|true|false|null|True|False|None/y;
const COMMENT = /\/[/*]|#\s/y;

function goesOn(text: string, start: number, role: StringRole, isOpen: boolean): boolean {
	const at = skipBlanks(text, start);
	const next = text[at];
	if (role === 'key') return next === ':';
	if (next === undefined || text.startsWith('```', at)) return true;
	if (next === '}' || next === ']') {
		if (role === 'element' ? next !== ']' : next !== '}') return false;
		return !isOpen || closerHolds(text, at + 1);
	}
	if (next === ',') return commaHolds(text, at + 1, role, isOpen);
	const newLine = text.slice(start, at).includes('\n');
	if (newLine && role === 'member' && matchAt(KEY, text, at) !== '') return true;
	return !isOpen && newLine && matchAt(COMMENT, text, at) !== '';
}

function commaHolds(text: string, start: number, role: StringRole, isOpen: boolean): boolean {
	const at = skipBlanks(text, start);
	const next = text[at];
	if (next === undefined || next === '}' || next === ']') return !isOpen;
	if (role === 'element') return matchAt(VALUE, text, at) !== '' || (!isOpen && next === '/');
	if (matchAt(KEY, text, at) !== '') return true;
	return !isOpen && (matchAt(BARE_KEY, text, at) !== '' || matchAt(COMMENT, text, at) !== '');
}

/** After a bracket that really closes, the line ends or more JSON follows. */
function closerHolds(text: string, start: number): boolean {
	const at = skipBlanks(text, start);
	const next = text[at];
	if (next === undefined || next === ',' || next === '}' || next === ']') return true;
	return text.startsWith('```', at) || text.slice(start, at).includes('\n');
}
