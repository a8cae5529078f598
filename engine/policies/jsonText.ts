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

/** How deep the brackets of a valid JSON text are nested. */
export function nestingDepth(json: string): number {
	let deepest = 0;
	let depth = 0;
	for (let index = 0; index < json.length; index++) {
		const sign = json[index];
		if (sign === '"') {
			index = json.indexOf('"', index + 1);
			while (isEscaped(json, index)) index = json.indexOf('"', index + 1);
		} else if (sign === '{' || sign === '[') deepest = Math.max(deepest, ++depth);
		else if (sign === '}' || sign === ']') depth--;
	}
	return deepest;
}

/** Whether an odd number of backslashes stands before `index`. */
export function isEscaped(text: string, index: number): boolean {
	let backslashes = 0;
	while (text[index - 1 - backslashes] === '\\') backslashes++;
	return backslashes % 2 === 1;
}
