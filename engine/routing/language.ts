import type { Language } from '../spec/facts';
import { LETTER, kindOf, lowerUnit } from './characters';
import { HASH_SEED, hashStep, hashWord } from './hash';
import { LANGUAGE_WORDS, TELLING_LETTERS, type LatinLanguage } from './languageWords';
import { quotationEnd } from './quotation';
import { languageOfScript, scriptOf, SCRIPT_NAMES } from './scripts';

/** What a prompt is written in shows early; the rest is often quoted material. */
const READ_CHARS = 700;

/** Points below which a guess is no guess, and how far the best must be ahead of the second. */
const LEAST_POINTS = 1.2;
const LEAST_LEAD = 1.15;
/** Share of the words that must be known: names and keywords are no language. */
const LEAST_SHARE = 0.12;

/** A word of one letter may be a variable, an option, the s of a genitive. */
const SINGLE_LETTER_POINTS = 0.25;
const LETTER_POINTS = 0.5;
/** What is quoted is often in another language than what is asked about it. */
const QUOTED_SHARE = 0.25;
/** Letters decide where words cannot; they must not outvote them. */
const MOST_LETTER_POINTS = 3;

/** No telling letter or sign comes before it. */
const LEAST_TELLING = 0xa1;

const LATIN_LANGUAGES = Object.keys(LANGUAGE_WORDS) as LatinLanguage[];

/** Some of the languages, and what a point for all of them is worth to each. */
interface Shared {
	readonly languages: readonly number[];
	readonly share: number;
}

/** By key; a word or letter of several languages says less for each of them. */
function sharedBy(entries: ReadonlyArray<readonly [number, number]>): ReadonlyMap<number, Shared> {
	const languagesOf = new Map<number, number[]>();
	for (const [key, language] of entries) {
		languagesOf.set(key, [...(languagesOf.get(key) ?? []), language]);
	}
	return new Map(
		[...languagesOf].map(([key, languages]) => [
			key,
			{ languages, share: 1 / Math.sqrt(languages.length) },
		]),
	);
}

const byWord = sharedBy(
	LATIN_LANGUAGES.flatMap((language, index) =>
		[...new Set(LANGUAGE_WORDS[language].split(' '))].map(
			(word) => [hashWord(word), index] as const,
		),
	),
);

const byLetter = sharedBy(
	TELLING_LETTERS.flatMap(([letters, languages]) =>
		[...letters].flatMap((letter) =>
			languages.map(
				(language) => [letter.charCodeAt(0), LATIN_LANGUAGES.indexOf(language)] as const,
			),
		),
	),
);

/**
 * The language of a prompt by its script and its commonest words, `undefined` when unsure: short
 * prompts, names, code.
 */
export function languageOf(prompt: string): Language | undefined {
	const text = prompt.length > READ_CHARS ? prompt.slice(0, READ_CHARS) : prompt;
	const scripts = new Int32Array(SCRIPT_NAMES.length);
	for (let at = 0; at < text.length; at++) {
		const script = scriptOf(text.charCodeAt(at));
		if (script >= 0) scripts[script] = (scripts[script] ?? 0) + 1;
	}
	const other = languageOfScript(scripts, text);
	return other === 'latin' ? latinLanguage(text) : other;
}

function latinLanguage(text: string): LatinLanguage | undefined {
	const said = new Float64Array(LATIN_LANGUAGES.length);
	const quoted = new Float64Array(LATIN_LANGUAGES.length);
	const letterPoints = new Float64Array(LATIN_LANGUAGES.length);
	let words = 0;
	let knownWords = 0;
	// A repeated word says nothing new.
	const counted = new Set<number>();
	let at = 0;
	let quotedUntil = 0;
	while (at < text.length) {
		const sign = text.charCodeAt(at);
		if (kindOf(sign) !== LETTER) {
			if (at >= quotedUntil) quotedUntil = quotationEnd(text, at);
			if (sign >= LEAST_TELLING) add(byLetter.get(sign), LETTER_POINTS, letterPoints);
			at++;
			continue;
		}
		let hash = HASH_SEED;
		const start = at;
		for (; at < text.length; at++) {
			const unit = text.charCodeAt(at);
			if (kindOf(unit) !== LETTER) break;
			const lower = lowerUnit(unit);
			if (lower >= LEAST_TELLING) add(byLetter.get(lower), LETTER_POINTS, letterPoints);
			hash = hashStep(hash, lower);
		}
		words++;
		const known = byWord.get(hash);
		if (known === undefined) continue;
		knownWords++;
		if (counted.has(hash)) continue;
		counted.add(hash);
		const worth = at - start === 1 ? SINGLE_LETTER_POINTS : 1;
		add(known, worth, start < quotedUntil ? quoted : said);
	}
	const hasLetters = letterPoints.some((value) => value > 0);
	if (knownWords < LEAST_SHARE * words && !hasLetters) return undefined;
	const share = Math.max(...said) >= LEAST_POINTS ? QUOTED_SHARE : 1;
	const totals = said.map(
		(value, language) =>
			value +
			share * (quoted[language] ?? 0) +
			Math.min(MOST_LETTER_POINTS, letterPoints[language] ?? 0),
	);
	const best = Math.max(...totals);
	const first = totals.indexOf(best);
	totals[first] = 0;
	if (best < LEAST_POINTS || best < LEAST_LEAD * Math.max(...totals)) return undefined;
	return LATIN_LANGUAGES[first];
}

function add(known: Shared | undefined, points: number, to: Float64Array): void {
	if (known === undefined) return;
	for (const language of known.languages) {
		to[language] = (to[language] ?? 0) + points * known.share;
	}
}
