import type { Reconciled } from '../spec/reconcile';
import type { DistinctAnswer } from './distinctAnswers';
import { labelOf } from './order';
import { listed } from './prompts';

/**
 * Who agrees with whom, in letters and in sentences: what a writer is told about the answers before
 * it reads them. Holds no word of any answer.
 *
 * @param order places of `answers`, as they are shown
 */
export function standingOf(
	answers: readonly DistinctAnswer[],
	order: readonly number[],
	{ method, votes }: Reconciled,
): string {
	const shown = order.flatMap((place, at) => {
		const answer = answers[place];
		return answer === undefined ? [] : [{ label: labelOf(at), models: answer.models }];
	});
	const repeated = shown
		.filter(({ models }) => models.length > 1)
		.map(({ label, models }) => `Answer ${label} was given ${models.length} times.`);
	const camps = votes.map(({ models }) =>
		shown.filter((one) => one.models.some((model) => models.includes(model))),
	);
	const labels = camps.flatMap((camp) => camp.map(({ label }) => label));
	// Several answers of one model, or a method that parts no camps: nothing certain can be said.
	const isPartition = new Set(labels).size === labels.length;
	const agreeing = camps.filter((camp) => camp.length > 1);
	if (!isPartition) return [`Nobody compared the answers before you.`, ...repeated].join(' ');
	const found = agreeing.map(
		(camp) => `${listed(camp.map(({ label }) => label))} come to the same`,
	);
	const rule = `A fixed rule (${method}) compared what the answers come to, as far as it can read them`;
	const result =
		found.length === 0
			? 'no two of them come to the same'
			: `${found.join('; ')}; the others differ`;
	const whole = found.length > 0 && labels.length === shown.length && camps.length === 1;
	return [
		`${rule}: ${whole ? 'all of them come to the same' : result}. It can be wrong.`,
		...repeated,
	].join(' ');
}
