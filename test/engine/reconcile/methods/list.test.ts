import { reconcile } from '../../../../engine/reconcile';
import type { JsonValue } from '../../../../engine/spec/json';
import { reconcileSchema } from '../../../../engine/spec/reconcile';

const decide = (texts: readonly JsonValue[], options: object = {}) =>
	reconcile(
		texts.map((text, index) => ({ model: `m${index}`, text })),
		reconcileSchema.parse({ method: 'list', ...options }),
	);

const LISTS = ['- Apples\n- pears\n- figs', '["pears", "apples", "plums"]', 'apples, kiwis'];

it.each([
	{ list: {}, answer: ['Apples', 'pears'] },
	{ list: { keep: 'union' }, answer: ['Apples', 'pears', 'kiwis', 'figs', 'plums'] },
	{ list: { keep: 'intersection' }, answer: ['Apples'] },
	{ list: { keep: 'atLeast', atLeast: 3 }, answer: ['Apples'] },
	{ list: { keep: 'atLeast', atLeast: 4 }, answer: [] },
])('keeps under $list: $answer', ({ list, answer }) => {
	expect(decide(LISTS, { list }).answer).toEqual(answer);
});

it('says who names what, and how much they agree', () => {
	const result = decide(LISTS);
	expect(result).toMatchObject({
		agreement: (1 + 2 / 3 + 3 * (1 / 3)) / 5,
		agreed: true,
		winner: ['m0', 'm1'],
		dissent: [{ model: 'm2', answer: ['apples', 'kiwis'] }],
		extraction: { used: 'list', reason: 'List wants lists' },
	});
	expect(result.votes[0]).toEqual({ answer: 'Apples', weight: 3, models: ['m0', 'm1', 'm2'] });
	expect(result.votes.map(({ weight }) => weight)).toEqual([3, 2, 1, 1, 1]);
});

it('counts an item once for each answer', () => {
	expect(decide(['a, a, a', 'b, c'], { list: { keep: 'atLeast', atLeast: 2 } }).answer).toEqual([]);
});

it('knows the same item in another form', () => {
	const texts = ['- **Paris**: the capital\n- Rome.', '["paris", "ROME"]', '1. Paris\n2. Milan'];
	expect(decide(texts).votes.map(({ weight }) => weight)).toEqual([3, 2, 1]);
	expect(decide([[{ a: 1, b: 2 }], [{ b: 2, a: 1 }]], {}).answer).toEqual([{ a: 1, b: 2 }]);
	expect(
		decide([
			[1, 2],
			['1', 2.0],
		]).answer,
	).toEqual([1, 2]);
});

it('takes the list that a document or a path holds', () => {
	expect(decide([{ items: ['a', 'b'] }, { items: ['a'] }]).answer).toEqual(['a']);
	const options = { extract: 'jsonPath', jsonPath: 'x.y' };
	expect(decide(['{"x": {"y": ["a", "b"]}}', '{"x": {"y": "a, c"}}'], options).answer).toEqual([
		'a',
	]);
});

it('takes the only list, and says null when there is none', () => {
	const union = { list: { keep: 'union' } };
	expect(decide(['a, b', ''], union)).toMatchObject({
		answer: ['a', 'b'],
		agreement: 0.5,
		agreed: false,
		winner: ['m0'],
	});
	expect(decide(['a, b', ''])).toMatchObject({ answer: [], agreed: false, winner: [] });
	expect(decide(['', ''])).toMatchObject({ answer: null, agreement: 0, agreed: false });
	expect(decide(['a, b', '', 'a'], { list: { keep: 'intersection' } }).answer).toEqual(['a']);
});

it('takes time in proportion to 100,000 lists', () => {
	const start = performance.now();
	decide(Array.from({ length: 100_000 }, (_, index) => [index, index + 1, 'x']));
	expect(performance.now() - start).toBeLessThan(5000);
});
