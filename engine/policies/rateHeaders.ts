import type { CandidateLimits, ReplyHeaders } from '../spec/provider';
import { retryAfterMs } from './retryAfter';

/** One allowance that a vendor tells about, by the names of its headers. */
interface Allowance {
	readonly limits: keyof CandidateLimits;
	readonly remaining: string;
	readonly reset: string;
}

/**
 * Sources: OpenAI, "Rate limits" › headers (`x-ratelimit-…`, also sent by Groq, Azure and most
 * compatible servers); Anthropic, "Rate limits" › response headers. Read 2026-11-24.
 */
const ALLOWANCES: readonly Allowance[] = [
	...(['requests', 'tokens'] as const).map((unit) => ({
		limits: unit === 'requests' ? ('requestsPerMinute' as const) : ('tokensPerMinute' as const),
		remaining: `x-ratelimit-remaining-${unit}`,
		reset: `x-ratelimit-reset-${unit}`,
	})),
	{
		limits: 'requestsPerMinute',
		remaining: 'x-ratelimit-remaining',
		reset: 'x-ratelimit-reset',
	},
	...(['requests', 'tokens', 'input-tokens', 'output-tokens'] as const).map((unit) => ({
		limits: unit === 'requests' ? ('requestsPerMinute' as const) : ('tokensPerMinute' as const),
		remaining: `anthropic-ratelimit-${unit}-remaining`,
		reset: `anthropic-ratelimit-${unit}-reset`,
	})),
];

/**
 * How long a vendor says that it has nothing left for the key and model of a call, in milliseconds:
 * an allowance of which none remains, till its reset, or a wait that comes even with an answer. What
 * the builder limits is kept by that limit, whatever the vendor says. `undefined`: no pause.
 */
export function learnedPauseMs(
	headers: ReplyHeaders,
	limits: CandidateLimits,
	nowMs: number,
): number | undefined {
	const pauses = ALLOWANCES.flatMap((allowance) => {
		if (limits[allowance.limits] !== undefined) return [];
		if (!/^0+(\.0+)?$/.test(headers[allowance.remaining]?.trim() ?? '')) return [];
		return resetMs(headers[allowance.reset]?.trim() ?? '', nowMs) ?? [];
	});
	const asked = retryAfterMs(headers, undefined, nowMs);
	const longest = Math.max(0, ...pauses, asked ?? 0);
	return longest > 0 ? longest : undefined;
}

/** Numbers from here on are times since 1970, in seconds and in milliseconds. */
const EPOCH_SECONDS = 1e9;
const EPOCH_MS = 1e12;
const UNIT_MS = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const;

/** From now on: `6m0s`, `12ms`, seconds, a time since 1970, or a date (RFC 3339). */
function resetMs(text: string, nowMs: number): number | undefined {
	if (/^\d{1,16}(\.\d{1,9})?$/.test(text)) {
		const amount = Number(text);
		if (amount >= EPOCH_MS) return Math.max(0, amount - nowMs);
		if (amount >= EPOCH_SECONDS) return Math.max(0, amount * 1000 - nowMs);
		return Math.ceil(amount * 1000);
	}
	if (/^(\d{1,9}(\.\d{1,9})?(ms|[hms])){1,4}$/.test(text)) {
		const parts = text.matchAll(/(\d+(?:\.\d+)?)(ms|[hms])/g);
		const sumMs = [...parts].reduce(
			(sum, [, amount, unit]) => sum + Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS],
			0,
		);
		return Math.ceil(sumMs);
	}
	if (!/^\d{4}-\d\d-\d\dT/.test(text)) return undefined;
	const atMs = Date.parse(text);
	return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}
