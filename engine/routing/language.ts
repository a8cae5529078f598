import { LETTER, kindOf, lowerUnit } from './characters';
import { HASH_SEED, hashStep, hashWord } from './hash';
import { LANGUAGE_WORDS, TELLING_LETTERS, type LatinLanguage } from './languageWords';
import { languageOfScript, scriptOf, SCRIPT_NAMES, type ScriptLanguage } from './scripts';

/** ISO 639-1. */
export type LanguageCode = LatinLanguage | ScriptLanguage;

/** What a prompt is written in shows early; the rest is often quoted material. */
const READ_CHARS = 1500;

/** Points below which a guess is no guess, and how far the best must be ahead of the second. */
const LEAST_POINTS = 1.2;
const LEAST_LEAD = 1.15;
/** Share of the words that must be known: names and keywords are no language. */
const LEAST_SHARE = 0.12;

/** A word of one letter may be a variable, an option, the s of a genitive. */
const SINGLE_LETTER_POINTS = 0.25;
const LETTER_POINTS = 0.5;
/** Letters decide where words cannot; they must not outvote them. */
const MOST_LETTER_POINTS = 3;

const LATIN_LANGUAGES = Object.keys(LANGUAGE_WORDS) as LatinLanguage[];

const wordsOf = new Map<number, number[]>();
LATIN_LANGUAGES.forEach((language, index) => {
	for (const word of new Set(LANGUAGE_WORDS[language].split(' '))) {
		const hash = hashWord(word);
		wordsOf.set(hash, [...(wordsOf.get(hash) ?? []), index]);
	}
});

const lettersOf = new Map<number, readonly number[]>(
	TELLING_LETTERS.flatMap(([letters, languages]) =>
		[...letters].map(
			(letter) =>
				[
					letter.charCodeAt(0),
					languages.map((language) => LATIN_LANGUAGES.indexOf(language)),
				] as const,
		),
	),
);

/**
 * The language of a prompt by its script and its commonest words, `undefined` when unsure: short
 * prompts, names, code.
 */
export function languageOf(prompt: string): LanguageCode | undefined {
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
	const points = new Float64Array(LATIN_LANGUAGES.length);
	const letterPoints = new Float64Array(LATIN_LANGUAGES.length);
	let words = 0;
	let knownWords = 0;
	// A repeated word says nothing new.
	const counted = new Set<number>();
	let at = 0;
	while (at < text.length) {
		if (kindOf(text.charCodeAt(at)) !== LETTER) {
			addLetter(text.charCodeAt(at), letterPoints);
			at++;
			continue;
		}
		let hash = HASH_SEED;
		const start = at;
		for (; at < text.length; at++) {
			const unit = text.charCodeAt(at);
			if (kindOf(unit) !== LETTER) break;
			const lower = lowerUnit(unit);
			if (lower >= 0xa1) addLetter(lower, letterPoints);
			hash = hashStep(hash, lower);
		}
		words++;
		const languages = wordsOf.get(hash);
		if (languages === undefined) continue;
		knownWords++;
		if (counted.has(hash)) continue;
		counted.add(hash);
		const worth = at - start === 1 ? SINGLE_LETTER_POINTS : 1;
		for (const language of languages) {
			points[language] = (points[language] ?? 0) + worth / Math.sqrt(languages.length);
		}
	}
	const hasLetters = letterPoints.some((value) => value > 0);
	if (knownWords < LEAST_SHARE * words && !hasLetters) return undefined;
	const totals = points.map(
		(value, language) => value + Math.min(MOST_LETTER_POINTS, letterPoints[language] ?? 0),
	);
	const order = [...totals.keys()].sort((a, b) => (totals[b] ?? 0) - (totals[a] ?? 0));
	const [first = 0, second = 0] = order;
	const best = totals[first] ?? 0;
	if (best < LEAST_POINTS || best < LEAST_LEAD * (totals[second] ?? 0)) return undefined;
	return LATIN_LANGUAGES[first];
}

function addLetter(unit: number, points: Float64Array): void {
	const languages = lettersOf.get(unit);
	if (languages === undefined) return;
	for (const language of languages) {
		points[language] = (points[language] ?? 0) + LETTER_POINTS / Math.sqrt(languages.length);
	}
}
