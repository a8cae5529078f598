import { escapeBody } from './jsonEscapes';
import { guessedStringEnd, plainStringEnd } from './jsonStringEnd';
import { matchAt, skipBlanks } from './jsonText';

/** A document read from a text. */
export interface JsonReading {
	/** The document as JSON text. */
	readonly json: string;
	/** Index just after its last sign. */
	readonly end: number;
	/** The model closed all its brackets. */
	readonly closed: boolean;
	/** Some of its values had no quotes and were taken for text. */
	readonly guessed: boolean;
}

/**
 * Why nothing was read. `unlike`: no JSON at all, such as a brace in prose. `broken`: it began as a
 * document, so what follows is still inside it. `long`: the same, and too long to be read with care.
 */
export interface JsonMiss {
	readonly miss: 'unlike' | 'broken' | 'long';
	/** Index up to which the text was read. */
	readonly readTo: number;
}

export interface JsonReadOptions {
	/** Every quote that is not escaped ends its string, and every separator is in its place. */
	readonly trustsSigns: boolean;
	/** The text holds LaTeX whose backslashes stand raw. */
	readonly rawLatex: boolean;
	/** It stands in a code fence. */
	readonly fenced: boolean;
}

/** Deeper documents are refused: whatever walks them later would run out of stack. */
export const MAX_JSON_DEPTH = 100;
/** A longer document has to be valid as it is: reading it with care would hold up the event loop. */
const MAX_READ_CHARS = 200_000;
/** Times that a string may be searched for its end through the whole rest of the text. */
const MAX_LONG_SEARCHES = 4;

