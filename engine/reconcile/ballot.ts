import type { ReconcileOptions, Reconciled } from '../spec/reconcile';
import type { Reading } from './reading';

/** One answer as it enters the vote. */
export interface Ballot {
	readonly model: string;
	/** What its vote counts where the method weighs votes. */
	readonly weight: number;
	/** Absent: nothing could be read, an abstention. It still counts in the denominator. */
	readonly reading?: Reading;
	/** What a test outside of the engine says of it. */
	readonly isValid?: boolean;
}

/** What a method decides; the rest of the result is the same for all methods. */
export type Verdict = Omit<Reconciled, 'method' | 'extraction'>;

export type Method = (ballots: readonly Ballot[], options: ReconcileOptions) => Verdict;
