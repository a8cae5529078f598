/**
 * Four characters a token is what vendors tell for English; scripts without spaces come to about one
 * token a character. An estimate is enough: vendors' tokenizers differ by more than its error.
 */
const CHARACTERS_PER_TOKEN = 4;
const WIDE = /[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g;

export function countTokens(text: string): number {
	const wide = text.match(WIDE)?.length ?? 0;
	return wide + Math.ceil((text.length - wide) / CHARACTERS_PER_TOKEN);
}

/** The longest beginning of the text that fits, cut after a whole word where there is one. */
export function firstTokens(text: string, tokens: number): string {
	if (countTokens(text) <= tokens) return text;
	let fits = 0;
	let tooMany = text.length;
	while (tooMany - fits > 1) {
		const middle = (fits + tooMany) >> 1;
		if (countTokens(text.slice(0, middle)) <= tokens) fits = middle;
		else tooMany = middle;
	}
	const cut = text.slice(0, fits);
	const lastSpace = cut.lastIndexOf(' ');
	return lastSpace > fits - 20 && lastSpace > 0 ? cut.slice(0, lastSpace) : cut;
}
