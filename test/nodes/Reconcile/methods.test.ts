import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { jsonOf } from '../../support/runWorkflow';
import { AGREED, answers, DISAGREED, run } from './underTest';

interface Case {
	readonly name: string;
	readonly parameters: INodeParameters;
	readonly texts: readonly unknown[];
	readonly output: typeof AGREED | typeof DISAGREED;
	readonly item: object;
}

const rows = (...values: INodeParameters[]) => ({ values });
const invoice = (total: number, city: string) =>
	`{"total": ${total}, "address": {"city": "${city}"}}`;

const CASES: readonly Case[] = [
	{
		name: 'weighted by typed weights',
		parameters: {
			method: 'weighted',
			weightsFrom: 'typed',
			weights: rows({ model: 'a/model', weight: 3 }, { model: 'b/model', weight: 1 }),
		},
		texts: ['1', '2', '2'],
		output: AGREED,
		item: {
			answer: 1,
			agreement: 0.6,
			winner: ['a/model'],
			warnings: ['c/model has no weight and counted 1'],
		},
	},
	{
		name: 'weighted, a tie',
		parameters: {
			method: 'weighted',
			weightsFrom: 'typed',
			agreementThreshold: 0,
			weights: rows({ model: 'a/model', weight: 2 }),
		},
		texts: ['yes', 'no', 'no'],
		output: DISAGREED,
		item: { answer: 'no', agreement: 0.5 },
	},
	{
		name: 'the median',
		parameters: { method: 'numeric' },
		texts: ['about 100', '$104', '101 dollars', '900'],
		output: AGREED,
		item: {
			answer: 102.5,
			agreement: 0.75,
			spread: { min: 100, max: 900, mean: 301.25, median: 102.5 },
			outliers: [{ model: 'd/model', answer: 900 }],
		},
	},
	{
		name: 'the trimmed mean',
		parameters: { method: 'numeric', center: 'trimmedMean', trimShare: 0.25, agreeWithin: 0.5 },
		texts: ['1', '2', '3', '100'],
		output: DISAGREED,
		item: { answer: 2.5, agreement: 0.5, winner: ['b/model', 'c/model'] },
	},
	{
		name: 'merged fields',
		parameters: {
			method: 'fields',
			fieldRules: rows({ field: 'total', rule: 'median' }, { field: '', rule: 'vote' }),
		},
		texts: [invoice(10, 'Rome'), invoice(12, 'rome'), invoice(14, 'Oslo')],
		output: DISAGREED,
		item: {
			answer: { total: 12, address: { city: 'Rome' } },
			agreement: 0.5,
			conflicts: [
				{ field: 'total', values: [{ answer: 12 }, { answer: 10 }, { answer: 14 }] },
				{
					field: 'address.city',
					values: [
						{ answer: 'Rome', models: ['a/model', 'b/model'] },
						{ answer: 'Oslo', models: ['c/model'] },
					],
				},
			],
		},
	},
	{
		name: 'rows by their key',
		parameters: { method: 'fields', rowKey: 'id' },
		texts: [
			[
				{ id: 1, n: 5 },
				{ id: 2, n: 6 },
			],
			[
				{ id: 2, n: 6 },
				{ id: 1, n: 5 },
			],
			[
				{ id: 1, n: 9 },
				{ id: 2, n: 6 },
			],
		],
		output: AGREED,
		item: {
			answer: [
				{ id: 1, n: 5 },
				{ id: 2, n: 6 },
			],
		},
	},
	{
		name: 'a merged list',
		parameters: { method: 'list', agreementThreshold: 0.4 },
		texts: ['- risk A\n- risk B', '1. Risk B\n2. risk C', 'risk b, risk d'],
		output: AGREED,
		item: { answer: ['risk B'], agreement: 0.5 },
	},
	{
		name: 'a union of lists',
		parameters: { method: 'list', keep: 'union' },
		texts: ['a, b', 'b, c'],
		output: AGREED,
		item: { answer: ['b', 'a', 'c'], winner: [] },
	},
	{
		name: 'the first that fits a schema',
		parameters: {
			method: 'firstValid',
			agreementThreshold: 0,
			validSchema: '{"type": "object", "required": ["total"]}',
		},
		texts: ['No.', '{"sum": 1}', '{"total": 3}', '{"total": 4}'],
		output: AGREED,
		item: {
			answer: { total: 3 },
			agreement: 0.5,
			rejected: [{ model: 'a/model' }, { model: 'b/model' }],
		},
	},
	{
		name: 'the first that matches a pattern',
		parameters: { method: 'firstValid', validPattern: '^[A-Z]+-\\d+$' },
		texts: ['none', 'AB-1', 'AB-2'],
		output: AGREED,
		item: { answer: 'AB-1', agreement: 2 / 3 },
	},
	{
		name: 'the first that passes an expression',
		parameters: {
			method: 'firstValid',
			validWhen: '={{ $json.answers.map(a => a.text.length > 3) }}',
		},
		texts: ['no', 'long enough', 'longer still'],
		output: AGREED,
		item: {
			answer: 'long enough',
			rejected: [{ model: 'a/model', reason: 'Valid When is false' }],
		},
	},
	{
		name: 'the most central text',
		parameters: { method: 'medoid' },
		texts: ['the cat sat down', 'the cat sat up', 'dogs bark', 'the cat sat'],
		output: AGREED,
		item: { answer: 'the cat sat', winner: ['d/model'] },
	},
	{
		name: 'the most supported text',
		parameters: { method: 'supported' },
		texts: ['the cat sat down', 'the cat sat up', 'the cat sat'],
		output: AGREED,
		item: { answer: 'the cat sat', agreement: 1 },
	},
	{
		name: 'a value by its path',
		parameters: { extract: 'jsonPath', jsonPath: 'result[0].label' },
		texts: ['{"result": [{"label": "Spam"}]}', { result: [{ label: 'spam' }] }, '{"result": []}'],
		output: AGREED,
		item: { answer: 'Spam', agreement: 2 / 3, dissent: [{ model: 'c/model', answer: null }] },
	},
	{
		name: 'what a pattern matches',
		parameters: { extract: 'regex', regex: 'label=(\\w+)' },
		texts: ['x label=spam y', 'label=SPAM', 'label=ham'],
		output: AGREED,
		item: { answer: 'spam', agreement: 2 / 3 },
	},
	{
		name: 'the last line',
		parameters: { extract: 'lastLine' },
		texts: ['First I think.\nParis', 'Hm.\n\n**Paris**\n', 'Rome'],
		output: AGREED,
		item: { answer: 'Paris', agreement: 2 / 3 },
	},
];

