/**
 * Unicode written the plain way (NFKC, ASCII digits and minus), without what NFKC does to numbers:
 * it would turn 10² into 102 and 5½ into 51⁄2.
 */
export function plainText(text: string): string {
	if (isAscii(text)) return text;
	if (text.length > MAX_LENGTH) return text.normalize('NFC');
	return text
		.replace(SUPERSCRIPTS, (run) => `^${fromTable(run, SUPERSCRIPT_DIGITS)}`)
		.replace(SUBSCRIPTS, (run) => `_${fromTable(run, SUBSCRIPT_DIGITS)}`)
		.replace(VULGAR_FRACTIONS, (fraction) => ` ${fraction}`)
		.replace(DIGIT_GROUP_SPACES, '')
		.normalize('NFKC')
		.replace(OTHER_DIGITS, asciiDigit)
		.replace(LONG_DASHES, ' - ')
		.replace(MINUS_SIGNS, '-')
		.replace(INVISIBLE, '')
		.replaceAll('⁄', '/')
		.replaceAll('٫', '.')
		.replaceAll('٬', ',');
}

/** No number or formula is that long, and NFKC may write one sign as eighteen. */
const MAX_LENGTH = 100_000;

const NON_ASCII = /[\u0080-\uffff]/;

function isAscii(text: string): boolean {
	return !NON_ASCII.test(text);
}

const SUPERSCRIPT_DIGITS = '⁰¹²³⁴⁵⁶⁷⁸⁹⁻';
const SUBSCRIPT_DIGITS = '₀₁₂₃₄₅₆₇₈₉₋';
const SUPERSCRIPTS = /[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+/g;
const SUBSCRIPTS = /[₀₁₂₃₄₅₆₇₈₉₋]+/g;
const VULGAR_FRACTIONS = /[¼½¾⅐-⅞]/g;
/** No-break and thin spaces separate thousands; NFKC would make them plain spaces. */
const DIGIT_GROUP_SPACES = /(?<=\d)[\u00a0\u2007\u2009\u202f](?=\d{3}(?!\d))/g;
const MINUS_SIGNS = /[‐-–−]/g;
const LONG_DASHES = /[—―]/g;
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;

function fromTable(run: string, table: string): string {
	return Array.from(run, (sign) => '0123456789-'[table.indexOf(sign)]).join('');
}

/** Zeros of the decimal digits that NFKC leaves alone; the other nine follow each of them. */
const ZEROS = [
	0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66,
	0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810,
];
const OTHER_DIGITS = new RegExp(
	`[${ZEROS.map((zero) => `${unicode(zero)}-${unicode(zero + 9)}`).join('')}]`,
	'g',
);

function unicode(codePoint: number): string {
	return `\\u${codePoint.toString(16).padStart(4, '0')}`;
}

function asciiDigit(sign: string): string {
	const codePoint = sign.charCodeAt(0);
	const zero = ZEROS.find((first) => codePoint >= first && codePoint <= first + 9) ?? codePoint;
	return String(codePoint - zero);
}