const CLOSERS: Readonly<Record<string, '}' | ']'>> = { '{': '}', '[': ']' };
const CLOSING_QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”' };
const LITERALS: Readonly<Record<string, string>> = {
	True: 'true',
	False: 'false',
	None: 'null',
	NaN: 'null',
	undefined: 'null',
};
const SCALAR = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
const BARE = /[^\s,:{}[\]"'`]+/y;
const COLON = /\s*:/y;
const COMMENT = /\/\/[^\n]*|\/\*[^]*?\*\//y;
const STARTS_OBJECT = /\{\s*(?:["'“}]|\/[/*]|[\w$-]{1,60}\s*:)/y;
const STARTS_ARRAY = /\[\s*(?:["'“{[\]\d-]|\/[/*]|true|false|null|True|False|None)/y;

/**
 * Reads the object or array that starts at `start` and forgives what models get wrong: raw line
 * breaks, LaTeX and quotes in strings, single quotes, comments, commas too many or too few, Python's
 * words, brackets that were never closed. One pass; a string that never ends is no document.
 */
export function readJson(
	text: string,
	start: number,
	{ trustsSigns, rawLatex, fenced }: JsonReadOptions,
): JsonReading | JsonMiss {
	const like = text[start] === '{' ? STARTS_OBJECT : STARTS_ARRAY;
	if (matchAt(like, text, start) === '') return { miss: 'unlike', readTo: start + 1 };

	const pieces: string[] = [];
	const open: ('}' | ']')[] = [];
	let copiedTo = start;
	let index = start;
	let wants = 'value' as 'key' | 'colon' | 'value';
	let afterValue = false;
	let commaAt: number | undefined;
	let guessed = false;
	let longSearches = 0;
	let readTo = start;

	while (!isTooLong()) {
		index = skipBlanks(text, index);
		const sign = text[index];
		if (sign === undefined || text.startsWith('```', index)) return finish(false);
		if (sign === '/' && skipComment()) continue;
		if (sign === ',') readComma();
		else if (sign === '}' || sign === ']') {
			if (!readCloser(sign)) return broken();
			if (open.length === 0) return finish(true);
		} else if (!readToken(sign)) return broken();
	}
	return broken();

	function readToken(sign: string): boolean {
		if (wants === 'colon') return readColon(sign);
		if (afterValue && commaAt === undefined) {
			if (trustsSigns) return false;
			edit(index, index, ',');
		}
		commaAt = undefined;
		afterValue = false;
		const closer = CLOSERS[sign];
		if (closer !== undefined) return readOpener(closer);
		const quote = CLOSING_QUOTES[sign];
		return quote === undefined ? readBare() : readString(quote);
	}

	function readOpener(closer: '}' | ']'): boolean {
		if (wants === 'key' || open.length === MAX_JSON_DEPTH) return false;
		open.push(closer);
		wants = closer === '}' ? 'key' : 'value';
		index++;
		return true;
	}

	function readColon(sign: string): boolean {
		wants = 'value';
		index++;
		return sign === ':';
	}

	function readComma(): void {
		if (!afterValue || commaAt !== undefined) edit(index, index + 1, '');
		else commaAt = index;
		index++;
	}

	function readCloser(sign: '}' | ']'): boolean {
		if (wants === 'colon') return false;
		dropComma();
		if (wants === 'value' && open.at(-1) === '}') edit(index, index, 'null');
		if (open.includes(sign)) {
			while (open.at(-1) !== sign) edit(index, index, open.pop() ?? '');
			open.pop();
			endValue();
		} else edit(index, index + 1, '');
		index++;
		return true;
	}

	function readString(quote: string): boolean {
		const from = index;
		const role = wants === 'key' ? 'key' : open.at(-1) === '}' ? 'member' : 'element';
		const found = trustsSigns
			? plainStringEnd(text, from + 1, quote)
			: guessedStringEnd(text, from + 1, quote, role);
		const { end } = found;
		readTo = Math.max(readTo, found.readTo);
		if (found.readTo > end) longSearches++;
		if (end === -1 || longSearches > MAX_LONG_SEARCHES) return false;
		index = end + 1;
		if (isTooLong()) return false;
		const body = text.slice(from + 1, end);
		const escaped = escapeBody(body, rawLatex);
		if (text[from] !== '"' || escaped !== body) edit(from, end + 1, `"${escaped}"`);
		if (role === 'key') wants = 'colon';
		else endValue();
		return true;
	}

	function readBare(): boolean {
		const word = matchAt(BARE_WORD, text, index);
		const wordEnd = index + word.length;
		if (wants === 'key') {
			if (word === '' || matchAt(COLON, text, wordEnd) === '') return false;
			edit(index, wordEnd, JSON.stringify(word));
			index = wordEnd;
			wants = 'colon';
			return true;
		}
		const json = matchAt(VALUE_END, text, wordEnd) === '' ? undefined : bareJson(word);
		if (json !== undefined) {
			if (json !== word) edit(index, wordEnd, json);
			index = wordEnd;
		} else if (trustsSigns || !readUnquoted()) return false;
		endValue();
		return true;
	}

	/** A text without quotes: up to the end of its line, member or element. */
	function readUnquoted(): boolean {
		const run = matchAt(UNQUOTED, text, index);
		if (run.trim() === '' || run.includes('...') || run.includes('…')) return false;
		const next = text[index + run.length];
		if (next !== undefined && !',}]\n'.includes(next)) return false;
		edit(index, index + run.length, JSON.stringify(run.trim()));
		index += run.length;
		guessed = true;
		return true;
	}

	function endValue(): void {
		afterValue = true;
		wants = open.at(-1) === '}' ? 'key' : 'value';
	}

	function skipComment(): boolean {
		const comment = matchAt(COMMENT, text, index);
		if (comment === '') return false;
		edit(index, index + comment.length, ' ');
		index += comment.length;
		return true;
	}

	/** The comma before a closing bracket; a comment after it has been cut out already. */
	function dropComma(): void {
		if (commaAt === undefined) return;
		const trailing = text.slice(copiedTo, index);
		if (commaAt >= copiedTo) edit(commaAt, commaAt + 1, '');
		else pieces.push(trailing);
		commaAt = undefined;
	}

	function edit(from: number, to: number, replacement: string): void {
		pieces.push(text.slice(copiedTo, from), replacement);
		copiedTo = to;
	}

	function finish(closed: boolean): JsonReading | JsonMiss {
		if (!closed && isCutShort()) return broken();
		dropComma();
		const json = [...pieces, text.slice(copiedTo, index), ...open.toReversed()].join('');
		return { json, end: index, closed, guessed };
	}

	function isTooLong(): boolean {
		return index - start > MAX_READ_CHARS;
	}

	/** More was coming: after a name, a colon or a comma, or in a fence that is not closed either. */
	function isCutShort(): boolean {
		if (wants === 'colon' || (wants === 'value' && open.at(-1) === '}')) return true;
		return index >= text.length && (fenced || commaAt !== undefined);
	}

	function broken(): JsonMiss {
		return { miss: isTooLong() ? 'long' : 'broken', readTo: Math.max(index, readTo) };
	}
}
