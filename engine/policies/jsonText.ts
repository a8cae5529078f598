/** Where the blanks end that start at `index`. */
export function skipBlanks(text: string, index: number): number {
	let at = index;
	while (isBlank(text.charCodeAt(at))) at++;
	return at;
}

/** Space, tab, line feed, carriage return. */
export function isBlank(code: number): boolean {
	return code === 32 || code === 10 || code === 13 || code === 9;
}

/** What `pattern` (sticky) matches at `index`, or the empty string. */
export function matchAt(pattern: RegExp, text: string, index: number): string {
	pattern.lastIndex = index;
	return pattern.exec(text)?.[0] ?? '';
}

/**
 * Just after the bracket that closes the one at `start`, and how deep the brackets between them are
 * nested, in a text whose quotes can be trusted. `undefined` where nothing closes it.
 */
export function balancedEnd(
	text: string,
	start: number,
): { readonly end: number; readonly depth: number } | undefined {
	let deepest = 0;
	let depth = 0;
	for (let index = start; index < text.length; index++) {
		const sign = text.charCodeAt(index);
		if (sign === QUOTE) {
			index = plainStringEnd(text, index + 1, '"');
			if (index === -1) return undefined;
		} else if (sign === BRACE || sign === BRACKET) {
			if (++depth > deepest) deepest = depth;
		} else if (sign === BRACE + 2 || sign === BRACKET + 2) {
			if (--depth === 0) return { end: index + 1, depth: deepest };
		}
	}
	return undefined;
}

const QUOTE = 0x22;
const BRACE = 0x7b;
const BRACKET = 0x5b;

/** The closing quote of a string in a text whose quotes can be trusted, or -1. */
export function plainStringEnd(text: string, start: number, quote: string): number {
	let end = text.indexOf(quote, start);
	while (end !== -1 && isEscaped(text, end)) end = text.indexOf(quote, end + 1);
	return end;
}

/** Whether an odd number of backslashes stands before `index`. */
function isEscaped(text: string, index: number): boolean {
	let backslashes = 0;
	while (text[index - 1 - backslashes] === '\\') backslashes++;
	return backslashes % 2 === 1;
}
