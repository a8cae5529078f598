import { answerText } from './reconcile/answerText';
import { ballotsOf } from './reconcile/ballots';
import { chooseExtraction, type Chosen } from './reconcile/extract/auto';
import { EXTRACTORS } from './reconcile/extract/extractions';
import { METHODS } from './reconcile/methods/methods';
import type { AnswerText } from './reconcile/reading';
import { InvalidPlanError } from './spec/errors';
import type { AnswerIn, Reconciled, ReconcileOptions } from './spec/reconcile';

/**
 * N answers to one: read each answer, let the method decide, say how. Pure, in time linear in the
 * text.
 */
export function reconcile(answers: readonly AnswerIn[], options: ReconcileOptions): Reconciled {
	requireSeveral(answers);
	const texts = answers.map(({ text }) => answerText(text));
	const { used, reason, extract } = chosenExtraction(texts, options);
	const ballots = ballotsOf(answers, texts, extract, options);
	return {
		...METHODS[options.method](ballots, options),
		method: options.method,
		extraction: { used, reason },
	};
}

function chosenExtraction(texts: readonly AnswerText[], { extract }: ReconcileOptions): Chosen {
	if (extract === 'auto') return chooseExtraction(texts);
	return { used: extract, reason: 'Set in the node', extract: EXTRACTORS[extract] };
}

/** One answer agrees with itself: without a second one there is nothing to reconcile. */
function requireSeveral(answers: readonly AnswerIn[]): void {
	if (answers.length >= 2) return;
	throw new InvalidPlanError(
		answers.length === 0
			? 'There are no answers to reconcile'
			: `There is only one answer to reconcile, by ${answers[0]?.model ?? 'one model'}`,
		'Give at least two answers to the same question, for example from a Parallel Fan-out with two or more candidates.',
	);
}
