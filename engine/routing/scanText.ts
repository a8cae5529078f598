import { DIGIT, GLYPH, LETTER, SPACE, kindOf, lowerUnit } from './characters';
import { HASH_SEED, hashStep } from './hash';
import { enterLine } from './lineStart';
import { countSymbol } from './symbols';
import { emptyCounts, type TextCounts } from './textCounts';
import { groupOfWord } from './wordGroups';

/** What lies between is not read: the time for a prompt stays bounded whatever its length. */
export const HEAD_CHARS = 4000;
export const TAIL_CHARS = 2000;

/** Words longer than this are also known by their first letters: a cheap stem. */
const STEMMED_ABOVE = 6;
const STEM_LETTERS = 5;

export interface TextScan {
	/** One hash a token, in the order of the text. */
	readonly tokens: Int32Array;
	/** Hash of the first letters of long words, beside their token; 0 for all others. */
	readonly stems: Int32Array;
	readonly tokenCount: number;
	readonly counts: TextCounts;
}

/** Reads the text once: tokens as hashes, and everything that is counted. */
export function scanText(text: string): TextScan {
	const isCut = text.length > HEAD_CHARS + TAIL_CHARS;
	const view = isCut ? `${text.slice(0, HEAD_CHARS)}\n${text.slice(-TAIL_CHARS)}` : text;
	const length = view.length;
	const tokens = new Int32Array(length);
	const stems = new Int32Array(length);
	const counts = emptyCounts(text.length);
	let tokenCount = 0;
	let sentenceStart = 0;
	let sentenceNumbers = 0;
	let at = 0;
	let atLineStart = true;
	while (at < length) {
		const unit = view.charCodeAt(at);
		if (atLineStart) {
			const isFirstOption = enterLine(view, at, counts);
			if (isFirstOption) {
				counts.stemChars = at;
				if (at - sentenceStart > 2) counts.lastSentenceChars = at - sentenceStart;
			}
			atLineStart = false;
		}
		const kind = kindOf(unit);
		if (kind === SPACE) {
			if (unit === 10) {
				counts.lines++;
				atLineStart = true;
			}
			at++;
		} else if (kind === LETTER) {
			let hash = HASH_SEED;
			let letters = 0;
			let stem = 0;
			for (; at < length; at++) {
				const raw = view.charCodeAt(at);
				if (kindOf(raw) !== LETTER) break;
				const lower = lowerUnit(raw);
				if (lower !== raw) counts.upperCase++;
				hash = hashStep(hash, lower);
				if (++letters === STEM_LETTERS) stem = hash;
			}
			counts.words++;
			counts.letters += letters;
			if (letters >= 8) counts.longWords++;
			const group = letters < 12 ? groupOfWord.get(hash) : undefined;
			if (group !== undefined) counts.groups[group] = (counts.groups[group] ?? 0) + 1;
			tokens[tokenCount] = hash;
			stems[tokenCount++] = letters > STEMMED_ABOVE ? hashStep(stem, 1) : 0;
		} else if (kind === DIGIT) {
			const start = at;
			let digits = 0;
			let isDecimal = false;
			for (; at < length; at++) {
				const next = view.charCodeAt(at);
				if (kindOf(next) === DIGIT) digits++;
				else if ((next !== 46 && next !== 44) || kindOf(view.charCodeAt(at + 1)) !== DIGIT) break;
				else if (next === 46) isDecimal = true;
			}
			counts.numbers++;
			counts.digits += digits;
			sentenceNumbers++;
			if (isDecimal) counts.decimals++;
			if (digits > counts.longestNumber) counts.longestNumber = digits;
			if (view.charCodeAt(at) === 47 && kindOf(view.charCodeAt(at + 1)) === DIGIT) {
				counts.fractions++;
			}
			// Small numbers as they are, the others by their size: their value says nothing.
			let hash = hashStep(HASH_SEED, 0x30);
			if (digits <= 2 && !isDecimal) {
				for (let digit = start; digit < at; digit++) hash = hashStep(hash, view.charCodeAt(digit));
			} else hash = hashStep(hash, 0x1000 + digits * 2 + (isDecimal ? 1 : 0));
			tokens[tokenCount++] = hash;
		} else {
			if (kind === GLYPH) counts.words++;
			else countSymbol(view, at, unit, counts);
			if (unit === 46 || unit === 63 || unit === 33) {
				if (at + 1 >= length || kindOf(view.charCodeAt(at + 1)) === SPACE) {
					counts.sentences++;
					if (counts.options === 0) {
						counts.lastSentenceChars = at + 1 - sentenceStart;
						counts.lastSentenceNumbers = sentenceNumbers;
					}
					sentenceStart = at + 1;
					sentenceNumbers = 0;
				}
			}
			tokens[tokenCount++] = hashStep(HASH_SEED ^ 0x5bd1e995, unit);
			at++;
		}
	}
	if (counts.options === 0) counts.stemChars = counts.chars;
	return { tokens, stems, tokenCount, counts };
}
