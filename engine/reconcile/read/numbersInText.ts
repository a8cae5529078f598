import { negated, parseDecimal, scaled } from './decimal';
import { readNumber, type NumberRead } from './number';
import { plainText } from '../text/plainText';
import { unwrap } from '../text/unwrap';
import { isNoQuantity, multiplierOf } from './units';

/**
 * The last number of a text. `undefined` also when the last digits are no quantity (a date, a
 * time, a range): an earlier number would be a guess.
 */
export function lastNumber(text: string): NumberRead | undefined {
	const end = lastDigit(text) + 1;
	if (end === 0) return undefined;
	const start = Math.max(text.lastIndexOf('\n', end) + 1, end - WINDOW_LENGTH);
	return numbersIn(plainText(text.slice(start, end + LOOK_AHEAD))).at(-1);
}

/** The only number of a sentence; `undefined` when it holds several, a formula or doubtful digits. */
export function onlyNumber(sentence: string): NumberRead | undefined {
	if (sentence.length > WINDOW_LENGTH || FORMULA.test(sentence) || DOUBT.test(sentence)) {
		return undefined;
	}
	const numbers = numbersIn(plainText(sentence));
	const [first] = numbers;
	return first && numbers.every((number) => number?.decimal === first.decimal) ? first : undefined;
}

/** The number that the last whole sentence comes to: `So she makes 9 * 2 = 18 dollars.` */
export function concludingNumber(text: string): NumberRead | undefined {
	const tail = text.slice(-WINDOW_LENGTH).trimEnd();
	if (!/[.!。][*_$)\]"'\s]{0,8}$/.test(tail)) return undefined;
	const sentence = tail.slice(lastSentenceStart(tail));
	const result = sentence.slice(sentence.lastIndexOf('=') + 1).replace(/[.!。\s]{1,4}$/, '');
	return readNumber(unwrap(result)) ?? onlyNumber(result);
}

function lastSentenceStart(tail: string): number {
	let start = 0;
	for (const { index, 0: end } of tail.matchAll(/[.!?。]\s+|\n+/g)) {
		if (/[\p{L}\p{N}]/u.test(tail.slice(index + end.length))) start = index + end.length;
	}
	return start;
}

/** A bound or a denial is not the number it names. */
const DOUBT =
	/\b(?:than|at least|at most|up to|between|not|cannot|no|none|neither|nor|never|unless)\b|n't\b/i;
const FORMULA = /[\\^_=|+*<>√π{}]|\d[a-zA-Z](?![a-zA-Z])|\s-\s/;
const WINDOW_LENGTH = 400;
const LOOK_AHEAD = 48;

const OTHER_DIGIT = /\p{N}/u;

function lastDigit(text: string): number {
	for (let index = text.length - 1; index >= 0; index -= 1) {
		const code = text.charCodeAt(index);
		if ((code >= 48 && code <= 57) || (code > 127 && OTHER_DIGIT.test(text.charAt(index)))) {
			return index;
		}
	}
	return -1;
}

const DIGITS = /\d{1,3}(?: \d{3})+(?:[.,]\d+)?(?![\d:/-])|\d+(?:[.,:/'_-]\d+)*|(?<![\d.])\.\d+/g;
const EXPONENT =
	/^(?:[eE]([-+]?\d{1,3})(?![\w.])|\s?(?:×|x|\*|\\times|\\cdot)\s?10\^\{?([-+]?\d{1,3})\}?)/;
const PART_OF_FORMULA_AFTER = /^(?:\s?(?:√|π|\\sqrt|\\pi|\^)|sqrt|\s?[a-zA-Z]\^)/;
const PART_OF_FORMULA_BEFORE = /(?:√|sqrt\(|\\sqrt\{|[\d)}]\^\{?-?|_\{?)$/;
const NAME_BEFORE = /[A-Za-z](?:\^\{?|-)?$/;
const NEGATIVE_BEFORE = /(?:^|[\s([{$€£¥=:*~≈"'“‘`])-\s?(?:[$€£¥])?$/;
const FRACTION = /\\[dtc]?frac\s?\{[^{}]{1,20}\}\{[^{}]{1,20}\}/g;

/** Every number of the text in order; `undefined` stands for digits that are no quantity. */
function numbersIn(text: string): Array<NumberRead | undefined> {
	const found: Array<NumberRead | undefined> = [];
	const skipUntil = { end: 0 };
	const fractions = [...text.matchAll(FRACTION)];
	for (const { index, 0: digits } of text.matchAll(DIGITS)) {
		if (index < skipUntil.end) continue;
		const fraction = fractions.find(
			(candidate) => candidate.index < index && index < candidate.index + candidate[0].length,
		);
		if (fraction !== undefined) {
			skipUntil.end = fraction.index + fraction[0].length;
			found.push(readNumber(fraction[0]));
			continue;
		}
		const before = text.slice(Math.max(0, index - 24), index);
		const after = text.slice(index + digits.length, index + digits.length + LOOK_AHEAD);
		if (NAME_BEFORE.test(before)) continue;
		const exponent = EXPONENT.exec(after);
		skipUntil.end = index + digits.length + (exponent?.[0].length ?? 0);
		found.push(numberAt(digits, before, after, exponent));
	}
	return found;
}

function numberAt(
	digits: string,
	before: string,
	after: string,
	exponent: RegExpExecArray | null,
): NumberRead | undefined {
	const rest = after.slice(exponent?.[0].length ?? 0);
	const isFormula = PART_OF_FORMULA_AFTER.test(rest) || PART_OF_FORMULA_BEFORE.test(before);
	if (isFormula || isNoQuantity(before, rest)) return undefined;
	if (/[:/-]/.test(digits)) return readNumber(digits);
	const unsigned = parseDecimal(digits, false);
	const { power } = multiplierOf(rest);
	const decimal = unsigned && scaled(unsigned, power + Number(exponent?.[1] ?? exponent?.[2] ?? 0));
	if (decimal === undefined) return undefined;
	return {
		decimal: NEGATIVE_BEFORE.test(before) ? negated(decimal) : decimal,
		isComputed: false,
	};
}
