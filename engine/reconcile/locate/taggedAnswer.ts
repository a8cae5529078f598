const OPENING_TAG = /<(?:final[_-]?)?answer>/gi;
const CLOSING_TAG = /<\/(?:final[_-]?)?answer\b/gi;

/** What stands in the last `<answer>` tag; to the end of its line where it is not closed. */
export function taggedAnswer(text: string): string | undefined {
	let start: number | undefined;
	for (const found of text.matchAll(OPENING_TAG)) start = found.index + found[0].length;
	if (start === undefined) return undefined;
	CLOSING_TAG.lastIndex = start;
	const end = CLOSING_TAG.exec(text)?.index ?? endOfLine(text, start);
	return text.slice(start, end);
}

/** Where the line that holds `index` ends. */
export function endOfLine(text: string, index: number): number {
	const end = text.indexOf('\n', index);
	return end === -1 ? text.length : end;
}
