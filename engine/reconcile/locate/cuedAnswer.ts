import { endOfLine } from './taggedAnswer';

/**
 * What follows the last "the answer is", "**Answer:**" or a heading "Final answer", in English and
 * the words that other languages use for it: the rest of the sentence.
 */
export function cuedAnswer(text: string): string | undefined {
	const lastCues: Array<readonly [start: number, end: number]> = [];
	for (const { index, 0: cue } of text.matchAll(CUE)) {
		if (lastCues.length === MAX_CUES) lastCues.shift();
		lastCues.push([index, index + cue.length]);
	}
	for (const [start, cueEnd] of lastCues.reverse()) {
		const found = answerAfter(text, start, cueEnd);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** How many mentions of "answer" are looked at, from the last one back. */
const MAX_CUES = 32;

/** What an answer is called where it is announced; tags and JSON fields say `answer` as well. */
const CUE =
	/answers?|(?:correct|best|right|final) (?:option|choice)|antwort|antwoord|réponse|respuesta|resposta|risposta|odpowied[źz]|svar|ответ|答案|答え|정답|الإجابة|उत्तर/gi;

/** In lower case; whatever is a cue holds one of them. */
export const CUE_STEMS: readonly string[] = [
	'answer',
	'option',
	'choice',
	'antwo',
	'réponse',
	'respuesta',
	'resposta',
	'risposta',
	'odpowied',
	'svar',
	'ответ',
	'答案',
	'答え',
	'정답',
	'الإجابة',
	'उत्तर',
];

const CLOSERS = String.raw`[*_"'”’)\]]{0,6}`;
/** "Answer (rounded):", "The answer to the second question is". */
const ASIDE = String.raw`(?: (?:choice|option|number|letter))?(?: ?\([^()\n]{1,60}\)| (?:to|for|of) [^.:\n]{1,80}?|, [a-z]{1,16},)?`;
const VERBS = 'is|are|was|would be|should be|must be|will be|ist|lautet|est|es|é|è|jest|är|это';
const CONNECTOR = new RegExp(
	`${CLOSERS}${ASIDE}${CLOSERS} {0,4}(?:[:：=→]|[-–—](?= )| (?:${VERBS})(?![a-zà-ÿ])|是|为|は|은|는|(?=\\([A-Z]\\)))${CLOSERS} {0,4}[:：]?${CLOSERS}`,
	'iy',
);
const HEADING_END = new RegExp(`${CLOSERS}[:：]?${CLOSERS} {0,8}(?:\\r?\\n|$)`, 'y');
const HEADING_START = /(?:^|\n)[#*_> ]{0,8}(?:the |my )?(?:final |correct |short )?$/i;
const NEGATED = /^\s*(?:not\b|n't\b|neither\b|unclear\b|unknown\b)/i;

function answerAfter(text: string, cueStart: number, cueEnd: number): string | undefined {
	const isHeading = HEADING_START.test(text.slice(Math.max(0, cueStart - 40), cueStart));
	const start =
		(isHeading ? end(HEADING_END, text, cueEnd) : undefined) ?? end(CONNECTOR, text, cueEnd);
	if (start === undefined) return undefined;
	const answer = firstSentence(firstLine(text, start));
	return answer === '' || NEGATED.test(answer) ? undefined : answer;
}

function end(pattern: RegExp, text: string, index: number): number | undefined {
	pattern.lastIndex = index;
	const found = pattern.exec(text);
	return found === null ? undefined : index + found[0].length;
}

/** The first line from `start` on that holds more than emphasis and rules. */
function firstLine(text: string, start: number): string {
	for (let from = start; from < text.length; ) {
		const to = endOfLine(text, from);
		const line = text.slice(from, to).trim();
		if (/[^\s*_#=`$[\]\\-]/.test(line)) return line;
		from = to + 1;
	}
	return '';
}

/** A full stop ends a sentence after a word of three letters, a digit or a bracket: not "Dr.". */
const SENTENCE_END = /(?:[\p{L}\p{N}]{3}|\d|[)\]}"'”*$])[.!?](?=\s)|[。！？]/u;

function firstSentence(line: string): string {
	const found = SENTENCE_END.exec(line);
	const sentence = found === null ? line : line.slice(0, found.index + found[0].length);
	return /[.!。！]/.test(sentence.slice(-1)) ? sentence.slice(0, -1) : sentence;
}
