import { readFileSync } from 'node:fs';
import path from 'node:path';
import { MEASURES } from '../../../engine/routing/measures';
import { shippedModel } from '../../../engine/routing/model';
import { packWeights, unpackWeights } from '../../../engine/routing/packedWeights';
import { shareBelow } from '../../../engine/routing/quantiles';
import { TEXT_FORMS } from '../../../engine/routing/textForm';
import { TASKS } from '../../../engine/spec/facts';

const FILE = path.join(__dirname, '..', '..', '..', 'engine', 'routing', 'difficulty.json');

test('what is shipped stays below 300 KB and fits the code that reads it', () => {
	expect(readFileSync(FILE).length).toBeLessThan(300 * 1024);
	const { file, spread } = shippedModel();
	expect(spread.mean).toHaveLength(MEASURES.length);
	expect(spread.deviation.every((each) => each > 0)).toBe(true);
	expect(file.difficulty.measures.map(({ length }) => length)).toEqual(
		TEXT_FORMS.map(() => MEASURES.length),
	);
	expect(file.difficulty.forms).toHaveLength(TEXT_FORMS.length);
	expect(file.task.measures).toHaveLength(TASKS.length);
	expect(file.task.forms).toHaveLength(TASKS.length);
	expect(Object.keys(file.difficulty.taskQuantiles).sort()).toEqual([...TASKS].sort());
	for (const quantiles of [
		file.difficulty.quantiles,
		...Object.values(file.difficulty.taskQuantiles),
	])
		expect(quantiles).toEqual([...quantiles].sort((a, b) => a - b));
});

test('packed weights come back to within a step, and 0 as 0', () => {
	const weights = Float64Array.from({ length: 255 }, (_, at) => (at - 127) ** 3 / 127 ** 3);
	const unpacked = unpackWeights(packWeights(weights));
	expect(unpacked).toHaveLength(255);
	weights.forEach((weight, at) => expect(Math.abs(weight - unpacked[at]!)).toBeLessThan(0.008));
	expect(unpacked[127]).toBe(0);
	expect([...unpackWeights(packWeights([0, 0]))]).toEqual([0, 0]);
});

test.each([
	{ value: -1, share: 0 },
	{ value: 0, share: 0 },
	{ value: 5, share: 0.25 },
	{ value: 10, share: 0.5 },
	{ value: 15, share: 0.75 },
	{ value: 20, share: 1 },
	{ value: 99, share: 1 },
])('the share below $value is $share', ({ value, share }) => {
	expect(shareBelow([0, 10, 20], value)).toBe(share);
});

test('a value that many prompts share counts them all as below it', () => {
	expect(shareBelow([0, 1, 1, 1, 2], 1)).toBe(0.75);
	expect(shareBelow([3, 3, 3], 3)).toBe(0);
});
