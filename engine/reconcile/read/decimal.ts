/**
 * Numbers as decimal strings: `-1234.5`, no leading or trailing zeros. Strings, because two large
 * integers may differ by less than a double can tell.
 */

const MAX_DIGITS = 400;
/** Longer fractions are rounded: 1/3 and 0.3333333333333333 are meant to be equal. */
const FRACTION_PRECISION = 12;

const PLAIN = /^\d*\.?\d*$/;
const COMMA_GROUPS = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const INDIAN_GROUPS = /^\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?$/;
const SPACE_GROUPS = /^\d{1,3}(?:[ '_]\d{3})+(?:[.,]\d+)?$/;
const DOT_GROUPS = /^\d{1,3}(?:\.\d{3})+,\d+$|^\d{1,3}(?:\.\d{3}){2,}$/;
const DECIMAL_COMMA = /^\d+,\d+$/;
const CLEAR_DECIMAL_COMMA = /^0,\d+$/;

/**
 * Reads digits with separators, without sign. `1.234` is a decimal and `1,234` a thousand; `1,5`
 * may be two numbers, so it is read only where the caller knows better.
 */
export function parseDecimal(digits: string, acceptsDecimalComma: boolean): string | undefined {
	if (digits.length > MAX_DIGITS) return undefined;
	if (PLAIN.test(digits)) return canonicalDecimal(digits);
	if (COMMA_GROUPS.test(digits) || INDIAN_GROUPS.test(digits)) {
		return canonicalDecimal(digits.replaceAll(',', ''));
	}
	if (SPACE_GROUPS.test(digits)) {
		return canonicalDecimal(digits.replace(/[ '_]/g, '').replace(',', '.'));
	}
	if (DOT_GROUPS.test(digits)) {
		return canonicalDecimal(digits.replaceAll('.', '').replace(',', '.'));
	}
	const isDecimal = acceptsDecimalComma ? DECIMAL_COMMA : CLEAR_DECIMAL_COMMA;
	return isDecimal.test(digits) ? canonicalDecimal(digits.replace(',', '.')) : undefined;
}

/** From `123`, `.5` or `007.10`. */
function canonicalDecimal(plain: string): string | undefined {
	const [whole = '', fraction = ''] = plain.split('.');
	if (whole + fraction === '') return undefined;
	const integer = whole.replace(/^0+(?=\d)/, '') || '0';
	const trimmed = withoutTrailingZeros(fraction);
	if (trimmed === '') return integer;
	return trimmed.length + integer.length > FRACTION_PRECISION + 1
		? decimalOf(Number(`${integer}.${trimmed}`))
		: `${integer}.${trimmed}`;
}

function withoutTrailingZeros(digits: string): string {
	let end = digits.length;
	while (end > 0 && digits[end - 1] === '0') end -= 1;
	return digits.slice(0, end);
}

export function negated(decimal: string): string {
	if (decimal === '0') return decimal;
	return decimal.startsWith('-') ? decimal.slice(1) : `-${decimal}`;
}

/** `decimal` × 10^`power`, by moving the point. */
export function scaled(decimal: string, power: number): string | undefined {
	if (!Number.isInteger(power) || Math.abs(power) > MAX_DIGITS) return undefined;
	const isNegative = decimal.startsWith('-');
	const [whole = '', fraction = ''] = (isNegative ? decimal.slice(1) : decimal).split('.');
	const digits = whole + fraction;
	const point = whole.length + power;
	const padded =
		point <= 0
			? `0.${'0'.repeat(-point)}${digits}`
			: `${digits.padEnd(point, '0').slice(0, point)}.${digits.slice(point)}`;
	const made = canonicalDecimal(padded);
	return made !== undefined && isNegative ? negated(made) : made;
}

/** The decimal of a computed value, rounded to what the computation can be trusted for. */
export function decimalOf(value: number): string | undefined {
	if (!Number.isFinite(value)) return undefined;
	const rounded = String(Number(value.toPrecision(FRACTION_PRECISION)));
	const [mantissa = '', exponent] = rounded.split('e');
	if (exponent === undefined) return rounded === '-0' ? '0' : rounded;
	return scaled(mantissa, Number(exponent));
}

/** A JSON number where it holds the decimal exactly, else the decimal itself. */
export function jsonNumber(decimal: string): number | string {
	const value = Number(decimal);
	return decimalOf(value) === decimal || String(value) === decimal ? value : decimal;
}
