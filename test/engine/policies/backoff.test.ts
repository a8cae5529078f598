import { backoffMs } from '../../../engine/policies/backoff';

const policy = { maxRetries: 5, maxAttempts: 8, baseDelayMs: 500, maxDelayMs: 8_000 };

test.each([
	[0, 0, 0],
	[0, 0.5, 250],
	[0, 0.999, 500],
	[1, 0.5, 500],
	[3, 0.5, 2_000],
	[4, 0.5, 4_000],
	[9, 0.5, 4_000],
])('retry %i with random %d waits %i ms', (retry, random, expectedMs) => {
	expect(backoffMs(retry, policy, () => random)).toBe(expectedMs);
});
