import { learnedPauseMs } from '../../../engine/policies/rateHeaders';

const NOW_MS = Date.parse('2026-11-24T12:00:00Z');
const openai = (remaining: string, reset: string, unit = 'requests') => ({
	[`x-ratelimit-remaining-${unit}`]: remaining,
	[`x-ratelimit-reset-${unit}`]: reset,
});
const anthropic = (remaining: string, reset: string, unit = 'requests') => ({
	[`anthropic-ratelimit-${unit}-remaining`]: remaining,
	[`anthropic-ratelimit-${unit}-reset`]: reset,
});

test.each([
	{ name: 'requests left', headers: openai('1', '1s') },
	{ name: 'no requests left', headers: openai('0', '1s'), expected: 1_000 },
	{ name: 'no tokens left', headers: openai('0', '6m0s', 'tokens'), expected: 360_000 },
	{ name: 'milliseconds', headers: openai('0', '12ms'), expected: 12 },
	{ name: 'a fraction', headers: openai('0', '2m59.56s'), expected: 179_560 },
	{ name: 'hours', headers: openai('0', '1h2m3s'), expected: 3_723_000 },
	{ name: 'plain seconds', headers: openai('0', '7'), expected: 7_000 },
	{ name: 'seconds since 1970', headers: openai('0', '1795521605'), expected: 5_000 },
	{ name: 'milliseconds since 1970', headers: openai('0', '1795521605000'), expected: 5_000 },
	{
		name: 'names without a unit',
		headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '3' },
		expected: 3_000,
	},
	{
		name: 'no requests left at Anthropic',
		headers: anthropic('0', '2026-11-24T12:00:30Z'),
		expected: 30_000,
	},
	{
		name: 'no output tokens left at Anthropic',
		headers: anthropic('0', '2026-11-24T12:00:09Z', 'output-tokens'),
		expected: 9_000,
	},
	{
		name: 'tokens left at Anthropic',
		headers: anthropic('1000', '2026-11-24T12:00:09Z', 'tokens'),
	},
	{ name: 'a reset that has passed', headers: anthropic('0', '2026-11-24T11:00:00Z') },
	{
		name: 'the longest of several',
		headers: { ...openai('0', '1s'), ...openai('0', '9s', 'tokens') },
		expected: 9_000,
	},
	{ name: 'no reset', headers: { 'x-ratelimit-remaining-requests': '0' } },
	{ name: 'a reset in words', headers: openai('0', 'soon') },
	{ name: 'a negative rest', headers: openai('-1', '5s') },
	{ name: 'an empty rest', headers: openai('', '5s') },
	{ name: 'a reset without end', headers: openai('0', '9'.repeat(400)) },
	{ name: 'a wait beside the answer', headers: { 'retry-after': '4' }, expected: 4_000 },
	{ name: 'no wait beside the answer', headers: { 'retry-after': '0' } },
	{ name: 'nothing', headers: {} },
] as ReadonlyArray<{ name: string; headers: Record<string, string>; expected?: number }>)(
	'reads $name',
	({ headers, expected }) => {
		expect(learnedPauseMs(headers, {}, NOW_MS)).toBe(expected);
	},
);

test('a limit of the builder is kept by that limit alone', () => {
	const requests = openai('0', '1s');
	const tokens = openai('0', '9s', 'tokens');
	expect(learnedPauseMs(requests, { requestsPerMinute: 5 }, NOW_MS)).toBeUndefined();
	expect(learnedPauseMs(requests, { tokensPerMinute: 5 }, NOW_MS)).toBe(1_000);
	expect(learnedPauseMs({ ...requests, ...tokens }, { requestsPerMinute: 5 }, NOW_MS)).toBe(9_000);
});
