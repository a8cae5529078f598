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
export abstract class EngineError extends Error {
	abstract readonly code: EngineErrorCode;

	constructor(
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

/** The settings or the input are wrong. Nothing was called. */
export class InvalidPlanError extends EngineError {
	readonly code = 'INVALID_PLAN';
}

/** No candidate could even be tried; the reason of each stands in `trace.route.skipped`. */
export class NoEligibleCandidateError extends EngineError {
	readonly code = 'NO_ELIGIBLE_CANDIDATE';
}

/** Every candidate that was allowed to answer failed; every attempt stands in `trace.attempts`. */
export class AllCandidatesFailedError extends EngineError {
	readonly code = 'ALL_CANDIDATES_FAILED';
}

/** The item's time was over before an answer was there. */
export class DeadlineExceededError extends EngineError {
	readonly code = 'DEADLINE_EXCEEDED';
}

export class BudgetExceededError extends EngineError {
	readonly code = 'BUDGET_EXCEEDED';
}

/** The execution was stopped. */
export class CancelledError extends EngineError {
	readonly code = 'CANCELLED';

	constructor(
		message = 'The execution was stopped',
		advice = 'Run the workflow again.',
		trace?: Trace,
		options?: ErrorOptions,
	) {
		super(message, advice, trace, options);
	}
}

/** The same error with a longer trail, and with another sentence where one is given. */
export function withTrace(error: EngineError, trace: Trace, message = error.message): EngineError {
	const Kind = error.constructor as new (
		message: string,
		advice: string,
		trace: Trace,
		options: ErrorOptions,
	) => EngineError;
	return new Kind(message, error.advice, trace, { cause: error });
}

/** An error that a shared call ended with, as those see it who only waited for that call. */
export function forJoiner(error: EngineError): EngineError {
	if (error.trace === undefined) return error;
	return withTrace(error, { ...error.trace, attempts: [], cache: 'joined', costUsd: 0 });
}
