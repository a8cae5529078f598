/** What may stand around a number without changing it, and what makes it something else. */

/** Before or after the digits. */
export const CURRENCY = String.raw`(?:[$€£¥₹₩₽]|(?:US|CA|AU|HK|R)\$|(?:USD|EUR|GBP|JPY|CNY|INR|CHF)\b)`;

const MULTIPLIERS: Readonly<Record<string, number>> = {
	k: 3,
	thousand: 3,
	mn: 6,
	million: 6,
	millions: 6,
	bn: 9,
	billion: 9,
	billions: 9,
	trillion: 12,
	trillions: 12,
};
const MULTIPLIER = /^\s*(k|thousand|mn|millions?|bn|billions?|trillions?)(?![A-Za-z])/i;

export interface Multiplied {
	/** Power of ten. */
	readonly power: number;
	readonly rest: string;
}

/** "million", "k" and the like at the start of what follows a number. */
export function multiplierOf(after: string): Multiplied {
	const found = MULTIPLIER.exec(after);
	const power = MULTIPLIERS[found?.[1]?.toLowerCase() ?? ''] ?? 0;
	return { power, rest: after.slice(found?.[0].length ?? 0) };
}

/** A time, a date, an ordinal: digits, but no quantity. */
const NO_QUANTITY_AFTER =
	/^\s*(?:[ap]\.?m\b|o['’]?clock|(?:st|nd|rd|th)\b|(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b)/i;
const MONTH_BEFORE =
	/\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?\s{0,3}(?:\d{1,2}(?:st|nd|rd|th)?,?\s{0,3})?$/i;

export function isNoQuantity(before: string, after: string): boolean {
	return NO_QUANTITY_AFTER.test(after) || MONTH_BEFORE.test(before);
}

const SIGN = /^\s*(?:\\?%|\^?\s?\\circ|\^\{\\circ\}|°[CF]?|["'])?/;
/** "apples", "cm^2", "/hour", "(rounded)", "\text{cm}" without its braces. */
const UNIT_WORD =
	/^[-/(]?\\?[\p{L}$€£¥₹][\p{L}$€£¥₹'’.,/-]{0,30}(?:\^\{?[23]\}?)?[),]?(?:\/[\p{L}]{1,12})?$/u;
const MAX_UNIT_WORDS = 8;
/** Words and letters that make what they follow a part of a formula or a condition. */
const NO_UNIT =
	/\b(?:or|and|plus|minus|if|unless|mod|modulo|base|sqrt|pi|log|ln|sin|cos|tan|exp|to)\b|\\(?:sqrt|pi|log|ln|sin|cos|tan|frac|cdot|times|pm)|√|π/iu;
/** Right behind the digits stands one of these, or the letters are a variable or a name. */
const ATTACHED =
	/^(?:[kcmµ]?m|mi|ft|in|yd|[kmµ]?g|lbs?|oz|m?l|L|sec|[mµn]?s|mins?|hr?s?|[kmgt]?b|[kmg]?hz|k?wh?|m?v|m?a|k?j|k?cal|mph|kph|kmh|rpm|px|pt|°?[CFK])?(?![\p{L}\d])/iu;

/** Whether `after` is nothing, or a unit that can be dropped without changing the number. */
export function isUnit(after: string): boolean {
	if (after === '') return true;
	if (after.length > 160 || NO_UNIT.test(after)) return false;
	if (!ATTACHED.test(after)) return false;
	const words = after
		.replace(SIGN, '')
		.split(/\s+/)
		.filter((word) => word !== '');
	return words.length <= MAX_UNIT_WORDS && words.every((word) => UNIT_WORD.test(word));
}
