import type { AnswerIn, ModelWeight, ReconcileOptions } from '../spec/reconcile';
import type { Ballot } from './ballot';
import type { AnswerText, Extract } from './reading';

/** Reads each answer; one that holds nothing of the kind abstains. */
export function ballotsOf(
	answers: readonly AnswerIn[],
	texts: readonly AnswerText[],
	extract: Extract,
	options: ReconcileOptions,
): readonly Ballot[] {
	return answers.map((answer, index) => {
		const source = texts[index];
		const reading = source && extract(source, options.normalization);
		const { model, isValid } = answer;
		const weight = weightOf(answer, options);
		// Made in one piece for the common case: there may be 100,000 of them.
		const ballot = reading === undefined ? { model, weight } : { model, weight, reading };
		return isValid === undefined ? ballot : { ...ballot, isValid };
	});
}

/** The answer's own weight, else its model's, else that of all others. */
export function weightOf(
	{ model, weight }: Pick<AnswerIn, 'model' | 'weight'>,
	{ weights, otherWeight }: Pick<ReconcileOptions, 'weights' | 'otherWeight'>,
): number {
	if (weight !== undefined) return weight;
	if (weights.length === 0) return 1;
	return tableOf(weights).get(model) ?? otherWeight;
}

const tables = new WeakMap<readonly ModelWeight[], ReadonlyMap<string, number>>();

function tableOf(weights: readonly ModelWeight[]): ReadonlyMap<string, number> {
	const known = tables.get(weights);
	if (known !== undefined) return known;
	const table = new Map(weights.map(({ model, weight }) => [model, weight]));
	tables.set(weights, table);
	return table;
}
