import { readFences } from './codeFences';

/** UAX #15 calls a text with longer heaps of marks unsafe: composing them takes forever. */
const MARK_HEAP = /(\p{M}{30})\p{M}+/gu;
/** Line ends of all systems, and the two that only Unicode knows. */
const LINE_ENDS = /\r\n?|[\u2028\u2029\f\v]/g;
/** Signs without width that carry no meaning: zero-width space, word joiner, byte order mark … */
const INVISIBLE = /[\u200b\u2060-\u2064\ufeff\u00ad\u180e]/g;
/** Joiners make emoji and shape Arabic and Indic scripts; between Latin letters they hide things. */
const LATIN_JOINERS = /(?<=^|[\t -\u024f])[\u200c\u200d]+(?=$|[\t -\u024f])/g;
const ODD_SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;

/**
 * The same text in one spelling: composed letters (NFC), `\n` at line ends, no spaces before them, no
 * invisible signs, at most one blank line in a row. Code blocks keep all but their line ends.
 */
export function normalizeText(text: string): string {
	const { lines } = readFences(text.replace(LINE_ENDS, '\n'));
	const kept: string[] = [];
	let blankLines = 0;
	for (const { line, isCode } of lines) {
		const cleaned = isCode ? line : cleanLine(line);
		blankLines = !isCode && cleaned === '' ? blankLines + 1 : 0;
		if (blankLines < 2) kept.push(cleaned);
	}
	return kept.join('\n').replace(/^\n+/, '').trimEnd();
}

function cleanLine(line: string): string {
	return withoutControls(
		line
			.replace(MARK_HEAP, '$1')
			.normalize('NFC')
			.replace(INVISIBLE, '')
			.replace(LATIN_JOINERS, '')
			.replace(ODD_SPACES, ' '),
	).trimEnd();
}

function withoutControls(line: string): string {
	return line.replace(/[^\t -\uffff]|\u007f/g, '');
}
