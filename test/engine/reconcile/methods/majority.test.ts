import type { Ballot } from '../../../../engine/reconcile/ballot';
import { majority } from '../../../../engine/reconcile/methods/majority';
import { reconcileSchema } from '../../../../engine/spec/reconcile';

const ballots = (...written: Array<string | undefined>): Ballot[] =>
	written.map((text, index) => ({
		model: `m${index}`,
		weight: 1,
		...(text === undefined
			? {}
			: { reading: { answer: text, written: text, key: text.toLowerCase() } }),
	}));

const decide = (votes: Ballot[], options = {}) => majority(votes, reconcileSchema.parse(options));

it('gives the answer of most, who is behind it and who is not', () => {
	expect(decide(ballots('a', 'b', 'a', undefined))).toEqual({
		answer: 'a',
		agreement: 0.5,
		agreed: false,
		winner: ['m0', 'm2'],
		votes: [
			{ answer: 'a', weight: 2, models: ['m0', 'm2'] },
			{ answer: 'b', weight: 1, models: ['m1'] },
		],
		dissent: [
			{ model: 'm1', answer: 'b' },
			{ model: 'm3', answer: null },
		],
	});
});

it.each([
	['a tie', ['a', 'b'], 'a'],
	['a tie of three', ['c', 'b', 'a'], 'c'],
	['a tie of pairs', ['b', 'a', 'a', 'b'], 'b'],
])('never agrees on %s and shows what was given first', (_, written, answer) => {
	expect(decide(ballots(...written), { agreementThreshold: 0 })).toMatchObject({
		answer,
		agreed: false,
	});
});

it('shows of tied answers the one that its voters wrote alike', () => {
	expect(decide(ballots('A', 'a', 'b', 'b')).answer).toBe('b');
});

it('shows an answer as most of its voters wrote it', () => {
	expect(decide(ballots('PARIS', 'Paris', 'Paris')).answer).toBe('Paris');
});

it.each([
	[['a', 'a', 'a'], 0.99, true],
	[['a', 'a', 'b'], 0.5, true],
	[['a', 'a', 'b'], 0.7, false],
	[['a', 'a', 'b', 'c'], 0.5, false],
	[['a', undefined, undefined], 0.5, false],
])('on %j with the threshold %d agrees: %s', (written, agreementThreshold, agreed) => {
	expect(decide(ballots(...written), { agreementThreshold }).agreed).toBe(agreed);
});

it('answers null with agreement 0 when nobody could be read', () => {
	expect(decide(ballots(undefined, undefined))).toEqual({
		answer: null,
		agreement: 0,
		agreed: false,
		winner: [],
		votes: [],
		dissent: [
			{ model: 'm0', answer: null },
			{ model: 'm1', answer: null },
		],
	});
});
