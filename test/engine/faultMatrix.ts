import type { FailureKind } from '../../engine/index';

/**
 * What follows each fault of the sandbox, for every vendor alike: the kind that the engine sees, the
 * calls that the faulty model gets, and who answers. One retry is allowed, and a second model is
 * ready where there is one.
 */
export interface MatrixRow {
	readonly fault: string;
	/** `ok`: an answer in spite of it. */
	readonly kind: FailureKind | 'ok';
	/** Calls when there is no other model. */
	readonly callsAlone: number;
	/** Calls before the backup is asked. */
	readonly callsBefore: number;
	/** Whether another model may answer; a wrong key or name ends the item, so that it is seen. */
	readonly backup: boolean;
	/** The vendor asked for this pause between two calls, in milliseconds. */
	readonly waitMs?: number;
	/** Where JSON is asked for, as of judges. */
	readonly asJson?: { readonly kind: FailureKind; readonly calls: number };
}

type Calls = Pick<MatrixRow, 'callsAlone' | 'callsBefore' | 'backup'>;

/** It asks for time, or keeps silent: another model is asked at once. */
const GIVES_WAY: Calls = { callsAlone: 2, callsBefore: 1, backup: true };
/** A broken reply: the next one usually is not. */
const TRIED_AGAIN: Calls = { callsAlone: 2, callsBefore: 2, backup: true };
/** No wait cures it on this model. */
const MOVES_ON: Calls = { callsAlone: 1, callsBefore: 1, backup: true };
/** Falling back would hide it, and hand the data to another vendor unasked. */
const ENDS: Calls = { callsAlone: 1, callsBefore: 1, backup: false };
const ANSWERS: Calls = { callsAlone: 1, callsBefore: 1, backup: false };

export const FAULT_MATRIX: readonly MatrixRow[] = [
	{ fault: '429', kind: 'rate-limit', ...GIVES_WAY },
	{ fault: '429-seconds-1', kind: 'rate-limit', ...GIVES_WAY, waitMs: 1_000 },
	{ fault: '429-ms-300', kind: 'rate-limit', ...GIVES_WAY, waitMs: 300 },
	// A date has whole seconds: two of them are more than one.
	{ fault: '429-date-2', kind: 'rate-limit', ...GIVES_WAY, waitMs: 1_000 },
	{ fault: '429-retryinfo-1', kind: 'rate-limit', ...GIVES_WAY, waitMs: 1_000 },
	{ fault: 'quota', kind: 'quota', ...MOVES_ON },
	{ fault: '500', kind: 'server', ...TRIED_AGAIN },
	{ fault: '503', kind: 'overloaded', ...TRIED_AGAIN },
	{ fault: '529', kind: 'overloaded', ...TRIED_AGAIN },
	{ fault: 'html-502', kind: 'server', ...TRIED_AGAIN },
	{ fault: '200-error', kind: 'server', ...TRIED_AGAIN },
	{ fault: 'reset', kind: 'network', ...TRIED_AGAIN },
	{ fault: 'reset-mid-body', kind: 'network', ...TRIED_AGAIN },
	{ fault: 'no-end', kind: 'network', ...TRIED_AGAIN },
	{ fault: 'hang', kind: 'timeout', ...GIVES_WAY },
	{ fault: 'hang-body', kind: 'timeout', ...GIVES_WAY },
	{ fault: 'stall-mid-body', kind: 'timeout', ...GIVES_WAY },
	{ fault: 'slow-drip', kind: 'timeout', ...GIVES_WAY },
	{ fault: 'no-end-open', kind: 'timeout', ...GIVES_WAY },
	{ fault: 'truncated-json', kind: 'malformed-response', ...TRIED_AGAIN },
	{ fault: 'malformed-chunk', kind: 'malformed-response', ...TRIED_AGAIN },
	{ fault: 'empty-body', kind: 'malformed-response', ...TRIED_AGAIN },
	{ fault: 'wrong-content-type', kind: 'malformed-response', ...TRIED_AGAIN },
	{ fault: 'empty-answer', kind: 'empty-answer', ...TRIED_AGAIN },
	{ fault: 'length', kind: 'ok', ...ANSWERS, asJson: { kind: 'truncated', calls: 1 } },
	// The call, its repair, and the same again.
	{ fault: 'wrong-json', kind: 'ok', ...ANSWERS, asJson: { kind: 'schema-mismatch', calls: 3 } },
	{ fault: 'refusal', kind: 'content-filter', ...MOVES_ON },
	{ fault: 'content-filter', kind: 'content-filter', ...MOVES_ON },
	{ fault: 'context-length', kind: 'context-length', ...MOVES_ON },
	{ fault: '401', kind: 'authentication', ...ENDS },
	{ fault: '403', kind: 'permission', ...ENDS },
	{ fault: '404', kind: 'model-not-found', ...ENDS },
	// We never send the start of an answer.
	{ fault: 'no-prefill', kind: 'ok', ...ANSWERS },
];
