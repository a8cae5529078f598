import {
	emptyWindow,
	judgeWindow,
	LIMIT_WINDOW_MS,
	release,
	reserve,
	settle,
	type RateLimits,
} from '../../../engine/policies/slidingLimit';
import { seededRandom } from '../../support/seededRandom';

const T0 = 1_000_000;

/** When each of `count` callers that all want in at `T0`, and come back when told to, gets in. */
function admittedAt(count: number, limits: RateLimits, tokens: number): number[] {
	const window = emptyWindow();
	const admitted: number[] = [];
	let nowMs = T0;
	while (admitted.length < count) {
		const verdict = judgeWindow(window, limits, tokens, nowMs);
		if (verdict.admits) {
			reserve(window, tokens, nowMs);
			admitted.push(nowMs - T0);
		} else {
			expect(verdict.untilMs).toBeGreaterThan(nowMs);
			nowMs = verdict.untilMs;
		}
	}
	return admitted;
}

test('1,000 callers at 100 a minute: exactly 100 in each minute', () => {
	const admitted = admittedAt(1000, { requestsPerMinute: 100 }, 1);
	for (let minute = 0; minute < 10; minute++) {
		const within = admitted.filter((atMs) => Math.floor(atMs / LIMIT_WINDOW_MS) === minute);
		expect(within).toHaveLength(100);
	}
});

test('never more than the limit within any minute, whenever the calls come', () => {
	const random = seededRandom(3);
	const window = emptyWindow();
	const limits = { requestsPerMinute: 20, tokensPerMinute: 5_000 };
	const admitted: Array<{ atMs: number; tokens: number }> = [];
	let nowMs = T0;
	for (let call = 0; call < 3000; call++) {
		nowMs += Math.floor(random() * 4000);
		const tokens = Math.floor(random() * 600);
		if (!judgeWindow(window, limits, tokens, nowMs).admits) continue;
		const entry = reserve(window, tokens, nowMs);
		// Less is used than was estimated.
		settle(window, entry, Math.floor(tokens * random()));
		admitted.push({ atMs: nowMs, tokens: entry.tokens });
	}
	for (const { atMs } of admitted) {
		const within = admitted.filter((one) => one.atMs > atMs - LIMIT_WINDOW_MS && one.atMs <= atMs);
		expect(within.length).toBeLessThanOrEqual(20);
		expect(within.reduce((sum, one) => sum + one.tokens, 0)).toBeLessThanOrEqual(5_000);
	}
	expect(admitted.length).toBeGreaterThan(1000);
});

test('tokens: the estimate is reserved, then what was used counts', () => {
	const window = emptyWindow();
	const limits = { tokensPerMinute: 1000 };
	const first = reserve(window, 800, T0);
	expect(judgeWindow(window, limits, 300, T0 + 1)).toEqual({
		admits: false,
		untilMs: T0 + LIMIT_WINDOW_MS,
		reason: 'limit of 1,000 tokens per minute',
	});
	settle(window, first, 700);
	expect(judgeWindow(window, limits, 300, T0 + 1).admits).toBe(true);
	settle(window, first, undefined);
	expect(judgeWindow(window, limits, 301, T0 + 1).admits).toBe(false);
});

test('a call larger than the whole limit gets in alone rather than never', () => {
	const window = emptyWindow();
	expect(judgeWindow(window, { tokensPerMinute: 100 }, 5000, T0).admits).toBe(true);
	reserve(window, 5000, T0);
	expect(judgeWindow(window, { tokensPerMinute: 100 }, 1, T0 + 1)).toMatchObject({
		admits: false,
		untilMs: T0 + LIMIT_WINDOW_MS,
	});
});

test('a call that was never sent gives its place back', () => {
	const window = emptyWindow();
	const entry = reserve(window, 10, T0);
	expect(judgeWindow(window, { requestsPerMinute: 1 }, 1, T0).admits).toBe(false);
	release(window, entry);
	expect(judgeWindow(window, { requestsPerMinute: 1 }, 1, T0).admits).toBe(true);
	expect(window.tokens).toBe(0);
});

test('what is settled after its minute changes nothing any more', () => {
	const window = emptyWindow();
	const entry = reserve(window, 10, T0);
	judgeWindow(window, {}, 1, T0 + LIMIT_WINDOW_MS);
	settle(window, entry, 1_000_000);
	expect(window.tokens).toBe(0);
});

test('a million calls take little time and keep little', () => {
	const window = emptyWindow();
	for (let call = 0; call < 200_000; call++) {
		const nowMs = T0 + call * 10;
		judgeWindow(window, { requestsPerMinute: 1_000_000 }, 1, nowMs);
		settle(window, reserve(window, 1, nowMs), 1);
	}
	expect(window.entries.length).toBeLessThan(8_000);
});
