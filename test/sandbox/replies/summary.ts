import { hash32, pick } from '../hash';
import { capitalised, keySentences, keyWords, requestedCount, sentencesOf } from './sentences';

/** An extractive summary: the text's own main sentences. */
export function summarise(material: string, instruction: string, seed: string): string {
	const points = requestedCount(instruction, 'point');
	if (points !== undefined || /\bbullet|key points|takeaways\b/i.test(instruction)) {
		return keySentences(material, points ?? 3)
			.map((sentence) => `- ${sentence}`)
			.join('\n');
	}
	const asked = requestedCount(instruction, 'sentence');
	const natural = Math.max(1, Math.min(3, Math.ceil(sentencesOf(material).length / 3)));
	// Models differ in how much they keep, unless they are told.
	const count = asked ?? natural + (natural > 1 ? hash32(seed) % 2 : 0);
	return keySentences(material, count).join(' ');
}

const NUMBER = /[$€£]?\d[\d,]*(?:\.\d+)?\s?%?/g;

/** What stands out in a text or table: its figures, its subjects, and what to do next. */
export function insights(material: string, instruction: string, seed: string): string {
	const figures = [...new Set(material.match(NUMBER) ?? [])].map((figure) => figure.trim());
	const subjects = keyWords(material, 3).map(capitalised);
	const largest = figures.toSorted((one, other) => valueOf(other) - valueOf(one))[0];
	const main = keySentences(material, 2);
	const lines = [
		...main.map((sentence) => sentence.replace(/\s+/g, ' ')),
		...(largest === undefined
			? []
			: [`The largest figure named is ${largest}, out of ${figures.length} in all.`]),
		...(subjects.length === 0 ? [] : [`Most of it turns on: ${subjects.join(', ')}.`]),
		pick(
			[
				'Next step: check the largest item first and look at it again after one period.',
				'Recommendation: follow the main driver weekly and set a limit that triggers a review.',
				'Suggested action: confirm the figures at their source before acting on them.',
			],
			seed,
		),
	];
	const count = requestedCount(instruction, 'point') ?? lines.length;
	return lines
		.slice(0, count)
		.map((line, index) => `${index + 1}. ${line}`)
		.join('\n');
}

function valueOf(figure: string): number {
	return Number(figure.replace(/[^\d.]/g, '')) || 0;
}
