import type * as z from 'zod/v4-mini';
import type { ChatRequest, FinishReason, TokenUsage } from './chat';
import type { ProviderFailure } from './failures';
import type { JsonValue } from './json';
import type { Plan } from './policies';
import type { AttemptRecord, CacheStatus, SkipRecord } from './trace';
import type { fanOutSchema } from './fanOutOptions';

export type FanOutPolicy = z.infer<typeof fanOutSchema>;

/** One voice of the fan-out: its own request and its own plan (a model, maybe with a backup). */
export interface Branch {
	/** The builder's name for it; default the model's ID. */
	readonly label: string;
	/** What kind of result the branch makes. */
	readonly kind: 'text';
	readonly request: ChatRequest;
	readonly plan: Plan;
}

interface BranchFacts {
	readonly label: string;
	/** A, B, C … in an order shuffled per item, so that a reader cannot tell the model by it. */
	readonly alias: string;
	/** The model that answered; for a branch without an answer the one that was asked. */
	readonly model: string;
	/** US$; absent when not known. */
	readonly costUsd?: number;
	readonly latencyMs: number;
	readonly cache: CacheStatus;
	readonly attempts: readonly AttemptRecord[];
	readonly skipped: readonly SkipRecord[];
	readonly warnings: readonly string[];
}

export interface BranchAnswer extends BranchFacts {
	readonly status: 'ok';
	readonly text: string;
	readonly data?: JsonValue;
	readonly usage: TokenUsage;
	readonly finishReason: FinishReason;
	readonly raw?: JsonValue;
}

export interface BranchFailure extends BranchFacts {
	readonly status: 'failed' | 'aborted' | 'skipped';
	readonly failure: Pick<ProviderFailure, 'kind' | 'message'>;
}

export type BranchResult = BranchAnswer | BranchFailure;

/** Results in the order of the branches, whatever finished first. */
export interface FanOutResult {
	readonly results: readonly BranchResult[];
	readonly succeeded: number;
	readonly failed: number;
	/** US$ over all branches, aborted and failed ones included; absent when any part is unknown. */
	readonly costUsd?: number;
	readonly latencyMs: number;
	readonly warnings: readonly string[];
}
