import type { Normalization } from '../../spec/reconcile';
import { readDate } from '../read/date';
import { formulaKey, isFormula } from './formulaKey';
import { isLiteral, literalKey } from './literalKey';
import { plainText } from './plainText';
import { proseKey } from './proseKey';

/**
 * What two answers must share to count as the same text. Formulas and literals (`[1, 2]`,
 * `{"a": 1}`) keep their signs, in which their meaning lies; prose loses punctuation.
 */
export function textKey(text: string, normalization: Normalization): string {
	const plain = normalization.ignoreAccents ? withoutAccents(plainText(text)) : plainText(text);
	const date = readDate(plain, normalization.dates);
	if (date !== undefined) return date;
	const cased = normalization.ignoreCase ? plain.toLowerCase() : plain;
	const spaced =
		normalization.ignoreWhitespace && ODD_SPACE.test(cased)
			? cased.replace(SPACES, ' ').trim()
			: cased;
	if (!normalization.ignorePunctuation) return spaced;
	const literal = isLiteral(spaced);
	if (literal && QUOTE.test(spaced)) return literalKey(spaced);
	if (NUMBERS.test(spaced)) return spaced.replace(SEPARATORS, '$1 ');
	if (isFormula(spaced)) return formulaKey(spaced);
	if (literal) return literalKey(spaced);
	const words = normalization.ignoreWhitespace ? proseKey(spaced) : spacedProseKey(spaced);
	return words === '' ? spaced : words;
}

/** `-3,4` and `-3, 4` are the same numbers; a number with thousands is read before it gets here. */
const NUMBERS = /^-?[\d.]{1,40}(?:\s?[,;]\s?-?[\d.]{1,40}){1,40}$/;
const SEPARATORS = /\s?([,;])\s?/g;

function withoutAccents(text: string): string {
	return text
		.normalize('NFD')
		.replace(/\p{M}+/gu, '')
		.normalize('NFC');
}

function spacedProseKey(text: string): string {
	const parts = text.split(/(\s+)/);
	return parts.map((part) => (/^\s/.test(part) ? part : proseKey(part))).join('');
}

const ODD_SPACE = /\s\s|[^\S ]|^\s|\s$/;
const SPACES = /\s+/g;
const QUOTE = /["'“”‘’]/;
