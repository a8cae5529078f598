import { calibrationSteps } from '../../../engine/reconcile/calibrate';

const observed = (agreement: number, right: number, wrong: number) => [
	...Array.from({ length: right }, () => ({ agreement, isRight: true })),
	...Array.from({ length: wrong }, () => ({ agreement, isRight: false })),
];

it('makes steps in which more agreement is never right less often', () => {
	const steps = calibrationSteps([
		...observed(1, 30, 0),
		...observed(0.4, 6, 6),
		...observed(0.6, 8, 4),
		...observed(0.8, 7, 5),
	]);
	expect(steps).toEqual([
		{ minAgreement: 0.4, right: 6, total: 12 },
		{ minAgreement: 0.6, right: 15, total: 24 },
		{ minAgreement: 1, right: 30, total: 30 },
	]);
});

it('joins what was seen too seldom', () => {
	expect(
		calibrationSteps([...observed(0.3, 1, 1), ...observed(0.5, 9, 3), ...observed(1, 3, 0)]),
	).toEqual([{ minAgreement: 0.3, right: 13, total: 17 }]);
	expect(calibrationSteps(observed(1, 2, 0))).toEqual([{ minAgreement: 1, right: 2, total: 2 }]);
	expect(calibrationSteps([])).toEqual([]);
});
