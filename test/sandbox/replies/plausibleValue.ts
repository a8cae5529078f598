import { hash32, seededRandom } from '../hash';
import { chooseLabel, mood } from './labels';
import { capitalised, keySentences, keyWords, sentencesOf } from './sentences';

/** What is known while a field is filled: the text it is about, and a recorded solution of it. */
export interface Facts {
	readonly text: string;
	/** Model and prompt: the same field gets the same value, other models may get another. */
	readonly seed: string;
	readonly solution?: { readonly final: string; readonly reasoning: string };
}

const FOUND: readonly (readonly [RegExp, RegExp])[] = [
	[/e-?mail/i, /[\w.+-]+@[\w-]+\.[\w.]+\w/],
	[/url|link|website/i, /https?:\/\/[^\s)"']+/],
	[/phone|tel(ephone)?$/i, /\+?\d[\d ()/-]{6,}\d/],
	[
		/date|day|due|deadline|when/i,
		/\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w* \d{1,2}(?:, \d{4})?/,
	],
	[
		/order|invoice|ticket|reference|number$|^id$|_id$|Id$/i,
		/(?:#[A-Z]{0,5}-?|\b[A-Z]{1,5}-?)\d[\w-]*|\b\d{4,}\b/,
	],
	[/currency/i, /\b(?:USD|EUR|GBP|CHF|JPY)\b|[$€£¥]/],
	[
		/amount|price|total|cost|budget|revenue/i,
		/[$€£]\s?\d[\d,.]*\d|\d[\d,.]*\s?(?:USD|EUR|GBP|dollars|euros)/,
	],
	[
		/company|organi[sz]ation|vendor|customer/i,
		/\b\p{Lu}[\p{L}&]+(?: \p{Lu}[\p{L}&]+)* (?:Inc|Ltd|LLC|GmbH|Corp|AG|Co)\b\.?/u,
	],
	[/name|person|author|sender|contact|who/i, /\b\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+\b/u],
	[
		/city|place|location|country|where/i,
		/(?<=\b(?:in|at|from|to|of) )\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)?/u,
	],
];

const FINAL = /^(?:final_?)?(?:answer|result|solution|choice|value|output)$/i;
const REASONING = /reason|explanation|rationale|steps|thought|why|justification/i;

/** A text for a field of this name. */
export function plausibleText(name: string, facts: Facts): string {
	const { text, seed, solution } = facts;
	if (solution !== undefined && FINAL.test(name)) return solution.final;
	if (solution !== undefined && REASONING.test(name)) return solution.reasoning;
	if (/product|item$|article|device/i.test(name)) return thingIn(text) ?? titleOf(text);
	const pattern = FOUND.find(([field]) => field.test(name))?.[1];
	const found = pattern === undefined ? undefined : pattern.exec(text)?.[0];
	if (found !== undefined) return found;
	if (/sentiment|tone|mood/i.test(name)) {
		return chooseLabel(['positive', 'neutral', 'negative'], text, seed);
	}
	if (/priority|severity|urgency/i.test(name)) {
		return chooseLabel(['low', 'medium', 'high'], text, seed);
	}
	if (/language|locale/i.test(name)) return 'en';
	if (/title|headline|subject|topic/i.test(name)) return titleOf(text);
	if (/category|tag|label|type|keyword/i.test(name)) return keyWords(text, 1)[0] ?? 'general';
	if (REASONING.test(name)) {
		return `The text says so: ${keySentences(text, 1)[0] ?? 'nothing more is given.'}`;
	}
	const sentences = sentencesOf(text);
	return (
		sentences[hash32(`${seed} ${name}`) % Math.max(1, Math.min(sentences.length, 3))] ??
		titleOf(text)
	);
}

/** A number for a field of this name, before a schema narrows it. */
export function plausibleNumber(name: string, facts: Facts): number {
	const { text, seed, solution } = facts;
	const draw = seededRandom(`${seed} ${name}`)();
	if (solution !== undefined && (FINAL.test(name) || /number|total|amount/i.test(name))) {
		const final = Number(solution.final.replace(/[^\d.-]/g, ''));
		if (Number.isFinite(final)) return final;
	}
	if (/confidence|probability|score|likelihood|certainty/i.test(name)) {
		return Math.round((0.7 + draw * 0.28) * 100) / 100;
	}
	if (/rating|stars/i.test(name)) return 3 + Math.floor(draw * 3);
	const numbers = [...text.matchAll(/-?\d+(?:,\d{3})*(?:\.\d+)?/g)].map(([found]) =>
		Number(found.replaceAll(',', '')),
	);
	if (/amount|price|total|cost|budget|revenue|max/i.test(name) && numbers.length > 0) {
		return Math.max(...numbers);
	}
	return numbers[Math.floor(draw * numbers.length)] ?? 1 + Math.floor(draw * 9);
}

function titleOf(text: string): string {
	const words = keyWords(text, 3);
	return words.length === 0 ? 'Untitled' : words.map(capitalised).join(' ');
}

/** What a review or an order is about: the first thing that it names. */
function thingIn(text: string): string | undefined {
	const named = /\b(?:the|this|my|our|nice|new|first|second|third|an?)\s+(\p{Ll}{3,})\b/giu;
	const things = [...text.matchAll(named)].map(([, thing]) => String(thing));
	return things.find(
		(thing) => !/^(?:old|same|new|month|week|day|bit|few|last|review)$/.test(thing),
	);
}

const COMPLAINTS = /problem|issue|complain|negative|weak|risk|wrong|^cons$|defect/i;
const PRAISE = /praise|positive|strength|advantage|benefit|^pros$|like/i;
const SENTENCES = /point|finding|highlight|insight|action|step|recommend|fact|takeaway|sentence/i;

/** Texts for a list of this name; `undefined` where the name does not say what they are. */
export function plausibleTexts(name: string, facts: Facts): readonly string[] | undefined {
	const parts = sentencesOf(facts.text).flatMap((sentence) => sentence.split(/,\s+(?=\p{L})/u));
	const clauses = parts.map((part) => part.replace(/[.!?]+$/, ''));
	if (COMPLAINTS.test(name)) return clauses.filter((clause) => mood(clause).bad > 0);
	if (PRAISE.test(name)) {
		return clauses.filter((clause) => mood(clause).good > 0 && mood(clause).bad === 0);
	}
	if (SENTENCES.test(name)) return keySentences(facts.text, 3);
	return /s$/.test(name) ? keyWords(facts.text, 3) : undefined;
}

/** Yes or no for a field of this name. */
export function plausibleFlag(name: string, { text, seed }: Facts): boolean {
	if (/reply|urgent|escalat|attention|problem|complain|negative|refund/i.test(name)) {
		return mood(text).bad > 0;
	}
	return hash32(`${seed} ${name}`) % 3 !== 0;
}
