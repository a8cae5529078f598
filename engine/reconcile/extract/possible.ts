import type { AnswerText } from '../reading';
import { chooseExtraction, type Chosen } from './auto';

/**
 * One answer of each kind that the choice counts. What `auto` may still become, it becomes when all
 * further answers are of one kind: a mixture moves it less.
 */
const KINDS: readonly AnswerText[] = [
	{ text: '' },
	{ text: 'Two lines\nwithout a mark' },
	{ text: 'A' },
	{ text: '1' },
	{ text: 'no mark', marked: { text: 'neither a letter nor a number', mark: '' } },
	{ text: 'no mark', marked: { text: "'in quotes'", mark: '' } },
	{ text: 'no mark', marked: { text: '007', mark: '' } },
];

/** Every extraction that `auto` may choose once so many further answers are there. */
export function possibleExtractions(
	answers: readonly AnswerText[],
	outstanding: number,
): readonly Chosen[] {
	const possible = new Map<string, Chosen>();
	for (const kind of outstanding === 0 ? [] : KINDS) {
		const completed = [...answers, ...Array<AnswerText>(outstanding).fill(kind)];
		const chosen = chooseExtraction(completed);
		possible.set(chosen.used, chosen);
	}
	return possible.size === 0 ? [chooseExtraction(answers)] : [...possible.values()];
}
