import { closingBrace } from '../text/unwrap';

const BOX = /\\(?:boxed|fbox)\s{0,4}\{/g;

/** What stands in the last `\boxed{}`. */
export function boxedAnswer(text: string): string | undefined {
	let open: number | undefined;
	for (const found of text.matchAll(BOX)) open = found.index + found[0].length - 1;
	if (open === undefined) return undefined;
	const close = closingBrace(text, open);
	return close === -1 ? undefined : text.slice(open + 1, close);
}
