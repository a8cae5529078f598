import { pickNext } from '../../../engine/policies/pickNext';

const at = (
	readyAtMs: number,
	more: { spent?: boolean; preferred?: boolean; retries?: number } = {},
) => ({
	readyAtMs,
	spent: false,
	preferred: false,
	retries: 0,
	...more,
});

test.each([
	['the first ready one', [at(0), at(0)], { do: 'call', index: 0 }],
	[
		'the first ready one, not the one that was ready longest',
		[at(90), at(0)],
		{ do: 'call', index: 0 },
	],
	[
		'one that had no turn yet before one that gave way, though that is ready again',
		[at(99, { retries: 1 }), at(0)],
		{ do: 'call', index: 1 },
	],
	[
		'the first one again when all gave way as often',
		[at(99, { retries: 1 }), at(0, { retries: 1 })],
		{ do: 'call', index: 0 },
	],
	['a ready one before one that cools down', [at(500), at(0)], { do: 'call', index: 1 }],
	['the one that is ready soonest', [at(500), at(300)], { do: 'wait', untilMs: 300, index: 1 }],
	[
		'one that is being retried, though others are ready',
		[at(0), at(200, { preferred: true })],
		{ do: 'wait', untilMs: 200, index: 1 },
	],
	['nobody when all are spent', [at(0, { spent: true })], { do: 'end' }],
	['nobody when no one is ready in time', [at(1_000)], { do: 'end' }],
	['nobody without candidates', [], { do: 'end' }],
] as const)('picks %s', (_who, standings, expected) => {
	expect(pickNext(standings, 100, 1_000)).toEqual(expected);
});
