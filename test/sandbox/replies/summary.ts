import { hash32 } from '../hash';
import { keySentences, requestedCount, sentencesOf } from './sentences';

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
