import { digest } from './hash';
import type { WaitHint } from './problem';

/** Limits of a paid account in the middle tiers; they only ever show in headers. */
export const LIMITS = { requestsPerMinute: 10_000, tokensPerMinute: 2_000_000 } as const;

/** What is left of the limits, falling with every call and starting again. */
export function remaining(callNumber: number): {
	readonly requests: number;
	readonly tokens: number;
} {
	return {
		requests: LIMITS.requestsPerMinute - 1 - (callNumber % 1000),
		tokens: LIMITS.tokensPerMinute - 500 - (callNumber % 1000) * 500,
	};
}

/** A request ID that no two calls share. */
export function requestIdOf(prefix: string, callNumber: number, length = 24): string {
	return `${prefix}${digest(`request ${callNumber}`, length)}`;
}

/** The wait hint as headers, in the form it was asked for. */
export function waitHeaders(
	hint: WaitHint | undefined,
	nowMs: number,
): Readonly<Record<string, string>> {
	if (hint === undefined) return {};
	switch (hint.form) {
		case 'seconds':
		case 'retryinfo':
			return { 'retry-after': String(hint.amount) };
		case 'ms':
			return { 'retry-after-ms': String(hint.amount) };
		case 'date':
			return { 'retry-after': new Date(nowMs + hint.amount * 1000).toUTCString() };
	}
}
