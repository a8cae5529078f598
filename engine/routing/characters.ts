/** Kinds of UTF-16 units that the scanner tells apart. */
export const SPACE = 0;
export const LETTER = 1;
export const DIGIT = 2;
/** A unit of a script without spaces between words: a token of its own. */
export const GLYPH = 3;
export const SYMBOL = 4;

const asciiKinds = Uint8Array.from({ length: 0xc0 }, (_, unit) => {
	if (unit <= 0x20 || (unit >= 0x7f && unit <= 0xa0)) return SPACE;
	if (unit >= 0x30 && unit <= 0x39) return DIGIT;
	const lower = unit | 0x20;
	return unit < 0x80 && lower >= 0x61 && lower <= 0x7a ? LETTER : SYMBOL;
});

export function kindOf(unit: number): number {
	if (unit < 0xc0) return asciiKinds[unit] ?? SYMBOL;
	if (unit < 0x2000) return unit === 0xd7 || unit === 0xf7 ? SYMBOL : LETTER;
	// General punctuation, currency signs, arrows, mathematical operators, boxes.
	if (unit < 0x2e80) return SYMBOL;
	// Hangul is written with spaces.
	return unit >= 0xac00 && unit <= 0xd7a3 ? LETTER : GLYPH;
}

/** Lower case of the alphabets whose cases lie a fixed distance apart; others stay as they are. */
export function lowerUnit(unit: number): number {
	if (unit < 0xc0) return unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit;
	const isLatin1 = unit <= 0xde;
	const isGreek = unit >= 0x391 && unit <= 0x3a9;
	const isCyrillic = unit >= 0x410 && unit <= 0x42f;
	if (isLatin1 || isGreek || isCyrillic) return unit + 0x20;
	return unit >= 0x400 && unit <= 0x40f ? unit + 0x50 : unit;
}
