import { hash32, pick } from '../hash';
import { writeAbout, topicOf } from './essay';
import { fieldValues, requestedFields } from './jsonFields';
import { chooseLabel, offeredLabels } from './labels';
import type { Facts } from './plausibleValue';
import type { PromptParts } from './promptParts';
import { restyle } from './rewrite';
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
	const { instruction, material } = parts;
	const subject = material === '' ? instruction : material;
	const echo = ECHO.exec(instruction)?.[1] ?? BARE_ECHO.exec(instruction.trim())?.[1];
	const labels = CLASSIFY.test(instruction) ? offeredLabels(instruction, material) : [];
	if (labels.length > 0) return chooseLabel(labels, subject, seed);
	if (echo !== undefined) return echo;
	if (WANTS_JSON.test(instruction)) return jsonReply(parts, seed);
	const fields = EXTRACT.test(instruction) ? requestedFields(instruction) : [];
	if (fields.length > 0) return asLines(fieldValues(fields, { text: subject, seed }));
	if (material !== '') {
		if (SUMMARISE.test(instruction)) return summarise(material, instruction, seed);
		if (INSIGHTS.test(instruction)) return insights(material, instruction, seed);
		if (REWRITE.test(instruction)) return restyle(material, instruction, seed);
	}
	const sum = arithmetic(subject);
	if (sum !== undefined) return sum;
	if (material !== '' && /\?/.test(instruction)) return passage(material, instruction);
	if (WRITE.test(instruction)) return writeAbout(instruction, topicIn(parts), seed);
	return material === '' ? shortAnswer(instruction, seed) : summarise(material, instruction, seed);
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

/** A few words after a colon are the topic itself. */
function topicIn({ instruction, material }: PromptParts): string {
	return material !== '' && material.length < 150 ? material : topicOf(instruction);
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
