import { member, type JsonValue } from '../spec/json';
import type { ReplyHeaders } from '../spec/provider';

/**
 * How long the vendor asks to wait, in milliseconds, or `undefined` when it does not say.
 *
 * Forms, most precise first: `retry-after-ms`; `retry-after` in seconds or as an HTTP date
 * (RFC 9110 §10.2.3); Gemini's `RetryInfo.retryDelay` in the error body (google.rpc.RetryInfo).
 */
export function retryAfterMs(
	headers: ReplyHeaders,
	body: JsonValue | undefined,
	nowMs: number,
): number | undefined {
	return (
		plainNumber(headers['retry-after-ms'], 1) ??
		plainNumber(headers['retry-after'], 1000) ??
		untilDate(headers['retry-after'], nowMs) ??
		retryInfoMs(body)
	);
}

function plainNumber(value: string | undefined, unitMs: number): number | undefined {
	// A header that a proxy has doubled arrives as `7, 7`.
	const [first = '', ...others] = (value ?? '').split(',').map((part) => part.trim());
	if (!/^\d{1,12}(\.\d+)?$/.test(first) || others.some((other) => other !== first))
		return undefined;
	return Math.ceil(Number(first) * unitMs);
}

function untilDate(value: string | undefined, nowMs: number): number | undefined {
	// `Date.parse` also takes bare numbers, which are years to it.
	if (value === undefined || !/[a-z]{3}/i.test(value)) return undefined;
	const dateMs = Date.parse(value);
	return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}

function retryInfoMs(body: JsonValue | undefined): number | undefined {
	const details = member(member(body, 'error'), 'details');
	if (!Array.isArray(details)) return undefined;
	for (const detail of details as readonly JsonValue[]) {
		const delay = member(detail, 'retryDelay');
		const seconds = typeof delay === 'string' ? /^(\d+(?:\.\d+)?)s$/.exec(delay)?.[1] : undefined;
		if (seconds !== undefined) return Math.ceil(Number(seconds) * 1000);
	}
	return undefined;
}
