import { hash32, pick } from '../hash';
import { capitalised, requestedCount, sentencesOf } from './sentences';

const OPENINGS = [
	'Few subjects repay a closer look as quickly as {t}.',
	'There is a simple reason why people keep talking about {t}.',
	'Anyone who works with {t} soon meets the same few questions.',
] as const;
const BODIES = [
	'The first step is to be clear about the goal: what should be better afterwards, and how will that be seen?',
	'Good results come from small steps. Start with one case, measure it, and widen the circle only when it works.',
	'Costs and benefits belong on one page, because an effort is worth only what it saves in time, money or mistakes.',
	'It pays to involve the people who will live with the outcome; they know where {t} can help and where not.',
	'Reliable data is the foundation. Where it is missing, decisions about {t} rest on guesses, and guesses do not scale.',
	'A short checklist keeps the work honest: purpose, owner, measure, and a date on which to look again.',
] as const;
const CLOSINGS = [
	'In the end this is a habit rather than a project: look, adjust, repeat.',
	'Those who begin with a small, well measured step will find that the rest soon carries itself.',
	'The best moment to begin is the next small decision about {t}.',
] as const;

/** A few sensible paragraphs on a topic, in the form that the instruction names. */
export function writeAbout(instruction: string, named: string, seed: string): string {
	const topic = decapitalised(named.trim().replace(/[.!?]+$/, ''));
	const fill = (line: string) =>
		line.replaceAll('{T}', capitalised(topic)).replaceAll('{t}', topic);
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

/** What follows `about`, `on` or `for`; else the instruction's own last words. */
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

/** Inside a sentence, unless it is a name or an abbreviation. */
function decapitalised(topic: string): string {
	return /^\p{Lu}\p{Ll}+ \p{Ll}/u.test(topic)
		? topic.charAt(0).toLowerCase() + topic.slice(1)
		: topic;
}
