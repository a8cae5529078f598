import { reconcile } from '../reconcile';
import { isDecided } from '../reconcile/decided';
import type { FanOutPolicy } from '../spec/fanOut';
import { reconcileSchema, type AnswerIn, type ReconcileOptions } from '../spec/reconcile';

/** How the branches of one item stand. */
export interface Progress {
	/** Good answers, in the order of the branches. */
	readonly answers: readonly AnswerIn[];
	/** Branches that are being asked and can be counted on. */
	readonly underWay: number;
	/** Branches that are being asked and take much longer than the others did. */
	readonly late: number;
	/** Branches that were not asked yet. */
	readonly waiting: number;
}

/** Ask so many more branches, or ask no more and give up those under way. */
export type Move =
	| { readonly do: 'ask'; readonly more: number }
	| { readonly do: 'end'; readonly because: string };

/** What to do next with the branches of one item. Pure. */
export function nextMove(policy: FanOutPolicy, progress: Progress): Move {
	const { answers, waiting } = progress;
	const everyone: Move = { do: 'ask', more: waiting };
	switch (policy.waitFor) {
		case 'all':
			return everyone;
		case 'first':
			return answers.length < 1 ? everyone : { do: 'end', because: 'a first answer was there' };
		case 'quorum': {
			const { quorum } = policy;
			return answers.length < quorum
				? everyone
				: { do: 'end', because: `the quorum of ${quorum} answers was there` };
		}
		case 'agreement':
			return nextVote(policy, progress);
	}
}

/**
 * Under `agreement` every branch costs a call that may not be needed: so many are asked as could
 * decide the vote if they agreed with the leader, and one more whenever that cannot happen any more.
 */
function nextVote(policy: FanOutPolicy, { answers, underWay, late, waiting }: Progress): Move {
	const options = reconcileSchema.parse({ extract: policy.extract });
	const open = underWay + late + waiting;
	const outstanding = Array.from({ length: open }, () => ({ model: '' }));
	const isEnough = answers.length >= policy.minAnswers;
	if (open > 0 && isEnough && isDecided(answers, outstanding, options)) {
		const because = `the answers of ${answers.length} of ${answers.length + open} branches decide the vote`;
		return { do: 'end', because };
	}
	const needed = Math.max(
		fewestToDecide(answers, open, options),
		policy.minAnswers - answers.length,
	);
	return { do: 'ask', more: Math.min(waiting, Math.max(0, needed - underWay)) };
}

/** So many of the open votes, all for the leader, put it out of reach of the second. */
function fewestToDecide(
	answers: readonly AnswerIn[],
	open: number,
	options: ReconcileOptions,
): number {
	const [leader, second] = weights(answers, options);
	return Math.max(1, Math.floor((open + second - leader) / 2) + 1);
}

function weights(answers: readonly AnswerIn[], options: ReconcileOptions): [number, number] {
	if (answers.length < 2) return [answers.length, 0];
	const [leader, second] = reconcile(answers, options).votes;
	return [leader?.weight ?? 0, second?.weight ?? 0];
}
