import { growth, slopePerHour } from './growth';

const samples = (heap: (index: number) => number) =>
	Array.from({ length: 40 }, (_, index) => ({
		atMs: index * 60_000,
		heapMegabytes: heap(index),
		handles: 1,
	}));

test('a leak of 1 MB a minute is a slope of 60 MB an hour', () => {
	expect(slopePerHour(samples((index) => 30 + index))).toBeCloseTo(60);
});

test('warming up is no growth', () => {
	const warm = samples((index) => (index < 4 ? 10 : 30));
	expect(slopePerHour(warm)).toBeCloseTo(0);
	expect(growth(warm.map(({ heapMegabytes }) => heapMegabytes))).toEqual({ start: 30, end: 30 });
});

test('growth compares the first third with the last', () => {
	expect(growth(Array.from({ length: 10 }, (_, index) => index))).toEqual({ start: 2, end: 8 });
});
