/**
 * Everything that can go wrong with one call to a model, in one vocabulary for all vendors.
 * Code branches on `kind`, never on a status or a message text.
 */
export const FAILURE_KINDS = [
	/** Too many requests or tokens for now; waiting helps. */
	'rate-limit',
	/** The account's credit or monthly quota is used up; waiting does not help. */
	'quota',
	/** The vendor has no capacity (503, 529). */
	'overloaded',
	/** The vendor failed (500, 502, 504 and other 5xx). */
	'server',
	/** No complete answer within the attempt's time. */
	'timeout',
	/** No connection, or it broke before the answer was whole. */
	'network',
	/** The key is missing, wrong or revoked. */
	'authentication',
	/** The key is known but may not do this. */
	'permission',
	/** The request itself is wrong; every vendor would refuse it or this one cannot read it. */
	'invalid-request',
	/** Prompt and answer do not fit the model's context window. */
	'context-length',
	/** The vendor's safety system refused the prompt or the answer. */
	'content-filter',
	/** The model ID is unknown to the vendor or not open to this key. */
	'model-not-found',
	/** A 2xx reply whose body cannot be read as an answer. */
	'malformed-response',
	/** A complete reply without any text. */
	'empty-answer',
	/** The answer stops at the output limit where a whole one was needed. */
	'truncated',
	/** The answer is not the JSON that was asked for. */
	'schema-mismatch',
	/** The execution was stopped, or another branch made this call needless. */
	'cancelled',
] as const;

export type FailureKind = (typeof FAILURE_KINDS)[number];

/** A failed call as data: expected, classified, safe to show (no secret in `message`). */
export interface ProviderFailure {
	readonly kind: FailureKind;
	/** One sentence for the builder, from the vendor's own words where there are any. */
	readonly message: string;
	/** HTTP status; absent when no reply arrived. */
	readonly status?: number;
	/** How long the vendor asked to wait, in milliseconds from the reply; absent when it did not say. */
	readonly retryAfterMs?: number;
	/** The request id that the vendor's support asks for. */
	readonly requestId?: string;
	/** The request certainly never reached the vendor, so nothing was billed. */
	readonly notSent?: true;
	/** The vendor does not take the form in which it was asked for JSON; it may in words. */
	readonly refusesFormat?: true;
	/** What the model wrote, where it is not the JSON that was asked for. */
	readonly answer?: string;
	/** Tokens that the failed call used up, where the vendor reported them. */
	readonly usage?: import('./chat').TokenUsage;
	/** Characters of the answer that were shown before it failed; absent when none were. */
	readonly shownCharacters?: number;
}

/** The result of something that is expected to fail now and then. */
export type Outcome<T> =
	| { readonly ok: true; readonly value: T }
	| { readonly ok: false; readonly failure: ProviderFailure };
