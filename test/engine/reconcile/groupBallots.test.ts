import type { Ballot } from '../../../engine/reconcile/ballot';
import { groupBallots } from '../../../engine/reconcile/groupBallots';

const numbers = (...values: number[]): Ballot[] =>
	values.map((number) => ({
		model: String(number),
		weight: 1,
		reading: { answer: number, written: String(number), key: String(number), number },
	}));

const groups = (ballots: Ballot[], tolerance: number) =>
	groupBallots(ballots, tolerance).map((group) => group.ballots.map(({ model }) => Number(model)));

it.each([
	[[100, 101, 100], 0, [[100, 100], [101]]],
	[[100, 101, 102], 0.01, [[100, 101], [102]]],
	[[102, 101, 100], 0.01, [[102], [101, 100]]],
	[[0, 0.001], 0.5, [[0], [0.001]]],
	[[-100, -100.5, 100], 0.01, [[-100, -100.5], [100]]],
])('groups %j with the tolerance %d as %j', (values, tolerance, expected) => {
	expect(groups(numbers(...values), tolerance)).toEqual(expected);
});

it('makes the same groups whatever the order', () => {
	const sorted = (values: number[]) =>
		groups(numbers(...values), 0.01)
			.map((group) => [...group].sort((a, b) => a - b).join())
			.sort();
	expect(sorted([100, 100.5, 101, 101.5, 102])).toEqual(sorted([101.5, 100, 102, 101, 100.5]));
});
