import { hash32, pick } from '../hash';
import { capitalised, requestedCount, sentencesOf } from './sentences';

const OPENINGS = [
	'Few subjects repay a closer look as quickly as {s}.',
	'There is a simple reason why people keep talking about {s}.',
	'Anyone who takes an interest in {s} soon meets the same few questions.',
] as const;
const BODIES = [
	'A second look shows how much depends on timing and on the right conditions.',
	'What works in one place need not work in another, so it helps to start small and to watch what changes.',
	'Most mistakes come from haste: too much at once, too little patience, no notes.',
	'A simple record, kept for a few weeks, tells more about {s} than any rule of thumb.',
	'It also pays to ask those who have done it before; they know what can be left out.',
	'Small causes add up, and with {s} the small causes are easy to miss.',
] as const;
const CLOSINGS = [
	'With {s}, attention counts for more than effort.',
	'Those who begin with a small, well observed step will find that the rest follows.',
	'The best moment to begin is the next small decision about {s}.',
] as const;

/** A few sensible paragraphs on a topic, in the form that the instruction names. */
export function writeAbout(instruction: string, named: string, seed: string): string {
	const topic = named.trim().replace(/[.!?]+$/, '');
	const subject = subjectOf(topic);
	const fill = (line: string) => line.replaceAll('{s}', subject);
	const start = hash32(seed) % BODIES.length;
	const bodies = [0, 1, 2, 3].map((step) => BODIES[(start + step) % BODIES.length] ?? BODIES[0]);
	const opening = fill(pick(OPENINGS, `${seed} opening`));
	const closing = fill(pick(CLOSINGS, `${seed} closing`));
	const [one = '', two = '', three = '', four = ''] = bodies.map(fill);
	const sentenceCount = requestedCount(instruction, 'sentence');
	if (sentenceCount !== undefined) {
		return sentencesOf([opening, one, two, three, four, closing].join(' '))
			.slice(0, sentenceCount)
			.join(' ');
	}
	if (/\be-?mail\b/i.test(instruction)) {
		return `Subject: ${capitalised(topic)}\n\nHello,\n\n${opening} ${one}\n\n${closing}\n\nBest regards`;
	}
	if (/\b(?:tweet|slogan|tagline|headline|one-liner)\b/i.test(instruction)) return opening;
	const words = requestedCount(instruction, 'word');
	const paragraphs =
		words !== undefined && words < 80
			? [`${opening} ${one}`]
			: [`${opening} ${one}`, `${two} ${three}`, `${four} ${closing}`];
	const title = /\b(?:blog|article|post|essay|report)\b/i.test(instruction)
		? [`# ${capitalised(topic)}`]
		: [];
	return [...title, ...paragraphs].join('\n\n');
}

/** What follows `about`, `on` or `for`; else the instruction's own first words. */
export function topicOf(instruction: string): string {
	const named =
		/\b(?:about|regarding|on the topic of|on|explain|describe|topic:|titled)\s+(?:the topic of\s+)?["“']?([^\n.!?"”:]{3,80})/i.exec(
			instruction,
		)?.[1];
	const text = named ?? instruction.split(/[\n.!?:]/).find((part) => part.trim() !== '') ?? 'this';
	const cut = text.replace(
		/\b(?:in|with|using) (?:\d+|one|two|three|a few|short|simple)\b.*$/i,
		'',
	);
	const words = (cut.trim() === '' ? text : cut).trim().split(/\s+/);
	return words.slice(0, 10).join(' ').replace(/[,;]$/, '');
}

const QUESTION_WORD =
	/^(?:why|how|what|when|where|who)\s+(?:(?:is|are|does|do|did|can)\s+)?(?:an?\s+|the\s+)?/i;
const VERB =
	/\s+(?:matters?|does|do|did|is|are|was|were|can|could|should|will|works?|rises?|makes?|helps?|changes?|means?|affects?|happens?|needs?|grows?|saves?|comes?|goes|became|becomes?)\b.*$/i;

/** `Why bees matter to a garden` is about bees. */
function subjectOf(topic: string): string {
	const asked = QUESTION_WORD.test(topic);
	const subject = asked ? topic.replace(QUESTION_WORD, '').replace(VERB, '') : topic;
	const text = subject.trim() === '' ? topic : subject.trim();
	// In mid-sentence; names and abbreviations keep their capitals.
	return /^\p{Lu}\p{Ll}+(?: \p{Ll}|$)/u.test(text) && !asked
		? text.charAt(0).toLowerCase() + text.slice(1)
		: text;
}
