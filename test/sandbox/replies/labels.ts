import { hash32 } from '../hash';
import { contentWords } from './sentences';

/** `one of: a, b, c` · `into a, b or c` · `categories: a / b` · `either a or b`. */
const LISTED = [
	/(?:one of|labels?|categor(?:y|ies)|class(?:es)?|options?|values?)[^:\n]{0,40}:\s*([^\n.]+)/i,
	/\bone of (?:the following )?\(?([^\n.:()]+)\)?/i,
	/\b(?:classify|categori[sz]e|label|mark|tag|rate)\b[^\n.:]*?\b(?:as|into)\b\s*:?\s*([^\n.]+)/i,
	/\b(?:either|reply with|answer with|respond with|say)\b(?: only| exactly| one word| just|:)*\s*([^\n.]+)/i,
	/\(([^()\n]+(?:\/|,| or )[^()\n]+)\)/i,
];
const LETTERED = /^\s*(?:answer|option|candidate|response|choice)?\s*\(?([A-H])[).:]\s+\S/gim;

const GOOD =
	/\b(?:love|great|excellent|happy|good|nice|amazing|thanks?|pleased|fast|bright\w*|perfect|recommend|easy|well)\b/gi;
const BAD =
	/\b(?:hate|bad|terrible|broken|broke|angry|refund|worst|slow|late|disappoint\w*|never|cancel|damaged|cheap|loud|stopped|money back|missing|fail\w*|not work\w*|only)\b/gi;
const MATHS =
	/\b(?:how many|how much|how long|total|sum|percent|cost|price|each|twice|one-(?:third|fourth|half)|\d+)\b/gi;

const LEXICON: Readonly<Record<string, RegExp>> = {
	positive: GOOD,
	negative: BAD,
	urgent: /\b(?:urgent|immediately|asap|down|outage|critical|today|emergency)\b/gi,
	billing: /\b(?:invoice|charge[ds]?|refund|payment|bill|price|subscription)\b/gi,
	technical: /\b(?:error|crash\w*|bug|login|password|install|server|app|code|api)\b/gi,
	high: /\b(?:urgent|critical|down|immediately|blocked|outage)\b/gi,
	low: /\b(?:whenever|minor|small|curious)\b/gi,
	hard: /\b(?:prove|derive|percent|twice|probability|integral)\b/gi,
	math: MATHS,
	maths: MATHS,
	arithmetic: MATHS,
	choice: /\b(?:select the correct|which of the following|options?)\b|^\s*\d\. /gim,
	code: /\b(?:function|python|javascript|code|compile|bug|array)\b/gi,
};

/** What a text is pleased with and what it complains of, in how many words each. */
export function mood(text: string): { readonly good: number; readonly bad: number } {
	return { good: text.match(GOOD)?.length ?? 0, bad: text.match(BAD)?.length ?? 0 };
}

/** The labels that an instruction offers; empty when it offers none. */
export function offeredLabels(instruction: string, material = ''): readonly string[] {
	for (const pattern of LISTED) {
		const labels = splitLabels(pattern.exec(instruction)?.[1] ?? '');
		if (labels.length >= 2) return labels;
	}
	const asksForLetter = /\b(?:which|best|letter|choose|pick|select)\b/i.test(instruction);
	if (!asksForLetter) return [];
	const letters = [...`${instruction}\n${material}`.matchAll(LETTERED)].map(([, letter]) => letter);
	const distinct = [...new Set(letters.map((letter) => String(letter).toUpperCase()))];
	return distinct.length >= 2 ? distinct : [];
}

/** The label that suits the text best; the seed decides between equals. */
export function chooseLabel(labels: readonly string[], text: string, seed: string): string {
	const words = new Set(contentWords(text));
	const { good, bad } = mood(text);
	const mixed = labels.find((label) => /^mixed$/i.test(label));
	if (mixed !== undefined && good > 0 && bad > 0) return mixed;
	const scored = labels.map((label, index) => {
		const known = LEXICON[label.toLowerCase()];
		const hits = known === undefined ? 0 : (text.match(known)?.length ?? 0);
		const named = contentWords(label).filter((word) => words.has(word)).length;
		return { label, score: hits + 2 * named, tie: hash32(`${seed} ${index} ${label}`) };
	});
	const [best] = scored.toSorted((one, other) => other.score - one.score || one.tie - other.tie);
	return best?.label ?? '';
}

function splitLabels(list: string): readonly string[] {
	const labels = list
		.split(/,|\/|\||;|\bor\b|\band\b/i)
		.map((label) => label.replace(/^[\s"'`(*:-]+|[\s"'`)*:.!?]+$/g, ''))
		.filter((label) => label !== '');
	const areShort = labels.every((label) => label.length <= 30 && label.split(' ').length <= 3);
	return areShort && labels.length <= 20 ? labels : [];
}
