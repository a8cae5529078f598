import type { CandidateLimits } from './provider';

/** A budget that a call has to fit into. */
export interface BudgetAsk {
	/** What it is kept under: a workflow and a credential, a run, an item. */
	readonly key: string;
	/** How messages name it, e.g. `Max Cost per Day`. */
	readonly label: string;
	readonly limitUsd: number;
	/** A sum starts anew with each period, e.g. the day; empty: it never does. */
	readonly period: string;
	/** Each item has a sum of its own. */
	readonly isOfItem?: boolean;
	/** Each credential has a sum of its own under this key. */
	readonly perCredential?: boolean;
}

/** One call that wants to be made. */
export interface AdmissionAsk {
	/** Credential and model. */
	readonly key: string;
	readonly limits: CandidateLimits;
	/** Estimated tokens, of the answer too. */
	readonly tokens: number;
	readonly budgets: readonly BudgetAsk[];
	/** Estimated US$; needed only where there are budgets. */
	readonly costUsd: number;
	/** The only model that is left is probed rather than refused. */
	readonly isLone: boolean;
	readonly nowMs: number;
}

/** How a call ended, for what was reserved for it. */
export interface AdmissionEnd {
	/** What it says about the vendor's health; absent: nothing. */
	readonly sample?: 'ok' | 'failure' | 'timeout';
	/** Tokens that were used; absent: not known, so the estimate stands. */
	readonly tokens?: number;
	/** US$; absent: not known, so the estimate stands. */
	readonly costUsd?: number;
	/** It never left: nothing was used. */
	readonly wasSent: boolean;
	readonly nowMs: number;
}

/** A call that may be made; `end` settles what was reserved for it, once. */
export interface Ticket {
	readonly end: (end: AdmissionEnd) => void;
}

export interface Refusal {
	readonly cause: 'breaker' | 'concurrency' | 'limit' | 'budget' | 'price';
	/** When to ask again, in milliseconds since the epoch; `Infinity`: not within this budget. */
	readonly untilMs: number;
	/** For `route.skipped`. */
	readonly reason: string;
}

export type AdmissionAnswer =
	| { readonly ticket: Ticket }
	| { readonly ticket?: undefined; readonly refusal: Refusal };

/**
 * Who may call now. One decision over breaker, concurrency, limits and budgets: what it admits is
 * reserved in the same step, so that no two calls are let through on the same room.
 */
export interface Admission {
	readonly ask: (ask: AdmissionAsk) => Promise<AdmissionAnswer>;
}
