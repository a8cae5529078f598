import { reconcile } from '../../../../engine/reconcile';
import type { JsonValue } from '../../../../engine/spec/json';
import { reconcileSchema } from '../../../../engine/spec/reconcile';

const decide = (texts: readonly JsonValue[], options: object = {}) =>
	reconcile(
		texts.map((text, index) => ({ model: `m${index}`, text })),
		reconcileSchema.parse({ method: 'fields', ...options }),
	);
const answerOf = (texts: readonly JsonValue[], fields: object = {}) =>
	decide(texts, { fields }).answer;

it('takes each field by vote, and says who said what where they differ', () => {
	const result = decide([
		'{"vendor": "Acme Ltd", "total": 1200, "paid": true}',
		'```json\n{"vendor": "ACME Ltd.", "total": "1,200", "paid": false}\n```',
		{ vendor: 'Apex', total: 1300, paid: true },
	]);
	expect(result).toMatchObject({
		answer: { vendor: 'Acme Ltd', total: 1200, paid: true },
		agreement: 2 / 3,
		agreed: true,
		extraction: { used: 'json', reason: 'Fields wants JSON documents' },
		winner: ['m0'],
		dissent: [{ model: 'm1' }, { model: 'm2' }],
	});
	expect(result.conflicts).toEqual([
		{
			field: 'vendor',
			values: [
				{ answer: 'Acme Ltd', weight: 2, models: ['m0', 'm1'] },
				{ answer: 'Apex', weight: 1, models: ['m2'] },
			],
		},
		{
			field: 'total',
			values: [
				{ answer: 1200, weight: 2, models: ['m0', 'm1'] },
				{ answer: 1300, weight: 1, models: ['m2'] },
			],
		},
		{
			field: 'paid',
			values: [
				{ answer: true, weight: 2, models: ['m0', 'm2'] },
				{ answer: false, weight: 1, models: ['m1'] },
			],
		},
	]);
});

it('makes a whole that nobody gave', () => {
	const texts = [
		{ a: 1, b: 1, c: 9 },
		{ a: 1, b: 9, c: 1 },
		{ a: 9, b: 1, c: 1 },
	];
	expect(decide(texts)).toMatchObject({ answer: { a: 1, b: 1, c: 1 }, winner: [] });
});

it('has no conflicts where all say the same', () => {
	const result = decide([{ a: 1, b: { c: [1, 2] } }, '{"b": {"c": [1, 2]}, "a": 1.0}']);
	expect(result).toMatchObject({ answer: { a: 1, b: { c: [1, 2] } }, agreement: 1, agreed: true });
	expect(result).not.toHaveProperty('conflicts');
});

describe('a field that some leave out', () => {
	it('stays when as many have it as have not', () => {
		expect(answerOf([{ a: 1, b: 2 }, { a: 1 }])).toEqual({ a: 1, b: 2 });
		expect(answerOf([{ a: 1, b: 2 }, { a: 1 }, { a: 1 }])).toEqual({ a: 1 });
	});

	it('is named with who leaves it out, and a tie is never agreed', () => {
		expect(decide([{ a: 1, b: 2 }, { a: 1 }])).toMatchObject({
			agreed: false,
			conflicts: [
				{ field: 'b', values: [{ answer: 2, weight: 1, models: ['m0'] }], absent: ['m1'] },
			],
		});
	});

	it('is not the same as null or an empty text', () => {
		expect(answerOf([{ a: null }, { a: null }, { a: 1 }])).toEqual({ a: null });
		expect(answerOf([{ a: '' }, { a: '' }])).toEqual({ a: '' });
		expect(answerOf([{ a: null }, { a: 1 }])).toEqual({ a: 1 });
	});
});

it('breaks a tie by who is with the rest on the other fields', () => {
	const texts: JsonValue[] = [
		{ a: 9, b: 2, c: 2 },
		{ a: 1, b: 1, c: 1 },
		{ b: 1, c: 1 },
	];
	expect(decide(texts)).toMatchObject({ answer: { a: 1, b: 1, c: 1 }, agreed: false });
});

describe('rules', () => {
	const texts = [
		{ price: 10, tags: ['a', 'b'] },
		{ price: 12, tags: ['b', 'c'] },
		{ price: 50, tags: ['b'] },
	];
	it.each([
		{ rule: { field: 'price', rule: 'median' }, answer: { price: 12 } },
		{ rule: { field: 'price', rule: 'mean' }, answer: { price: 24 } },
		{ rule: { field: 'tags', rule: 'union' }, answer: { tags: ['a', 'b', 'c'] } },
		{ rule: { field: 'tags', rule: 'intersection' }, answer: { tags: ['b'] } },
		{ rule: { field: 'tags', rule: 'auto' }, answer: { tags: ['b'] } },
		{ rule: { field: 'tags', rule: 'vote' }, answer: { tags: ['a', 'b'] } },
	])('$rule gives $answer', ({ rule, answer }) => {
		expect(answerOf(texts, { rules: [rule] })).toMatchObject(answer);
	});

	it('reach into rows by a path without indices', () => {
		const rows = [10, 20, 60].map((price) => ({ lines: [{ sku: 'x', price }] }));
		const rules = [{ field: 'lines[].price', rule: 'median' }];
		expect(answerOf(rows, { rules })).toEqual({ lines: [{ sku: 'x', price: 20 }] });
	});
});

