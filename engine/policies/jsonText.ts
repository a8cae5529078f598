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
