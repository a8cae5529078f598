import type { Normalization } from '../../spec/reconcile';
import { formulaKey, isFormula } from './formulaKey';
import { isLiteral, literalKey } from './literalKey';
import { plainText } from './plainText';

/**
 * What two answers must share to count as the same text. Formulas and literals (`[1, 2]`,
 * `{"a": 1}`) keep their signs, in which their meaning lies; prose loses punctuation.
 */
export function textKey(text: string, normalization: Normalization): string {
	const plain = plainText(text);
	const cased = normalization.ignoreCase ? plain.toLowerCase() : plain;
	const spaced = normalization.ignoreWhitespace ? cased.replace(SPACES, ' ').trim() : cased;
	if (!normalization.ignorePunctuation) return spaced;
	const literal = isLiteral(spaced);
	if (literal && QUOTE.test(spaced)) return literalKey(spaced);
	if (isFormula(spaced)) return formulaKey(spaced);
	if (literal) return literalKey(spaced);
	const words = withoutPunctuation(spaced);
	return words === '' ? spaced : words;
}

const SPACES = /\s+/g;
const QUOTE = /["'“”‘’]/;

/**
 * Punctuation goes, except where it belongs to a number (`-5`, `1.5`, `10:30`, `2024-05-01`);
 * between words a hyphen or a slash counts as a space.
 */
function withoutPunctuation(text: string): string {
	return text.replace(JOINTS, ' ').replace(PUNCTUATION, '').replace(SPACES, ' ').trim();
}

const JOINTS = /(?<=\p{L})[-/–—](?=[\p{L}\d])/gu;
const PUNCTUATION =
	/(?<!\d)[,:/]|[-.,:/](?!\d)|[!?;…"'«»“”‘’`*_~()[\]{}|\\–—¿¡。、，．：；！？「」『』]/g;
