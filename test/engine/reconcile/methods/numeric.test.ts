import { reconcile } from '../../../../engine/reconcile';
import type { JsonValue } from '../../../../engine/spec/json';
import { reconcileSchema } from '../../../../engine/spec/reconcile';

const decide = (texts: readonly JsonValue[], options: object = {}) =>
	reconcile(
		texts.map((text, index) => ({ model: `m${index}`, text })),
		reconcileSchema.parse({ method: 'numeric', ...options }),
	);

it.each([
	{ texts: ['1', '2', '9'], numeric: {}, answer: 2 },
	{ texts: ['1', '2', '4', '9'], numeric: {}, answer: 3 },
	{ texts: ['1', '2', '9'], numeric: { center: 'mean' }, answer: 4 },
	{ texts: ['1', '2', '3', '4', '100'], numeric: { center: 'trimmedMean' }, answer: 3 },
	{ texts: ['1', '2', '3', '100'], numeric: { center: 'trimmedMean' }, answer: 26.5 },
	{
		texts: ['1', '2', '3', '100'],
		numeric: { center: 'trimmedMean', trimShare: 0.25 },
		answer: 2.5,
	},
	{ texts: ['0.1', '0.2', '0.3'], numeric: { center: 'mean' }, answer: 0.2 },
	{ texts: ['It is about $1,200.', '1.3k', '1,250 dollars'], numeric: {}, answer: 1250 },
	{ texts: ['\\frac{1}{2}', '0.75', '25%'], numeric: {}, answer: 0.75 },
	{ texts: [3, 5, 4], numeric: {}, answer: 4 },
	{ texts: ['-5', '-1', '-3'], numeric: {}, answer: -3 },
	{ texts: ['1e308', '1.5e308', '1.7e308'], numeric: { center: 'mean' }, answer: 1.4e308 },
])('the centre of $texts under $numeric is $answer', ({ texts, numeric, answer }) => {
	expect(decide(texts, { numeric }).answer).toBe(answer);
});

it('keeps all digits of a number that somebody gave', () => {
	const long = '12345678901234567890123';
	expect(decide([long, '1', `${long}9`]).answer).toBe(long);
});

it('says how far the numbers lie apart, who is near and who is out', () => {
	expect(decide(['100', '102', '101', '103', '500', 'no idea'])).toEqual({
		answer: 102,
		agreement: 4 / 6,
		agreed: true,
		method: 'numeric',
		extraction: { used: 'finalNumber', reason: 'Numeric wants numbers' },
		winner: ['m0', 'm1', 'm2', 'm3'],
		votes: [
			{ answer: 100, weight: 1, models: ['m0'] },
			{ answer: 102, weight: 1, models: ['m1'] },
			{ answer: 101, weight: 1, models: ['m2'] },
			{ answer: 103, weight: 1, models: ['m3'] },
			{ answer: 500, weight: 1, models: ['m4'] },
		],
		dissent: [
			{ model: 'm4', answer: 500 },
			{ model: 'm5', answer: null },
		],
		spread: {
			min: 100,
			max: 500,
			mean: 181.2,
			median: 102,
			standardDeviation: expect.closeTo(159.4, 1),
		},
		outliers: [{ model: 'm4', answer: 500 }],
	});
});

it('takes whoever is not near for an outlier where most are the same number', () => {
	expect(decide(['5', '5', '5', '9']).outliers).toEqual([{ model: 'm3', answer: 9 }]);
	expect(decide(['5', '5', '5', '5.1'])).not.toHaveProperty('outliers');
});

it('disagrees where the middle is near nobody', () => {
	expect(decide(['1', '1', '9', '9'])).toMatchObject({ answer: 5, agreement: 0, agreed: false });
});

it('weighs the numbers where models have weights', () => {
	const weights = [{ model: 'm2', weight: 5 }];
	expect(decide(['1', '2', '9'], { weights })).toMatchObject({ answer: 9, agreement: 5 / 7 });
	expect(decide(['1', '2', '9'], { weights, numeric: { center: 'mean' } }).answer).toBeCloseTo(
		48 / 7,
		9,
	);
	expect(
		decide(['1', '3'], { weights: [{ model: 'm0', weight: 0 }], otherWeight: 0 }),
	).toMatchObject({
		answer: 2,
		agreement: 0,
	});
});

it('takes the only number there is, and says null when there is none', () => {
	expect(decide(['7', 'none', ''])).toMatchObject({ answer: 7, agreement: 1 / 3, winner: ['m0'] });
	expect(decide(['none', ''])).toEqual({
		answer: null,
		agreement: 0,
		agreed: false,
		method: 'numeric',
		extraction: expect.anything(),
		winner: [],
		votes: [],
		dissent: [
			{ model: 'm0', answer: null },
			{ model: 'm1', answer: null },
		],
	});
});

it('takes time in proportion to 100,000 numbers', () => {
	const start = performance.now();
	decide(Array.from({ length: 100_000 }, (_, index) => index));
	expect(performance.now() - start).toBeLessThan(3000);
});
