import { chooseExtraction, type Chosen } from './auto';
import type { AnswerText } from '../reading';

/** One answer of each kind that the choice counts; a mixture moves it less than one kind alone. */
const KINDS: readonly AnswerText[] = [
	{ text: 'Two lines\nwithout a mark' },
	{ text: 'A' },
	{ text: '1' },
	{ text: 'no mark', marked: { text: 'neither a letter nor a number', mark: '' } },
];

/**
 * The extraction that `auto` chooses, if no further answers of that number could make it another
 * one; else `undefined`.
 */
export function settledExtraction(
	answers: readonly AnswerText[],
	outstanding: number,
): Chosen | undefined {
	const chosen = chooseExtraction(answers);
	if (outstanding === 0) return chosen;
	const isSettled = KINDS.every((kind) => {
		const completed = [...answers, ...Array<AnswerText>(outstanding).fill(kind)];
		return chooseExtraction(completed).used === chosen.used;
	});
	return isSettled ? chosen : undefined;
}
