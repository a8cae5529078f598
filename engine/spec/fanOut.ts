import type * as z from 'zod/v4-mini';
import type { Attachment, ChatRequest, FinishReason, TokenUsage } from './chat';
import type { ProviderFailure } from './failures';
import type { JsonValue } from './json';
import type { Plan } from './policies';
import type { AttemptRecord, CacheStatus, SkipRecord } from './trace';
import type { fanOutSchema } from './fanOutOptions';

export type FanOutPolicy = z.infer<typeof fanOutSchema>;

/** A question to a chat model. */
interface TextTask {
	readonly kind: 'text';
	readonly request: ChatRequest;
}

/** What stands in an image, by a model that sees. */
interface ImageDescriptionTask {
	readonly kind: 'imageDescription';
	/** Holds the image and what to look for. */
	readonly request: ChatRequest;
	readonly detail?: 'low' | 'high';
}

/** What is said in a recording, by a model that only listens. */
interface TranscriptionTask {
	readonly kind: 'transcription';
	readonly recording: Attachment;
	/** BCP 47; absent: the model finds out. */
	readonly language?: string;
}

/**
 * One voice of the fan-out: what it is asked, and its own plan (a model, maybe with a backup).
 * Branches of several kinds may stand beside each other, since all of them result in a text.
 */
type BranchOfAnyKind = (TextTask | ImageDescriptionTask | TranscriptionTask) & {
	/** The builder's name for it; default the model's ID. */
	readonly label: string;
	readonly plan: Plan;
};

/** The kinds that can be asked; the others have their shape only. */
export const BRANCH_KINDS = ['text'] as const satisfies ReadonlyArray<BranchOfAnyKind['kind']>;
export type BranchKind = (typeof BRANCH_KINDS)[number];
export type Branch = Extract<BranchOfAnyKind, { readonly kind: BranchKind }>;

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

/**
 * A branch without an answer: it failed; it was given up because it was not needed any more or the
 * execution was stopped (`aborted`); it was never asked (`skipped`).
 */
export interface BranchFailure extends BranchFacts {
	readonly status: 'failed' | 'aborted' | 'skipped';
	readonly failure: Pick<ProviderFailure, 'kind' | 'message'>;
}

export type BranchResult = BranchAnswer | BranchFailure;

/** Results in the order of the branches, whatever finished first. */
export interface FanOutResult {
	readonly results: readonly BranchResult[];
	readonly succeeded: number;
	/** Branches that gave no answer although one was wanted; not those that were not needed. */
	readonly failed: number;
	/** US$ over all branches, aborted and failed ones included; absent when any part is unknown. */
	readonly costUsd?: number;
	readonly latencyMs: number;
	readonly warnings: readonly string[];
}