describe('lists of objects', () => {
	const row = (sku: string, qty: number, price = 5) => ({ sku, qty, price });

	it('are matched by what rows share, whatever their order', () => {
		const texts = [
			{ lines: [row('a', 1), row('b', 2)] },
			{ lines: [row('b', 2), row('a', 1)] },
			{ lines: [row('a', 7), row('b', 2)] },
		];
		expect(decide(texts)).toMatchObject({
			answer: { lines: [row('a', 1), row('b', 2)] },
			conflicts: [{ field: 'lines[0].qty' }],
		});
	});

	it('keep the rows that at least half give', () => {
		const texts = [
			{ lines: [row('a', 1), row('b', 2)] },
			{ lines: [row('a', 1), row('c', 3, 9)] },
			{ lines: [row('a', 1), row('b', 2)] },
		];
		expect(decide(texts)).toMatchObject({
			answer: { lines: [row('a', 1), row('b', 2)] },
		});
		expect(answerOf(texts, { rules: [{ field: 'lines', rule: 'union' }], rowKey: 'sku' })).toEqual({
			lines: [row('a', 1), row('b', 2), row('c', 3, 9)],
		});
		expect(answerOf(texts, { rules: [{ field: 'lines', rule: 'intersection' }] })).toEqual({
			lines: [row('a', 1)],
		});
	});

	it('are matched by the key that the builder names', () => {
		const texts = [
			{ lines: [{ id: 1, name: 'x', n: 1 }] },
			{
				lines: [
					{ id: 2, name: 'x', n: 1 },
					{ id: 1, name: 'y', n: 2 },
				],
			},
			{ lines: [{ id: 1, name: 'y', n: 2 }] },
		];
		expect(answerOf(texts, { rowKey: 'id' })).toEqual({ lines: [{ id: 1, name: 'y', n: 2 }] });
	});

	it('take rows of the same form for one where no answer has both', () => {
		const call = (city: string) => [{ name: 'weather', arguments: { city } }];
		expect(decide([call('Paris'), call('London'), call('Paris')]).answer).toEqual(call('Paris'));
		const twice = [call('Paris'), call('Rome')].flat();
		expect(decide([twice, twice, call('Rome')]).answer).toEqual(twice);
	});

	it('hold two equal rows apart', () => {
		const texts = [[row('a', 1), row('a', 1)], [row('a', 1), row('a', 1)], [row('a', 1)]];
		expect(decide(texts).answer).toEqual([row('a', 1), row('a', 1)]);
	});
});

it('takes the kind of value that most give', () => {
	const texts = [{ a: { b: 1 } }, { a: { b: 1 } }, { a: 'text' }];
	expect(decide(texts)).toMatchObject({
		answer: { a: { b: 1 } },
		conflicts: [
			{
				field: 'a',
				values: [
					{ answer: { b: 1 }, weight: 2 },
					{ answer: 'text', models: ['m2'] },
				],
			},
		],
	});
});

it('weighs answers where models have weights', () => {
	const weights = [{ model: 'm2', weight: 3 }];
	expect(decide([{ a: 1 }, { a: 1 }, { a: 2 }], { weights })).toMatchObject({
		answer: { a: 2 },
		agreement: 3 / 5,
	});
});

it('counts an answer without a document as behind nothing', () => {
	expect(decide([{ a: 1 }, { a: 1 }, 'I cannot do that.'])).toMatchObject({
		answer: { a: 1 },
		agreement: 2 / 3,
		dissent: [{ model: 'm2', answer: null }],
	});
	expect(decide(['no', 'none'])).toMatchObject({ answer: null, agreement: 0, agreed: false });
	expect(decide([{ a: 1 }, ''])).toMatchObject({ answer: { a: 1 }, agreement: 0.5, agreed: false });
});

it('keeps fields with the names of prototype members as fields', () => {
	const text = '{"__proto__": {"polluted": 1}, "constructor": 2}';
	const { answer } = decide([text, text]);
	expect(JSON.stringify(answer)).toBe('{"__proto__":{"polluted":1},"constructor":2}');
	expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

it('takes documents that a pattern or a path finds', () => {
	const texts = ['<out>{"a": 1}</out>', '<out>{"a": 1}</out> {"a": 2}'];
	expect(decide(texts, { extract: 'regex', regex: '<out>(.*?)</out>' }).answer).toEqual({ a: 1 });
});

it('merges long lists in time', () => {
	const lines = (from: number) =>
		Array.from({ length: 3000 }, (_, index) => ({
			sku: `s${index + from}`,
			qty: index,
			currency: 'EUR',
		}));
	const start = performance.now();
	const { answer } = decide([{ lines: lines(0) }, { lines: lines(0) }, { lines: lines(1500) }]);
	expect((answer as { lines: unknown[] }).lines).toHaveLength(3000);
	expect(performance.now() - start).toBeLessThan(5000);
});

it('has no winner where nothing can be read', () => {
	expect(decide(['', 'no'])).toMatchObject({
		winner: [],
		dissent: [{ model: 'm0' }, { model: 'm1' }],
	});
});
