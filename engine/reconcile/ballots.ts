import type { AnswerIn, ReconcileOptions } from '../spec/reconcile';
import type { Ballot } from './ballot';
import type { AnswerText, Extract } from './reading';

/** Reads each answer; one that holds nothing of the kind abstains. */
export function ballotsOf(
	answers: readonly AnswerIn[],
	texts: readonly AnswerText[],
	extract: Extract,
	{ normalization }: Pick<ReconcileOptions, 'normalization'>,
): readonly Ballot[] {
	return answers.map(({ model, weight = 1 }, index) => {
		const text = texts[index];
		const reading = text && extract(text, normalization);
		return reading === undefined ? { model, weight } : { model, weight, reading };
	});
}
