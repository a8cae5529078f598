/**
 * Words and numbers only, in lower case, one space between: a prompt contains a question whatever the
 * prompt template did to line breaks, quotes and markup.
 */
export function normalise(text: string): string {
	return text
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}
