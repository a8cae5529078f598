import type { Normalization } from '../../spec/reconcile';

/** Months in English, German, French, Spanish, Italian and Portuguese by their first letters. */
const MONTHS: readonly string[] = [
	'jan|ene|gen',
	'feb|fev|fév',
	'mar|mär|maer',
	'apr|abr|avr',
	'may|mai|mag',
	'jun|giu|juin',
	'jul|lug|juil',
	'aug|ago|aoû|aou',
	'sep|set',
	'oct|okt|ott|out',
	'nov',
	'dec|dez|dic|déc|dici',
];
const MONTH = String.raw`(\p{L}{3,10})\.?`;
const DAY = String.raw`(\d{1,2})(?:st|nd|rd|th|\.|er|º)?`;
const YEAR = String.raw`(\d{4})`;
const OF = String.raw`(?:of |de )?`;
const WEEKDAY = /^(?:\p{L}{3,10}\.?,? )(?=\d|\p{L}{3,10}\.? \d)/u;

const YEAR_FIRST =
	/^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[t ]00:00(?::00(?:\.0+)?)?(?:z|\+00:00)?)?$/i;
const EAST_ASIAN = /^(\d{4})[年년] ?(\d{1,2})[月월] ?(\d{1,2})[日일]$/;
const DIGITS = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/;
const DAY_MONTH = new RegExp(`^${DAY} ${OF}${MONTH},? ${OF}${YEAR}$`, 'iu');
const MONTH_DAY = new RegExp(`^${MONTH} ${DAY},? ${YEAR}$`, 'iu');
const LONGEST = 40;

/**
 * A date as `2024-03-05`, from `March 5, 2024`, `5.3.2024` or `2024/3/5`; `undefined` for anything
 * else, as a time of day or a date that does not exist. `03/04/2024` is read only where the builder
 * says what comes first; with points the day does.
 */
export function readDate(text: string, dates: Normalization['dates']): string | undefined {
	if (dates === 'off' || text.length > LONGEST || !/\d{4}/.test(text)) return undefined;
	const plain = text.trim().replace(/\s+/g, ' ').replace(/\.$/, '');
	const yearFirst = YEAR_FIRST.exec(plain);
	if (yearFirst !== null) return isoDate(yearFirst[1], yearFirst[3], yearFirst[4]);
	const eastAsian = EAST_ASIAN.exec(plain);
	if (eastAsian !== null) return isoDate(eastAsian[1], eastAsian[2], eastAsian[3]);
	const digits = DIGITS.exec(plain);
	if (digits !== null) {
		const [, first = '', sign, second = '', year] = digits;
		const order = sign === '.' ? 'dayFirst' : orderOf(first, second, dates);
		if (order === undefined) return undefined;
		return order === 'dayFirst' ? isoDate(year, second, first) : isoDate(year, first, second);
	}
	const words = plain.replace(WEEKDAY, '');
	return named(words) ?? (words === plain ? undefined : named(plain));
}

function named(words: string): string | undefined {
	const dayMonth = DAY_MONTH.exec(words);
	if (dayMonth !== null) return isoDate(dayMonth[3], monthOf(dayMonth[2]), dayMonth[1]);
	const monthDay = MONTH_DAY.exec(words);
	return monthDay === null ? undefined : isoDate(monthDay[3], monthOf(monthDay[1]), monthDay[2]);
}

function orderOf(
	first: string,
	second: string,
	dates: Normalization['dates'],
): 'dayFirst' | 'monthFirst' | undefined {
	if (first === second) return 'dayFirst';
	if (Number(first) > 12) return 'dayFirst';
	if (Number(second) > 12) return 'monthFirst';
	return dates === 'dayFirst' || dates === 'monthFirst' ? dates : undefined;
}

function monthOf(name = ''): string | undefined {
	const lower = name.toLowerCase();
	const index = MONTHS.findIndex((starts) =>
		starts.split('|').some((start) => lower.startsWith(start)),
	);
	return index === -1 ? undefined : String(index + 1);
}

function isoDate(year = '', month = '', day = ''): string | undefined {
	const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
	const exists = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1;
	if (!exists || Number(day) > lastDay) return undefined;
	return [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-');
}
