import { plainText } from '../text/plainText';
import { closingBrace, unwrap } from '../text/unwrap';
import { decimalOf, jsonNumber, negated, parseDecimal, scaled } from './decimal';
import { evaluate } from './expression';
import { CURRENCY, isNoQuantity, isUnit, multiplierOf } from './units';

export interface NumberRead {
	/** Canonical decimal: equal strings are equal numbers. */
	readonly decimal: string;
	/** A formula or fraction: shown as it was written, not as the decimal it comes to. */
	readonly isComputed: boolean;
}

const SIMPLE = /^-?(?:0|[1-9]\d{0,14})$/;
const APPROXIMATELY =
	/^(?:about|approximately|approx\.?|around|roughly|nearly|exactly|≈|~|\\approx|=)\s*/i;
const SEVERAL_VALUES = /[,;]|\b(?:and|or)\b/;
const DIGITS = String.raw`\d{1,3}(?: \d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,'_]\d+)*|\.\d+`;
const QUANTITY = new RegExp(
	String.raw`^([-+]?)\s?(?:${CURRENCY}\s?)?([-+]?)(${DIGITS})(?:[eE]([-+]?\d{1,3})(?![\w.]))?(?!\d)`,
);

/**
 * The number that an answer is: digits with separators, currency and unit (`$1,234.50`,
 * `72 apples`), or a closed expression (`\frac{1}{2}`). `undefined` when it is anything else, a
 * date, a time, a range or several numbers among them.
 */
export function readNumber(answer: string): NumberRead | undefined {
	if (SIMPLE.test(answer)) return { decimal: answer === '-0' ? '0' : answer, isComputed: false };
	if (answer.length > MAX_LENGTH || !HAS_DIGIT.test(answer)) return undefined;
	const clean = withoutLatex(unquoted(plainText(answer))).replace(APPROXIMATELY, '');
	return quantity(clean) ?? formula(clean) ?? assigned(clean);
}

const MAX_LENGTH = 400;
const ENDS = /^["'“‘]|["'”’.;,]{1,2}$/g;

function unquoted(text: string): string {
	return text.replace(ENDS, '');
}

const HAS_DIGIT = /\p{N}|π|\\pi/u;

function quantity(text: string): NumberRead | undefined {
	const found = QUANTITY.exec(text);
	if (found === null) return undefined;
	const [matched, sign = '', innerSign = '', digits = '', exponent] = found;
	const after = text.slice(matched.length).trimEnd();
	const { power, rest } = multiplierOf(after);
	if (isNoQuantity('', after) || !isUnit(rest)) return undefined;
	// A unit or a currency shows that `12,5 %` and `10 000 m` are one number and not two.
	const isOneNumber = rest !== '' || /[^\d\s.,'_eE+-]/.test(matched);
	if (/^\d+ \d{3}$/.test(digits) && !isOneNumber) return undefined;
	const unsigned = parseDecimal(digits, isOneNumber);
	if (unsigned === undefined) return undefined;
	const decimal = scaled(unsigned, power + Number(exponent ?? 0));
	if (decimal === undefined) return undefined;
	const isNegative = (sign === '-') !== (innerSign === '-');
	return { decimal: isNegative ? negated(decimal) : decimal, isComputed: false };
}

function formula(text: string): NumberRead | undefined {
	const value = evaluate(text);
	const decimal = value === undefined ? undefined : decimalOf(value);
	return decimal === undefined ? undefined : { decimal, isComputed: true };
}

/** A name (`x`, `f(2)`, "the sum S") or a calculation without any letter. */
const LEFT_SIDE = /^(?:[^+*/^|<>-]*?\\?[a-zA-Z]\w{0,20}(?:\([^()]{0,20}\))?|[^a-zA-Z]+)\$?$/;

/** The right side of `x = 5` or `8 * 9 = 72`, not of `x = 2, y = 3` or `a + c + 4 = 0`. */
function assigned(text: string): NumberRead | undefined {
	const at = Math.max(text.lastIndexOf('='), text.lastIndexOf('≈'));
	const left = text.slice(0, at).trim();
	if (at === -1 || SEVERAL_VALUES.test(left) || !LEFT_SIDE.test(left)) return undefined;
	const right = unwrap(text.slice(at + 1));
	return quantity(right) ?? formula(right);
}

const LATEX_NUMBER = /\{,\}|\\,(?=\d{3})|\\!/g;
const LATEX_TEXT = /\\(?:text|mathrm|textbf|mbox)\s?\{/g;

/** `1{,}234`, `5\text{ cm}`, `\$5` in plain characters. */
function withoutLatex(text: string): string {
	if (!text.includes('\\') && !text.includes('{')) return text;
	let plain = text
		.replace(LATEX_NUMBER, '')
		.replaceAll('\\$', '$')
		.replaceAll('\\%', '%')
		.replaceAll('\\ ', ' ')
		.replace(/\\{2,}(?=[a-zA-Z])/g, '\\');
	for (const { index, 0: command } of [...plain.matchAll(LATEX_TEXT)].reverse()) {
		const open = index + command.length - 1;
		const close = closingBrace(plain, open);
		if (close === -1) continue;
		plain = `${plain.slice(0, index)} ${plain.slice(open + 1, close)} ${plain.slice(close + 1)}`;
	}
	return plain.trim();
}

/** What a number is shown as in the output. */
export function shownNumber({ decimal, isComputed }: NumberRead, written: string): number | string {
	return isComputed ? written : jsonNumber(decimal);
}
