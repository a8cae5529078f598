import type { AttemptRecord } from '../spec/trace';
import { sumCostUsd } from './cost';

/** Calls that only lead to an answer, whatever they came to. */
const NEVER_THE_ANSWER: ReadonlyArray<AttemptRecord['purpose']> = ['draft', 'verify'];

/**
 * US$ of the calls that did not give the answer: failed or given up, drafts that were not accepted,
 * checks of an answer, and votes that were overruled. `undefined` when it is not known for one of
 * them, and when there is nothing to tell: no such call, or none that cost anything.
 *
 * @param answeredBy ID of the candidate that answered; absent when nobody did
 */
export function discardedCostUsd(
	attempts: readonly AttemptRecord[],
	answeredBy: string | undefined,
): number | undefined {
	const answers = attempts.filter(
		({ outcome, purpose }) =>
			answeredBy !== undefined && outcome === 'ok' && !NEVER_THE_ANSWER.includes(purpose),
	);
	const votes = answers.filter(({ purpose }) => purpose === 'vote');
	const haveVotesWon =
		votes.length === answers.length && votes.some(({ model }) => model === answeredBy);
	const gaveAnswer = haveVotesWon ? votes : answers.filter(({ purpose }) => purpose !== 'vote');
	const discarded = attempts.filter((attempt) => !gaveAnswer.includes(attempt));
	return sumCostUsd(discarded.map(({ costUsd }) => costUsd)) || undefined;
}
