import { hash32, pick } from '../hash';
import { writeAbout, topicOf } from './essay';
import { fieldValues, requestedFields } from './jsonFields';
import { chooseLabel, offeredLabels } from './labels';
import type { Facts } from './plausibleValue';
import type { PromptParts } from './promptParts';
import { restyle } from './rewrite';
import { smallTalk } from './smallTalk';
import { capitalised, contentWords, sentencesOf } from './sentences';
import { insights } from './insights';
import { summarise } from './summary';

const CLASSIFY =
	/\b(?:classif|categor|sentiment|label|triage|which (?:of|answer|option|category|one)|one of|choose|pick|decide|route|sort\b|is this|reply with (?:one|only))/i;
const SUMMARISE =
	/\b(?:summar|tl;?dr|condense|shorten|key points|takeaways|brief overview|abstract)/i;
const REWRITE =
	/\b(?:rewrit|rephras|restyl|polish|improve|edit\b|proofread|paraphras|tone|style|format|translate)/i;
const INSIGHTS = /\b(?:insight|analy[sz]|trend|finding|recommend|observ|pattern)/i;
const COMBINE = /\b(?:best|final|combine|synthesi[sz]e|merge|consensus|reconcile|agree)\b/i;
const WRITE =
	/\b(?:write|draft|compose|create|generate|blog|article|post|story|essay|poem|email|describe|explain|outline|brainstorm)\b/i;
const WANTS_JSON =
	/\b(?:reply|respond|answer|return|output|give|produce|write|extract|format|convert|classify|use|provide)\b[^\n]{0,80}\bjson\b|\bjson only\b/i;
