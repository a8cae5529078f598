/** Requests and tokens of the last minute for one credential and model. Plain data. */
export interface UsageWindow {
	/** Oldest first. */
	readonly entries: WindowEntry[];
	/** Sum over the entries. */
	tokens: number;
	/** Index of the first entry that still counts; entries before it are dropped now and then. */
	first: number;
}

/** One admitted call. */
export interface WindowEntry {
	readonly atMs: number;
	/** The estimate until the call is settled, then what was used. */
	tokens: number;
}

export interface RateLimits {
	/** Requests within any minute; absent: no limit. */
	readonly requestsPerMinute?: number;
	/** Input and output tokens within any minute; absent: no limit. */
	readonly tokensPerMinute?: number;
}

export const LIMIT_WINDOW_MS = 60_000;
/** Dropping entries one by one would move all the others each time. */
const DROP_AT = 1024;

export const emptyWindow = (): UsageWindow => ({ entries: [], tokens: 0, first: 0 });

export type WindowVerdict =
	| { readonly admits: true }
	| { readonly admits: false; readonly untilMs: number; readonly reason: string };

/**
 * Whether one more call fits into the last minute. A sliding window, not a bucket that refills: a
 * bucket of 100 lets nearly 200 through within its first minute.
 *
 * @param tokens what the call is expected to use; one that is larger than the whole limit is let
 * through alone rather than never
 */
export function judgeWindow(
	window: UsageWindow,
	limits: RateLimits,
	tokens: number,
	nowMs: number,
): WindowVerdict {
	forget(window, nowMs);
	const { requestsPerMinute = Infinity, tokensPerMinute = Infinity } = limits;
	const { entries, first } = window;
	const requests = entries.length - first;
	if (requests >= requestsPerMinute) {
		// As many must leave as are too many, and one more.
		const leaver = entries[first + requests - requestsPerMinute];
		const untilMs = (leaver?.atMs ?? nowMs) + LIMIT_WINDOW_MS;
		return { admits: false, untilMs, reason: requestsReason(requestsPerMinute) };
	}
	const tooMany = window.tokens + Math.min(tokens, tokensPerMinute) - tokensPerMinute;
	if (tooMany <= 0) return { admits: true };
	const untilMs = freedAtMs(window, tooMany, nowMs);
	return { admits: false, untilMs, reason: tokensReason(tokensPerMinute) };
}

/** Why there is no room, in words. */
export const requestsReason = (perMinute: number): string =>
	`limit of ${count(perMinute, 'request')} per minute`;
export const tokensReason = (perMinute: number): string =>
	`limit of ${count(perMinute, 'token')} per minute`;

/** Notes an admitted call; settle it with what it used. */
export function reserve(window: UsageWindow, tokens: number, nowMs: number): WindowEntry {
	const entry = { atMs: nowMs, tokens };
	window.entries.push(entry);
	window.tokens += tokens;
	return entry;
}

/** @param tokens what was used; absent: not known, so the estimate stands */
export function settle(window: UsageWindow, entry: WindowEntry, tokens: number | undefined): void {
	if (tokens === undefined) return;
	const isCounted = window.entries.lastIndexOf(entry) >= window.first;
	if (isCounted) window.tokens += tokens - entry.tokens;
	entry.tokens = tokens;
}

/** Takes back a call that was never sent. */
export function release(window: UsageWindow, entry: WindowEntry): void {
	const index = window.entries.lastIndexOf(entry);
	if (index < window.first) return;
	window.entries.splice(index, 1);
	window.tokens -= entry.tokens;
}

function forget(window: UsageWindow, nowMs: number): void {
	const { entries } = window;
	for (let entry = entries[window.first]; entry !== undefined; entry = entries[window.first]) {
		if (entry.atMs + LIMIT_WINDOW_MS > nowMs) break;
		window.tokens -= entry.tokens;
		window.first++;
	}
	if (window.first < DROP_AT && window.first < entries.length) return;
	entries.splice(0, window.first);
	window.first = 0;
}

/** When enough tokens have left the window, in milliseconds since the epoch. */
function freedAtMs({ entries, first }: UsageWindow, needed: number, nowMs: number): number {
	let freed = 0;
	for (let index = first; index < entries.length; index++) {
		const entry = entries[index];
		if (entry === undefined) break;
		freed += entry.tokens;
		if (freed >= needed) return entry.atMs + LIMIT_WINDOW_MS;
	}
	return nowMs + LIMIT_WINDOW_MS;
}

function count(amount: number, noun: string): string {
	return `${amount.toLocaleString('en-US')} ${noun}${amount === 1 ? '' : 's'}`;
}
