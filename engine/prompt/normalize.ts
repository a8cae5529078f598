import { fencedLines } from './codeFences';
import { atOnce, STEP_CHARS, type Steps } from './steps';
import { createTextBuilder } from './textBuilder';

/** UAX #15 calls a text with longer heaps of marks unsafe: composing them takes forever. */
const MARK_HEAP = /(\p{M}{30})\p{M}+/gu;
const LEADING_MARKS = /^\p{M}+/u;
/** Line ends of all systems, and the two that only Unicode knows. */
const LINE_ENDS = /\r\n?|[\n\u2028\u2029\f\v]/g;
/** Signs without width that carry no meaning: zero-width space, word joiner, byte order mark … */
const INVISIBLE = /[\u200b\u2060-\u2064\ufeff\u00ad\u180e]/g;
/** Joiners make emoji and shape Arabic and Indic scripts; between Latin letters they hide things. */
const LATIN_JOINERS = /(?<=^|[\t -\u024f])[\u200c\u200d]+(?=$|[\t -\u024f])/g;
const ODD_SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
const CONTROLS = /[^\t -\uffff]|\u007f/g;
/** Nothing in it could be spelt otherwise. */
const PLAIN = /^[\t -~]*$/;
/** What a line costs beside its signs, in signs. */
const LINE_CHARS = 32;

/**
 * The same text in one spelling: composed letters (NFC), `\n` at line ends, no spaces before them, no
 * invisible signs, at most one blank line in a row. Code blocks keep all but their line ends.
 */
export function normalizeText(text: string): string {
	return atOnce(normalizeSteps(text));
}

/** The same in steps. */
export function* normalizeSteps(text: string): Steps<string> {
	const kept = createTextBuilder('\n');
	let blankLines = 0;
	let work = 0;
	for (const { line, isCode } of fencedLines(text, LINE_ENDS)) {
		const cleaned = isCode
			? line
			: line.length <= STEP_CHARS
				? cleanPart(line).trimEnd()
				: yield* cleanLongLine(line);
		blankLines = !isCode && cleaned === '' ? blankLines + 1 : 0;
		if (blankLines < 2) kept.add(cleaned);
		work += line.length + LINE_CHARS;
		if (work >= STEP_CHARS) {
			work = 0;
			yield;
		}
	}
	return kept.toText().replace(/^\n+/, '').trimEnd();
}

function cleanPart(part: string): string {
	if (PLAIN.test(part)) return part;
	return part
		.replace(MARK_HEAP, '$1')
		.normalize('NFC')
		.replace(INVISIBLE, '')
		.replace(LATIN_JOINERS, '')
		.replace(ODD_SPACES, ' ')
		.replace(CONTROLS, '');
}

function* cleanLongLine(line: string): Steps<string> {
	const cleaned = createTextBuilder();
	let isInsideHeap = false;
	for (let start = 0; start < line.length; ) {
		const { end, isSafe } = partEnd(line, start + STEP_CHARS);
		const part = line.slice(start, end);
		cleaned.add(cleanPart(isInsideHeap ? part.replace(LEADING_MARKS, '') : part));
		isInsideHeap = !isSafe;
		start = end;
		yield;
	}
	return cleaned.toText().trimEnd();
}

/** A plain sign: what stands before it neither joins nor composes with it. */
const PLAIN_SIGN = /[\t -~]/g;
/** The same outside of Latin: no mark, no later part of a Hangul syllable, no joiner, no half sign. */
const STARTER = /(?<![\u200c\u200d])[^\p{M}\u1160-\u11ff\u200c\u200d]/gu;

/** A place at or after `from` where a line can be cut without changing what its parts become. */
function partEnd(line: string, from: number): { readonly end: number; readonly isSafe: boolean } {
	if (from >= line.length) return { end: line.length, isSafe: true };
	const reach = line.slice(from, from + STEP_CHARS);
	PLAIN_SIGN.lastIndex = 0;
	const plain = PLAIN_SIGN.exec(reach);
	if (plain !== null) return { end: from + plain.index, isSafe: true };
	STARTER.lastIndex = 1;
	const starter = STARTER.exec(reach);
	if (starter !== null) return { end: from + starter.index, isSafe: true };
	return { end: from + reach.length, isSafe: from + reach.length >= line.length };
}