it.each(CASES)('gives $name', async ({ parameters, texts, output, item }) => {
	const given = texts.map((text, index) => ({ model: `${'abcdefgh'[index]}/model`, text }));
	const result = await run(parameters, [{ answers: given as IDataObject[] }]);
	expect(result.error).toBeUndefined();
	expect(jsonOf(result, 'Node', output)).toMatchObject([item]);
});

describe.each([
	{ method: 'majority' },
	{ method: 'weighted' },
	{ method: 'numeric' },
	{ method: 'fields' },
	{ method: 'list' },
	{ method: 'firstValid', validPattern: 'x' },
	{ method: 'medoid' },
	{ method: 'supported' },
])('$method', (parameters) => {
	it('says null on Disagreed when nothing can be read', async () => {
		const result = await run(parameters, [{ answers: answers('', ' ') }]);
		expect(result.error).toBeUndefined();
		expect(jsonOf(result, 'Node', DISAGREED)).toMatchObject([
			{ answer: null, agreement: 0, winner: [], dissent: [{ answer: null }, { answer: null }] },
		]);
	});

	it('takes hostile data', async () => {
		const hostile = ['\u0000', '\ud800', '{"__proto__": {"x": 1}}', '9'.repeat(50_000), '[[[['];
		const result = await run(parameters, [{ answers: answers(...hostile) }]);
		expect(result.error).toBeUndefined();
		expect(result.items.Node?.flat()).toHaveLength(1);
		expect(({} as { x?: number }).x).toBeUndefined();
	});

	it('refuses one answer', async () => {
		const result = await run(parameters, [{ answers: answers('1') }]);
		expect(result.error?.message).toContain('only one answer, by a/model');
	});
});

it('puts what matters first for the table view', async () => {
	const result = await run({ method: 'numeric' }, [{ id: 1, answers: answers('1', '2', '3') }]);
	const [item = {}] = jsonOf(result, 'Node', DISAGREED);
	expect(Object.keys(item)).toEqual([
		'id',
		'answers',
		'answer',
		'agreement',
		'method',
		'winner',
		'spread',
		'votes',
		'dissent',
		'extraction',
	]);
});

it('lets no older result pass for one of this run', async () => {
	const old = { conflicts: [1], spread: {}, outliers: [1], rejected: [1], confidence: 1 };
	const result = await run({}, [{ ...old, answers: answers('1', '1') }]);
	for (const key of Object.keys(old)) {
		expect(jsonOf(result, 'Node', AGREED)[0]).not.toHaveProperty(key);
	}
});

it('tests each item where each item is an answer', async () => {
	const parameters = {
		answersFrom: 'items',
		method: 'firstValid',
		agreementThreshold: 0,
		validWhen: '={{ $json.score > 5 }}',
	};
	const items = [
		{ groupId: 'q', text: 'x', score: 1 },
		{ groupId: 'q', text: 'y', score: 8 },
	];
	const result = await run(parameters, items);
	expect(jsonOf(result, 'Node', AGREED)).toMatchObject([{ answer: 'y', groupId: 'q' }]);
});

describe('hints', () => {
	const messages = async (items: IDataObject[], parameters: INodeParameters = {}) =>
		((await run(parameters, items)).hints.Node ?? []).map(({ message }) => message);

	it('say that all models are of one vendor', async () => {
		const said = (models: string[]) => [{ answers: models.map((model) => ({ model, text: '1' })) }];
		const hint = expect.stringContaining('models of one vendor (openai)');
		expect(await messages(said(['openai/a', 'openai/b']))).toContainEqual(hint);
		expect(await messages(said(['openai/a', 'anthropic/b']))).not.toContainEqual(hint);
		expect(await messages(said(['openai/a', 'openai/a']))).not.toContainEqual(hint);
		expect(await messages(said(['one', 'two']))).toHaveLength(1);
	});

	it('say that an even number of voters ends in ties', async () => {
		expect(await messages([{ answers: answers('1', '2', '1', '2') }])).toContainEqual(
			expect.stringContaining('An odd number of voters ties less often'),
		);
		expect(await messages([{ answers: answers('1', '2') }], { method: 'medoid' })).toHaveLength(1);
	});
});
