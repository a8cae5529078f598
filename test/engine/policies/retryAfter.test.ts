import type { JsonValue } from '../../../engine/index';
import { retryAfterMs } from '../../../engine/policies/retryAfter';

const NOW_MS = Date.parse('2026-11-23T12:00:00Z');
const retryInfo = (retryDelay: string): JsonValue => ({
	error: {
		details: [
			{ '@type': 'type.googleapis.com/google.rpc.QuotaFailure' },
			{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay },
		],
	},
});

test.each([
	['seconds', { 'retry-after': '7' }, undefined, 7_000],
	['a fraction of a second', { 'retry-after': '0.25' }, undefined, 250],
	['no wait', { 'retry-after': '0' }, undefined, 0],
	['milliseconds', { 'retry-after-ms': '1500' }, undefined, 1_500],
	['the more precise of two', { 'retry-after': '2', 'retry-after-ms': '1500' }, undefined, 1_500],
	['an HTTP date', { 'retry-after': 'Mon, 23 Nov 2026 12:00:09 GMT' }, undefined, 9_000],
	['a date that has passed', { 'retry-after': 'Mon, 23 Nov 2026 11:00:00 GMT' }, undefined, 0],
	['RetryInfo in the body', {}, retryInfo('12s'), 12_000],
	['RetryInfo with a fraction', {}, retryInfo('0.847655010s'), 848],
	['a doubled header', { 'retry-after': '7, 7' }, undefined, 7_000],
	['a number beyond reason', { 'retry-after': '9'.repeat(400) }, undefined, undefined],
	['nothing', {}, { error: { message: 'slow down' } }, undefined],
	['a word', { 'retry-after': 'soon' }, undefined, undefined],
	['a negative number', { 'retry-after': '-5' }, undefined, undefined],
] as const)('reads %s', (_form, headers, body, expectedMs) => {
	expect(retryAfterMs(headers, body, NOW_MS)).toBe(expectedMs);
});
