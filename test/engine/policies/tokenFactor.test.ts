import { withTokenSample } from '../../../engine/policies/tokenFactor';

const after = (reported: readonly number[], estimatedTokens = 1_000) =>
	reported.reduce<number | undefined>(
		(factor, reportedTokens) => withTokenSample(factor, { estimatedTokens, reportedTokens }),
		undefined,
	);

test('one call moves the factor by a fifth of the way', () => {
	expect(after([1_500])).toBeCloseTo(1.1, 10);
	expect(after([600])).toBeCloseTo(0.92, 10);
});

test('it settles where the model counts', () => {
	expect(after(Array.from({ length: 40 }, () => 1_300))).toBeCloseTo(1.3, 3);
});

test.each([
	{ what: 'far too much', reported: 1e12, limit: 2 },
	{ what: 'far too little', reported: 1, limit: 0.5 },
])('a vendor that reports $what moves it no further than $limit', ({ reported, limit }) => {
	expect(after(Array.from({ length: 100 }, () => reported))).toBeCloseTo(limit, 3);
});

test.each([0, -5, NaN])('a count of %p says nothing', (reportedTokens) => {
	expect(withTokenSample(1.2, { estimatedTokens: 1_000, reportedTokens })).toBe(1.2);
});

test('a short text says nothing about a model', () => {
	expect(after([90], 40)).toBe(1);
});
