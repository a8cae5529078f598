import { escapeBody } from './jsonEscapes';
import { guessedStringEnd, type StringRole } from './jsonStringEnd';
import { matchAt, plainStringEnd, skipBlanks } from './jsonText';
import { bareKey, bareValue } from './jsonWords';

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
 * Why a document could not be read: it is `broken`, or there is more of it than is read. What follows
 * is still inside it.
 */
export interface JsonMiss {
	readonly miss: 'broken' | 'long' | 'deep';
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
	/** Characters; a longer document is not read, since that would hold up the event loop. */
	readonly maxChars: number;
}

/** Deeper documents are refused: whatever walks them later would run out of stack. */
export const MAX_JSON_DEPTH = 100;
/** Times that a string may be searched for its end through the whole rest of the text. */
const MAX_LONG_SEARCHES = 4;

const CLOSERS: Readonly<Record<string, '}' | ']'>> = { '{': '}', '[': ']' };
const CLOSING_QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”' };
const COMMENT = /\/\/[^\n]*|\/\*[^]*?\*\//y;
const STARTS_OBJECT = /\{\s*(?:["'“}]|\/[/*]|[\w$-]{1,60}\s*:)/y;
const STARTS_ARRAY = /\[\s*(?:["'“{[\]\d-]|\/[/*]|true|false|null|True|False|None)/y;

/** Whether the bracket at `start` opens a document and not an aside or a piece of LaTeX. */
export function startsJson(text: string, start: number): boolean {
	return matchAt(text[start] === '{' ? STARTS_OBJECT : STARTS_ARRAY, text, start) !== '';
}

/**
 * Reads the object or array that starts at `start` and forgives what models get wrong: raw line
 * breaks, LaTeX and quotes in strings, single quotes, comments, commas too many or too few, Python's
 * words, brackets that were never closed. One pass; a string that never ends is no document.
 */
export function readJson(
	text: string,
	start: number,
	{ trustsSigns, rawLatex, fenced, maxChars }: JsonReadOptions,
): JsonReading | JsonMiss {
	const pieces: string[] = [];
	const open: ('}' | ']')[] = [];
	let copiedTo = start;
	let index = start;
	let wants = 'value' as 'key' | 'colon' | 'value';
	let afterValue = false;
	let commaAt: number | undefined;
	let commaPiece = 0;
	let guessed = false;
	let longSearches = 0;
	let readTo = start;

	while (!isTooLong() && open.length <= MAX_JSON_DEPTH) {
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
		if (wants === 'key') return false;
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
		const end = findStringEnd(quote, role);
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

	function findStringEnd(quote: string, role: StringRole): number {
		if (trustsSigns) {
			const end = plainStringEnd(text, index + 1, quote);
			readTo = Math.max(readTo, end === -1 ? text.length : end);
			return end;
		}
		const found = guessedStringEnd(text, index + 1, quote, role);
		readTo = Math.max(readTo, found.readTo);
		if (found.readTo > found.end) longSearches++;
		return found.end;
	}

	function readBare(): boolean {
		if (wants === 'key') {
			const key = bareKey(text, index);
			if (key === undefined) return false;
			edit(index, index + key.length, `"${escapeBody(key, rawLatex)}"`);
			index += key.length;
			wants = 'colon';
			return true;
		}
		const value = bareValue(text, index);
		if (value === undefined || (value.guessed && trustsSigns)) return false;
		const end = index + value.length;
		if (text.slice(index, end) !== value.json) edit(index, end, value.json);
		index = end;
		guessed ||= value.guessed;
		endValue();
		return true;
	}

	function endValue(): void {
		afterValue = true;
		wants = open.at(-1) === '}' ? 'key' : 'value';
	}

	function skipComment(): boolean {
		const comment = matchAt(COMMENT, text, index);
		if (comment === '') return false;
		if (commaAt !== undefined && commaAt >= copiedTo) {
			// A piece of its own, so that it can still be dropped.
			edit(commaAt, commaAt + 1, ',');
			commaPiece = pieces.length - 1;
		}
		edit(index, index + comment.length, ' ');
		index += comment.length;
		return true;
	}

	function dropComma(): void {
		if (commaAt === undefined) return;
		if (commaAt >= copiedTo) edit(commaAt, commaAt + 1, '');
		else pieces[commaPiece] = '';
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
		return index - start > maxChars;
	}

	/** More was coming: after a name, a colon or a comma, or in a fence that is not closed either. */
	function isCutShort(): boolean {
		if (wants === 'colon' || (wants === 'value' && open.at(-1) === '}')) return true;
		return index >= text.length && (fenced || commaAt !== undefined);
	}

	function broken(): JsonMiss {
		const deep = open.length > MAX_JSON_DEPTH;
		return {
			miss: isTooLong() ? 'long' : deep ? 'deep' : 'broken',
			readTo: Math.max(index, readTo),
		};
	}
}
