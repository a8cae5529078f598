import { splitTiers, type Candidate } from '../../../engine/index';
import { candidate } from '../../support/scriptedEngine';

const row = (modelId: string, tier?: Candidate['tier']): Candidate => ({
	...candidate(modelId),
	...(tier === undefined ? {} : { tier }),
});
const ids = (candidates: readonly Candidate[]) => candidates.map(({ id }) => id);
const PRICES: Readonly<Record<string, number>> = { 'openai/a': 1, 'openai/b': 9, 'openai/c': 2 };
const usdOf = ({ id }: Candidate) => PRICES[id];

test('tiers are as the rows say, in their order', () => {
	const tiers = splitTiers([row('a', 'strong'), row('b', 'fast'), row('c', 'fast')], usdOf);
	expect(ids(tiers.fast)).toEqual(['openai/b', 'openai/c']);
	expect(ids(tiers.strong)).toEqual(['openai/a']);
});

test('without any, the dearest is the strong one', () => {
	const tiers = splitTiers([row('a'), row('b'), row('c')], usdOf);
	expect(ids(tiers.fast)).toEqual(['openai/a', 'openai/c']);
	expect(ids(tiers.strong)).toEqual(['openai/b']);
});

test.each([
	{
		rows: [row('a', 'fast'), row('b'), row('c')],
		problem: 'Tier is set for some models only, not for openai/b, openai/c',
	},
	{
		rows: [row('a', 'fast'), row('b', 'fast')],
		problem: 'No model has the tier Strong, got openai/a, openai/b in the other one',
	},
	{ rows: [row('a', 'strong')], problem: 'No model has the tier Fast' },
	{ rows: [row('a')], problem: 'This strategy needs a fast and a strong model, got openai/a only' },
	{
		rows: [row('a'), row('x')],
		problem: 'Which model is the strong one cannot be told by price: none is known for openai/x',
	},
])('refuses: $problem', ({ rows, problem }) => {
	expect(() => splitTiers(rows, usdOf)).toThrow(problem);
});
