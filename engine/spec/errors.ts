import type { Trace } from './trace';

export const ENGINE_ERROR_CODES = [
	'INVALID_PLAN',
	'NO_ELIGIBLE_CANDIDATE',
	'ALL_CANDIDATES_FAILED',
	'DEADLINE_EXCEEDED',
	'BUDGET_EXCEEDED',
	'CANCELLED',
] as const;
export type EngineErrorCode = (typeof ENGINE_ERROR_CODES)[number];

/**
 * What leaves the engine when an item gets no answer. `message` says what happened, `advice` what
 * the builder can do about it, `trace` every attempt in order.
 */
export class EngineError extends Error {
	constructor(
		readonly code: EngineErrorCode,
		message: string,
		readonly advice: string,
		/** Absent when it failed before any work began. */
		readonly trace?: Trace,
		options?: ErrorOptions,
	) {
		super(message, options);
		this.name = new.target.name;
	}
}

/** The settings contradict each other or are out of range. Nothing was called. */
export class InvalidPlanError extends EngineError {
	constructor(message: string, advice: string, options?: ErrorOptions) {
		super('INVALID_PLAN', message, advice, undefined, options);
	}
}

/** No candidate could even be tried; the reason of each stands in `trace.route.skipped`. */
export class NoEligibleCandidateError extends EngineError {
	constructor(message: string, advice: string, trace?: Trace) {
		super('NO_ELIGIBLE_CANDIDATE', message, advice, trace);
	}
}

/** Every candidate that was allowed to answer failed; every attempt stands in `trace.attempts`. */
export class AllCandidatesFailedError extends EngineError {
	constructor(message: string, advice: string, trace: Trace) {
		super('ALL_CANDIDATES_FAILED', message, advice, trace);
	}
}

export class DeadlineExceededError extends EngineError {
	constructor(message: string, advice: string, trace: Trace) {
		super('DEADLINE_EXCEEDED', message, advice, trace);
	}
}

export class BudgetExceededError extends EngineError {
	constructor(message: string, advice: string, trace?: Trace) {
		super('BUDGET_EXCEEDED', message, advice, trace);
	}
}

/** The execution was stopped. */
export class CancelledError extends EngineError {
	constructor(trace?: Trace) {
		super('CANCELLED', 'The execution was stopped', 'Run the workflow again.', trace);
	}
}
