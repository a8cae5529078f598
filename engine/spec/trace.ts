import type { FailureKind } from './failures';
import type { TokenUsage } from './chat';

/** One HTTP request (one call, for a connected model), in the order in which they started. */
export interface AttemptRecord {
	/** Candidate ID, e.g. `openai/gpt-…`. */
	readonly model: string;
	/** 1 for the first call to this candidate within the item. */
	readonly attempt: number;
	/** `aborted`: given up by us because another answer was taken or the execution stopped. */
	readonly outcome: 'ok' | 'aborted' | FailureKind;
	/** The model that the vendor says answered, where it is not the one in `model`. */
	readonly modelId?: string;
	readonly status?: number;
	readonly latencyMs: number;
	/** US$; absent when no usage was reported or the price is not known. */
	readonly costUsd?: number;
	/** What went wrong, in one sentence; absent for `ok`. */
	readonly message?: string;
	readonly usage?: TokenUsage;
	readonly requestId?: string;
	/** Characters of the answer that were shown before it failed; absent when none were. */
	readonly shownCharacters?: number;
	/** What the call was for, where it was not simply to answer. */
	readonly purpose?:
		| 'repair'
		| 'draft'
		| 'verify'
		| 'vote'
		| 'judge'
		| 'rank'
		| 'synthesize'
		| 'debate'
		| 'part'
		| 'combine';
	/** It was started beside the call before it, which was slow. */
	readonly hedge?: true;
	/** Which key of the credential was used, where it has several: 1 is the first. */
	readonly key?: number;
}

/** A candidate that was not called, and why. */
export interface SkipRecord {
	readonly model: string;
	readonly reason: string;
}

export interface RouteRecord {
	readonly strategy: string;
	/** Why this candidate was asked first, in one sentence. */
	readonly reason: string;
	/** Under `weighted`: A for the first listed model, B for the second …; whose turn it was. */
	readonly arm?: string;
	readonly skipped: readonly SkipRecord[];
}

/** `hit`: from the cache. `joined`: the same request was already under way. */
export type CacheStatus = 'hit' | 'miss' | 'joined' | 'off';

/** Everything that happened for one request. */
export interface Trace {
	readonly attempts: readonly AttemptRecord[];
	readonly route: RouteRecord;
	readonly cache: CacheStatus;
	/** From start to answer or error, waits included. */
	readonly latencyMs: number;
	/** US$ over all attempts; 0 for `hit` and `joined`; absent when any part of it is unknown. */
	readonly costUsd?: number;
	readonly warnings: readonly string[];
}
