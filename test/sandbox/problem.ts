import type { Json } from './json';

/** One thing that a request's schema forbids. */
export interface Violation {
	readonly kind:
		| 'unknown-field'
		| 'missing-field'
		| 'wrong-type'
		| 'below-minimum'
		| 'above-maximum'
		| 'too-few'
		| 'too-many'
		| 'bad-value';
	/** Where, from the top of the body; ends with the field itself. */
	readonly path: readonly (string | number)[];
	readonly got: Json | undefined;
	/** JSON types, allowed values or the limit, whichever the kind is about. */
	readonly expected: readonly Json[];
}

/** A vendor's wait hint on a 429, and the form it is sent in. */
export interface WaitHint {
	readonly form: 'seconds' | 'date' | 'ms' | 'retryinfo';
	readonly amount: number;
}

/** Why there is no answer, before a vendor's dialect words it. */
export type Problem =
	| { readonly kind: 'missing-key' | 'wrong-key' | 'forbidden' }
	| { readonly kind: 'no-route'; readonly method: string; readonly path: string }
	| { readonly kind: 'invalid-json' | 'body-too-large' }
	| { readonly kind: 'violation'; readonly violation: Violation }
	/** A rule that no schema holds; the dialect that found it has worded it. */
	| {
			readonly kind: 'refused';
			readonly message: string;
			readonly param?: string;
			readonly code?: string;
	  }
	| { readonly kind: 'model-not-found'; readonly model: string }
	| {
			readonly kind: 'context-length';
			readonly inputTokens: number;
			readonly contextTokens: number;
	  }
	| { readonly kind: 'content-filter' }
	| { readonly kind: 'server' | 'unavailable' | 'overloaded' | 'quota' }
	| { readonly kind: 'rate-limit'; readonly hint?: WaitHint };

/** A whole HTTP reply. */
export interface Reply {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

export function jsonReply(status: number, body: Json, headers: Reply['headers'] = {}): Reply {
	return {
		status,
		headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
		body: JSON.stringify(body),
	};
}
