/**
 * The value of a closed arithmetic expression in plain or LaTeX notation (`\frac{1}{2}`, `9√2`,
 * `3\times 10^{8}`, `2\pi`), so that equivalent forms count as one answer. Anything with a
 * variable, an unknown command or more than one value has none.
 */
export function evaluate(expression: string): number | undefined {
	if (expression.length > MAX_LENGTH || NOT_ARITHMETIC.test(expression)) return undefined;
	const mixed = MIXED_NUMBER.exec(expression);
	const source = mixed ? `${mixed[1]}(${mixed[2]}+${mixed[3]})` : expression.replace(SPACING, ' ');
	const cursor: Cursor = { source, position: 0 };
	const value = sum(cursor, 0);
	skipSpaces(cursor);
	if (cursor.position !== source.length || value === undefined) return undefined;
	return Number.isFinite(value) && isExact(value, source) ? value : undefined;
}

/** 10^200 + 6 and 10^200 are different answers, but the same double. */
function isExact(value: number, source: string): boolean {
	return Math.abs(value) < MAX_EXACT_SUM || !SUM.test(source);
}

const MAX_LENGTH = 300;
const MAX_EXACT_SUM = 1e12;
const SUM = /[\d)}\s][-+]/;
const MAX_DEPTH = 24;

const SPACING = /\\(?:left|right|displaystyle|[,;:! ])|~/g;
const NUMBER = /\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+/y;
const FRACTION = /\\[dtc]?frac/y;
const ROOT = /\\sqrt|sqrt|√/y;
const PI = /\\pi(?![a-zA-Z])|π|pi(?![a-zA-Z])/y;
const TIMES = /\\cdot|\\times|\*|×|·/y;
const OVER = /\\div|\/|÷/y;
/** 10/5/2024, 2024-05-01, 555-1234, 3-5: dates, phone numbers and ranges, not calculations. */
const NOT_ARITHMETIC = /^\d+\s*\/\s*\d+\s*\/|^\d+(?:-\d+)+$/;
const MIXED_NUMBER = /^(-?)(\d+) (\d+\/\d+)$/;
const WHOLE_NUMBER_BEFORE = /(?:^|[^\d.])\d+\s*$/;

interface Cursor {
	readonly source: string;
	position: number;
}

/** A part of the grammar; `undefined` travels up as "not an expression". */
type Rule = (cursor: Cursor, depth: number) => number | undefined;

const sum: Rule = (cursor, depth) => {
	if (depth > MAX_DEPTH) return undefined;
	let total = product(cursor, depth);
	while (total !== undefined) {
		const sign = take(cursor, '+') ? 1 : take(cursor, '-') ? -1 : 0;
		if (sign === 0) break;
		const next = product(cursor, depth);
		total = next === undefined ? undefined : total + sign * next;
	}
	return total;
};

const product: Rule = (cursor, depth) => {
	let total = signed(cursor, depth);
	while (total !== undefined) {
		const isDivision = match(cursor, OVER) !== undefined;
		const isExplicit = isDivision || match(cursor, TIMES) !== undefined;
		if (!isExplicit && !opensFactor(cursor)) break;
		const isMixedNumber = !isExplicit && wholeNumberBeforeFraction(cursor);
		const next = signed(cursor, depth);
		if (next === undefined) return undefined;
		if (isDivision) total /= next;
		else if (isMixedNumber && next < 1) total += total < 0 ? -next : next;
		else total *= next;
	}
	return total;
};

/** Whether what follows is multiplied without a sign: `2\pi`, `3(4)`, `9sqrt(2)`. */
function opensFactor(cursor: Cursor): boolean {
	return peek(cursor, '(') || [FRACTION, ROOT, PI].some((pattern) => looksAt(cursor, pattern));
}

/** `1\frac{1}{2}` is one and a half, not one times a half. */
function wholeNumberBeforeFraction(cursor: Cursor): boolean {
	return (
		looksAt(cursor, FRACTION) && WHOLE_NUMBER_BEFORE.test(cursor.source.slice(0, cursor.position))
	);
}

const signed: Rule = (cursor, depth) => {
	let sign = 1;
	while (peek(cursor, '-') || peek(cursor, '+')) {
		if (take(cursor, '-')) sign = -sign;
		else take(cursor, '+');
	}
	const value = power(cursor, depth);
	return value === undefined ? undefined : sign * value;
};

const power: Rule = (cursor, depth) => {
	const base = atom(cursor, depth);
	if (base === undefined || !take(cursor, '^')) return base;
	const sign = take(cursor, '-') ? -1 : 1;
	const exponent = atom(cursor, depth);
	return exponent === undefined ? undefined : base ** (sign * exponent);
};

const atom: Rule = (cursor, depth) => {
	if (peek(cursor, '(')) return enclosed(cursor, '(', ')', depth);
	if (peek(cursor, '{')) return enclosed(cursor, '{', '}', depth);
	if (match(cursor, PI) !== undefined) return Math.PI;
	if (match(cursor, FRACTION) !== undefined) {
		const over = argument(cursor, depth);
		const under = argument(cursor, depth);
		return over === undefined || under === undefined ? undefined : over / under;
	}
	if (match(cursor, ROOT) !== undefined) return root(cursor, depth);
	const number = match(cursor, NUMBER);
	return number === undefined ? undefined : Number(number.replaceAll(',', ''));
};

const root: Rule = (cursor, depth) => {
	const degree = peek(cursor, '[') ? enclosed(cursor, '[', ']', depth) : 2;
	const inner = atom(cursor, depth);
	if (degree === undefined || inner === undefined) return undefined;
	return degree === 2 ? Math.sqrt(inner) : inner ** (1 / degree);
};

/** An argument of a LaTeX command: in braces, or the single next digit. */
const argument: Rule = (cursor, depth) => {
	if (peek(cursor, '{')) return enclosed(cursor, '{', '}', depth);
	const digit = cursor.source[cursor.position] ?? '';
	if (!/^\d$/.test(digit)) return undefined;
	cursor.position += 1;
	return Number(digit);
};

function enclosed(cursor: Cursor, open: string, close: string, depth: number): number | undefined {
	if (!take(cursor, open)) return undefined;
	const value = sum(cursor, depth + 1);
	return take(cursor, close) ? value : undefined;
}

function skipSpaces(cursor: Cursor): void {
	while (cursor.source[cursor.position] === ' ') cursor.position += 1;
}

function peek(cursor: Cursor, sign: string): boolean {
	skipSpaces(cursor);
	return cursor.source[cursor.position] === sign;
}

function take(cursor: Cursor, sign: string): boolean {
	const found = peek(cursor, sign);
	if (found) cursor.position += 1;
	return found;
}

function looksAt(cursor: Cursor, pattern: RegExp): boolean {
	pattern.lastIndex = cursor.position;
	return pattern.test(cursor.source);
}

function match(cursor: Cursor, pattern: RegExp): string | undefined {
	skipSpaces(cursor);
	pattern.lastIndex = cursor.position;
	const found = pattern.exec(cursor.source)?.[0];
	if (found !== undefined) cursor.position += found.length;
	return found;
}
