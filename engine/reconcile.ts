import { answerText } from './reconcile/answerText';
import { ballotsOf } from './reconcile/ballots';
import { confidenceAt } from './reconcile/calibrate';
import { extractionFor, readsMarks } from './reconcile/extract/choose';
import { METHODS } from './reconcile/methods/methods';
import { InvalidPlanError } from './spec/errors';
import type { AnswerIn, Reconciled, ReconcileOptions } from './spec/reconcile';

/**
 * N answers to one: read each answer, let the method decide, say how. Pure, in time linear in the
 * text.
 *
 * @throws {InvalidPlanError} for less than two answers, or options that cannot be used
 */
export function reconcile(answers: readonly AnswerIn[], options: ReconcileOptions): Reconciled {
	requireSeveral(answers);
	return withinDepth(() => {
		const { method } = options;
		const withMark = readsMarks(options);
		const texts = answers.map(({ text }) => answerText(text, withMark));
		const { used, reason, extract } = extractionFor(texts, options);
		const verdict = METHODS[method](ballotsOf(answers, texts, extract, options), options);
		const confidence = confidenceAt(verdict.agreement, method, options);
		return {
			...verdict,
			method,
			extraction: { used, reason },
			...(confidence === undefined ? {} : { confidence }),
		};
	});
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

function withinDepth<T>(work: () => T): T {
	try {
		return work();
	} catch (error) {
		// The only way to run out of stack here: no rule of ours calls itself without data to go on.
		if (!(error instanceof RangeError)) throw error;
		throw new InvalidPlanError(
			'An answer holds objects or lists that are nested too deeply to be compared',
			'Set Text Field or JSON Path to the part of the answers that matters.',
		);
	}
}
