import * as z from 'zod/v4-mini';
import { lazily } from './lazily';
import { FAILURE_KINDS, type FailureKind } from './failures';

/** Failure kinds after which another candidate may answer, unless the builder says otherwise. */
export const DEFAULT_FALLBACK_ON: readonly FailureKind[] = FAILURE_KINDS.filter(
	(kind) =>
		!['invalid-request', 'authentication', 'permission', 'model-not-found', 'cancelled'].includes(
			kind,
		),
);

/** How the candidate that is asked first is chosen. */
export const STRATEGIES = ['cheapest', 'fastest', 'leastBusy', 'priority', 'weighted'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** All strategies of the Router: those that order one list, and those that ask it in steps. */
export const ROUTER_STRATEGIES = [...STRATEGIES, 'auto', 'cascade', 'consensus', 'rules'] as const;
export type RouterStrategy = (typeof ROUTER_STRATEGIES)[number];

/** What the builder may set about retries, fallback and time, with defaults and ranges. */
export const reliabilitySchema = lazily(() =>
	z.strictObject({
		/** Further calls to the same candidate after a failure that waiting may cure. */
		maxRetries: z._default(z.int().check(z.minimum(0), z.maximum(10)), 2),
		/** Calls in all for one item, over all candidates. */
		maxAttempts: z._default(z.int().check(z.minimum(1), z.maximum(50)), 8),
		fallbackOn: z._default(z.array(z.enum(FAILURE_KINDS)), [...DEFAULT_FALLBACK_ON]),
		/** Seconds for one attempt, headers and body. */
		timeoutSeconds: z._default(z.number().check(z.gt(0), z.maximum(3600)), 60),
		/** Seconds for the whole item, waits included. */
		deadlineSeconds: z._default(z.number().check(z.gt(0), z.maximum(86_400)), 180),
		/** Seconds after which a second model is asked beside a silent one; 0 or absent: never. */
		hedgeAfterSeconds: z.optional(z.number().check(z.minimum(0), z.maximum(3600))),
		/** Take the measured 95th percentile of the model instead, once there is one. */
		hedgeAtP95: z._default(z.boolean(), false),
		/** Seconds to wait for the first model to come back when all are pausing; absent: no bound. */
		recoveryWaitSeconds: z.optional(z.number().check(z.minimum(0), z.maximum(86_400))),
	}),
);

export const cachingSchema = lazily(() =>
	z.strictObject({
		/** `exact`: the same request to the same candidates with the same settings. */
		mode: z._default(z.enum(['off', 'exact']), 'exact'),
		ttlSeconds: z._default(z.int().check(z.minimum(1), z.maximum(31_536_000)), 3600),
		/** `workflow`: answers never cross workflows. `credential`: shared by all that use the credential. */
		scope: z._default(z.enum(['workflow', 'credential']), 'workflow'),
		/** Ask again and overwrite what is stored. */
		refresh: z._default(z.boolean(), false),
	}),
);

export const limitsSchema = lazily(() =>
	z.strictObject({
		/** Items in flight at the same time. */
		concurrency: z._default(z.int().check(z.minimum(1), z.maximum(1000)), 10),
		/** US$; an item that is estimated to cost more is refused before its first call. */
		maxCostPerItemUsd: z.optional(z.number().check(z.gt(0))),
		/** US$ over all items of one run of the node. */
		maxCostPerRunUsd: z.optional(z.number().check(z.gt(0))),
		/** US$ a day (UTC) for this workflow and credential. */
		maxCostPerDayUsd: z.optional(z.number().check(z.gt(0))),
		/** What follows when a call does not fit into a budget. */
		onBudget: z._default(z.enum(['stop', 'cheapest']), 'stop'),
		/** What follows when a model has reached its limit. */
		onLimit: z._default(z.enum(['next', 'wait']), 'next'),
	}),
);

export const outputSchema = lazily(() =>
	z.strictObject({
		includeInputFields: z._default(z.boolean(), true),
		includeAttempts: z._default(z.boolean(), true),
		includeRaw: z._default(z.boolean(), false),
	}),
);

export const routerOutputSchema = lazily(() =>
	z.extend(outputSchema, {
		/** Ask each model for one word and tell how it went, instead of answering. */
		checkModels: z._default(z.boolean(), false),
		/** Decide and estimate, call nobody. */
		dryRun: z._default(z.boolean(), false),
		/** Show the answer to whoever watches while it is being written. */
		enableStreaming: z._default(z.boolean(), true),
	}),
);

export type ReliabilityOptions = z.infer<typeof reliabilitySchema>;
export type CachingOptions = z.infer<typeof cachingSchema>;
export type LimitsOptions = z.infer<typeof limitsSchema>;
export type OutputOptions = z.infer<typeof outputSchema>;
export type RouterOutputOptions = z.infer<typeof routerOutputSchema>;

/**
 * What happens to an answer without the JSON that was asked for: handed back once to the model that
 * wrote it or to the cheapest one of the plan, or not at all.
 */
export const JSON_REPAIRS = ['cheapest', 'off', 'same'] as const;
export type JsonRepair = (typeof JSON_REPAIRS)[number];
export const DEFAULT_JSON_REPAIR: JsonRepair = 'same';

/** Full-jitter exponential backoff between attempts on one candidate. */
export interface RetryPolicy {
	readonly maxRetries: number;
	readonly maxAttempts: number;
	/** First ceiling of the random wait, in milliseconds; doubles with each retry. */
	readonly baseDelayMs: number;
	/** Highest ceiling of the random wait, in milliseconds. A vendor's own wait is not capped by it. */
	readonly maxDelayMs: number;
}

/** How one item is to be answered. Built and validated before the first call. */
export interface Plan {
	readonly strategy: Strategy;
	readonly candidates: readonly import('./provider').Candidate[];
	/** Under `weighted`: requests with the same key get the same model; absent: chance decides. */
	readonly stickyKey?: string;
	readonly retry: RetryPolicy;
	readonly fallbackOn: readonly FailureKind[];
	/** One attempt, headers and body, in milliseconds. */
	readonly attemptTimeoutMs: number;
	/** The whole item, in milliseconds from its start. */
	readonly deadlineMs: number;
	readonly cache: CachePlan;
	/** Absent: {@link DEFAULT_JSON_REPAIR}. */
	readonly jsonRepair?: JsonRepair;
	/** How long to wait when every candidate is pausing; absent: up to the deadline. */
	readonly recoveryWaitMs?: number;
	/** When a second candidate is asked beside a slow one; absent: never. */
	readonly hedge?: HedgePlan;
	/** Where a limit is reached: wait for room, or ask the next candidate meanwhile. Default `next`. */
	readonly onLimit?: 'wait' | 'next';
	/** Where a call does not fit into a budget: no answer, or the cheapest candidate that fits. */
	readonly onBudget?: 'stop' | 'cheapest';
	/** How much of the input is sent; absent: all of it, or none. */
	readonly input?: import('./preprocessing').InputPolicy;
	/** Keep the vendor's reply as it came in the response. */
	readonly keepRaw: boolean;
	/** Candidates that the builder listed but that cannot be used, with the reason. */
	readonly skipped: readonly import('./trace').SkipRecord[];
}

/** After how long a call is slow. */
export interface HedgePlan {
	/** Milliseconds; absent: only the measured time counts. */
	readonly afterMs?: number;
	/** The 95th percentile of the model's own answers, once it is known, else `afterMs`. */
	readonly atP95: boolean;
}

export interface CachePlan {
	readonly mode: 'off' | 'exact';
	readonly ttlMs: number;
	/** What keeps tenants apart: the workflow's ID, or nothing where the credential alone does. */
	readonly scope: string;
	readonly refresh: boolean;
	/** Tells apart answers that must differ: sample number, debate round, swapped order. */
	readonly variant?: string;
}