const EXTRACT = /\b(?:extract|pull out|identify)\b/i;
const ECHO =
	/\b(?:say|reply|respond|answer)(?: only| just)?(?: with)?(?: exactly| only)?(?: the words?)?\s*:?\s*["'“”`]([^"'“”`\n]{1,200})["'“”`]/i;
const BARE_ECHO =
	/^(?:please )?(?:say|reply with|respond with|answer with)(?: exactly| only| just)?:?\s+([\w !.?-]{1,60}?)[.!]?$/i;
const SUM =
	/(-?\d+(?:\.\d+)?)\s*([+*×x/÷-]|plus|minus|times|divided by)\s*(-?\d+(?:\.\d+)?)\s*(?:=|\?|$)/i;

/** A sensible text for a prompt that nobody recorded; prompt and model decide, chance does not. */
export function replyToUnknown(parts: PromptParts, seed: string): string {
	const { instruction, order, material } = parts;
	const subject = material === '' ? order : material;
	const echo = ECHO.exec(order)?.[1] ?? BARE_ECHO.exec(order.trim())?.[1];
	const labels = CLASSIFY.test(instruction) ? offeredLabels(instruction, material) : [];
	if (labels.length > 0) return chooseLabel(labels, subject, seed);
	if (echo !== undefined) return echo;
	const agreed = COMBINE.test(instruction) ? agreedAnswer(`${order}\n${material}`) : undefined;
	if (agreed !== undefined) return agreed;
	if (WANTS_JSON.test(instruction)) return jsonReply(parts, seed);
	const fields = EXTRACT.test(instruction) ? requestedFields(instruction) : [];
	if (fields.length > 0) return asLines(fieldValues(fields, { text: subject, seed }));
	const treated = material === '' ? undefined : treat(instruction, order, material, seed);
	if (treated !== undefined) return treated;
	const known = smallTalk(subject) ?? arithmetic(subject);
	if (known !== undefined) return known;
	if (material !== '' && /\?/.test(instruction)) return passage(material, instruction);
	if (WRITE.test(instruction)) return writeAbout(instruction, topicIn(parts), seed);
	return material === '' ? shortAnswer(order, seed) : summarise(material, instruction, seed);
}

/** What is done to a text: the first thing that the order names, else the system prompt. */
function treat(
	instruction: string,
	order: string,
	material: string,
	seed: string,
): string | undefined {
	const treatments = [
		[SUMMARISE, summarise],
		[INSIGHTS, insights],
		[REWRITE, restyle],
	] as const;
	for (const text of [order, instruction]) {
		const [first] = treatments
			.map(([words, act]) => ({ at: text.search(words), act }))
			.filter(({ at }) => at !== -1)
			.toSorted((one, other) => one.at - other.at);
		if (first !== undefined) return first.act(material, instruction, seed);
	}
	return undefined;
}

/** An object with the fields that the prompt names, or the text's main points. */
export function jsonReply({ instruction, material }: PromptParts, seed: string): string {
	const text = material === '' ? instruction : material;
	const facts: Facts = { text, seed };
	const fields = requestedFields(instruction);
	const names = fields.length > 0 ? fields : ['title', 'summary', 'keywords'];
	return JSON.stringify(fieldValues(names, facts), null, 2);
}

function asLines(values: Readonly<Record<string, unknown>>): string {
	return Object.entries(values)
		.map(([name, value]) => `${capitalised(name.replaceAll('_', ' '))}: ${String(value)}`)
		.join('\n');
}

/** The passage of a given text that speaks of what is asked. */
function passage(material: string, question: string): string {
	const asked = new Set(contentWords(question));
	const scored = sentencesOf(material).map((sentence, index) => ({
		sentence,
		index,
		score: contentWords(sentence).filter((word) => asked.has(word)).length,
	}));
	const [best] = scored.toSorted(
		(one, other) => other.score - one.score || one.index - other.index,
	);
	return best?.sentence ?? material;
}

function arithmetic(text: string): string | undefined {
	const [, left, sign = '', right] = SUM.exec(text) ?? [];
	if (left === undefined || right === undefined) return undefined;
	const [a, b] = [Number(left), Number(right)];
	if (/^(?:\+|plus)$/i.test(sign)) return String(a + b);
	if (/^(?:-|minus)$/i.test(sign)) return String(a - b);
	if (/^(?:[*×x]|times)$/i.test(sign)) return String(a * b);
	return b === 0 ? 'Division by zero has no result.' : String(a / b);
}

const GIVEN_ANSWER =
	/^\s*(?:answer|response|candidate|model|option)\s+\(?\w{1,20}\)?\s*[:.]\s*(\S.*)$/gim;

/** Of several answers that a prompt lists: the one given most, the longest of equals. */
function agreedAnswer(text: string): string | undefined {
	const given = [...text.matchAll(GIVEN_ANSWER)].map(([, answer]) => String(answer).trim());
	if (given.length < 2) return undefined;
	const count = (answer: string) => given.filter((other) => other === answer).length;
	return given.toSorted((one, other) => count(other) - count(one) || other.length - one.length)[0];
}

/** A few words after a colon are the topic itself. */
function topicIn({ order, material }: PromptParts): string {
	return material !== '' && material.length < 150 ? material : topicOf(order);
}

function shortAnswer(prompt: string, seed: string): string {
	const topic = topicOf(
		prompt.replace(/^(?:what|who|when|where|why|how)\b\s*(?:is|are|do|does|did|can)?\s*/i, ''),
	);
	const first = pick(
		[
			`In short, ${topic} depends on the goal and on what is already in place.`,
			`The short answer on ${topic}: start from the purpose and work backwards.`,
			`There is no single answer to ${topic}, but one consideration comes first.`,
		],
		`${seed} first`,
	);
	const second = pick(
		[
			'Compare the two or three realistic options on cost, effort and risk.',
			'Write down what would count as success before choosing a way.',
			'Try the smallest version first and judge it by a number, not by a feeling.',
		],
		`${seed} second`,
	);
	const third = 'If you tell me more about the situation, I can be more specific.';
	return hash32(`${seed} third`) % 2 === 0 ? `${first} ${second}` : `${first} ${second} ${third}`;
}
