import { pickKey, type KeyStanding } from '../../../engine/policies/pickKey';

const NOW_MS = 1_000;
const ready: KeyStanding = { readyAtMs: 0, isTried: false };
const tried: KeyStanding = { readyAtMs: 0, isTried: true };
const pausing = (readyAtMs: number): KeyStanding => ({ readyAtMs, isTried: false });

test.each([
	{ what: 'the first one at first', keys: [ready, ready, ready], last: -1, next: 0 },
	{ what: 'the one after the last', keys: [ready, ready, ready], last: 0, next: 1 },
	{ what: 'the first one after the last of the list', keys: [ready, ready], last: 1, next: 0 },
	{ what: 'no pausing one', keys: [ready, pausing(2_000), ready], last: 0, next: 2 },
	{ what: 'one whose pause is just over', keys: [ready, pausing(NOW_MS)], last: 0, next: 1 },
	{ what: 'no tried one while another is open', keys: [ready, tried, tried], last: 0, next: 0 },
	{ what: 'the next of the tried when all are', keys: [tried, tried], last: 0, next: 1 },
	{ what: 'the soonest when all pause', keys: [pausing(9_000), pausing(2_000)], last: 1, next: 1 },
	{ what: 'the only one', keys: [ready], last: 0, next: 0 },
	{ what: 'the place of the only one where there is no key', keys: [], last: -1, next: 0 },
])('takes $what', ({ keys, last, next }) => {
	expect(pickKey(keys, last, NOW_MS)).toBe(next);
});
