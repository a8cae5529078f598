import { jsonOf } from '../../support/runWorkflow';
import { AGREED, DISAGREED, answers, run } from './underTest';

it('puts what most answered on Agreed, exactly with the keys of the contract', async () => {
	const result = await run({}, [{ answers: answers('The answer is 42.', '$42.00', '41') }]);
	expect(result.error).toBeUndefined();
	expect(jsonOf(result, 'Node', DISAGREED)).toEqual([]);
	const [item] = jsonOf(result, 'Node', AGREED);
	expect(item).toEqual({
		answers: answers('The answer is 42.', '$42.00', '41'),
		answer: 42,
		agreement: 2 / 3,
		method: 'majority',
		winner: ['a/model', 'b/model'],
		votes: [
			{ answer: 42, weight: 2, models: ['a/model', 'b/model'] },
			{ answer: 41, weight: 1, models: ['c/model'] },
		],
		dissent: [{ model: 'c/model', answer: 41 }],
		extraction: { used: 'finalNumber', reason: expect.stringContaining('3 of 3 answers') },
	});
});

it('puts a tie on Disagreed whatever the threshold', async () => {
	const result = await run({ agreementThreshold: 0 }, [{ answers: answers('Yes', 'no') }]);
	expect(jsonOf(result, 'Node', AGREED)).toEqual([]);
	expect(jsonOf(result, 'Node', DISAGREED)).toMatchObject([{ answer: 'Yes', agreement: 0.5 }]);
	expect(result.hints.Node).toContainEqual({
		message:
			'1 question ended in a tie and went to Disagreed. An odd number of voters ties less often.',
		type: 'info',
		location: 'outputPane',
	});
});

it('agrees only above the threshold', async () => {
	const items = [{ answers: answers('a1', 'a1', 'b2', 'c3') }];
	const at = async (agreementThreshold: number) =>
		jsonOf(await run({ agreementThreshold }, items), 'Node', AGREED).length;
	expect(await at(0.49)).toBe(1);
	expect(await at(0.5)).toBe(0);
});

it('keeps order and pairs each item with its own input on both outputs', async () => {
	const items = ['x', 'y', 'x', 'y'].map((kind, id) => ({
		id,
		answers: kind === 'x' ? answers('1', '1', '2') : answers('1', '2', '3'),
	}));
	const result = await run({}, items);
	const outputs = [AGREED, DISAGREED].map((output) =>
		(result.items.Node?.[output] ?? []).map(({ json, pairedItem }) => [json.id, pairedItem]),
	);
	expect(outputs).toEqual([
		[
			[0, { item: 0 }],
			[2, { item: 2 }],
		],
		[
			[1, { item: 1 }],
			[3, { item: 3 }],
		],
	]);
});

it('reads its fields for each item, not for the first one', async () => {
	const result = await run(
		{
			answersField: '={{ $json.where }}',
			textField: '={{ $json.what }}',
			extract: '={{ $json.how }}',
			agreementThreshold: '={{ $json.above }}',
			normalization: { ignoreCase: '={{ $json.fold }}' },
		},
		[
			{ where: 'a', what: 'text', how: 'wholeText', above: 0.9, fold: true, a: texts('text') },
			{
				where: 'b.c',
				what: 'said',
				how: 'wholeText',
				above: 0.9,
				fold: false,
				b: { c: texts('said') },
			},
		],
	);
	expect(result.error).toBeUndefined();
	expect(jsonOf(result, 'Node', AGREED)).toMatchObject([{ where: 'a', agreement: 1 }]);
	expect(jsonOf(result, 'Node', DISAGREED)).toMatchObject([{ where: 'b.c', agreement: 0.5 }]);
});

function texts(field: string) {
	return [{ [field]: 'Yes' }, { [field]: 'yes' }];
}

it.each([
	['a list from an expression', { answersField: '={{ $json.list }}' }, { list: ['1', '1', 2] }],
	['a list as JSON text', {}, { answers: '["1", "1", 2]' }],
	['plain texts and numbers', {}, { answers: ['1', 1, 2] }],
	['a path through a list', { answersField: 'data[0].all' }, { data: [{ all: ['1', '1', '2'] }] }],
	['a name with a dot', { answersField: 'all.of' }, { 'all.of': ['1', '1', '2'] }],
	['whole objects', { textField: '' }, { answers: [{ a: 1, b: 2 }, { b: 2, a: 1 }, { a: 2 }] }],
])('takes %s', async (_, parameters, item) => {
	const result = await run(parameters, [item]);
	expect(result.error).toBeUndefined();
	expect(jsonOf(result, 'Node', AGREED)).toMatchObject([
		{ agreement: 2 / 3, winner: ['answer 1', 'answer 2'] },
	]);
});

it('does not count branches that failed, and says so', async () => {
	const item = {
		answers: [
			...answers('7', '7'),
			{ model: 'c/model', status: 'failed', failure: { kind: 'timeout', message: 'No answer' } },
			{ model: 'd/model', status: 'skipped' },
		],
	};
	const result = await run({}, [item]);
	const absent = ['c/model did not vote: failed (No answer)', 'd/model did not vote: skipped'];
	expect(jsonOf(result, 'Node', AGREED)).toMatchObject([
		{ answer: 7, agreement: 1, dissent: [], warnings: absent },
	]);
	const messages = result.hints.Node?.map(({ message }) => message);
	expect(messages).toEqual([
		'1 question · 1 agreed · 0 disagreed · mean agreement 100 %',
		...absent,
	]);
});

it('counts an empty answer as an abstention', async () => {
	const result = await run({}, [{ answers: answers('7', '7', '', '7', '') }]);
	expect(jsonOf(result, 'Node', AGREED)).toMatchObject([
		{
			answer: 7,
			agreement: 0.6,
			dissent: [
				{ model: 'c/model', answer: null },
				{ model: 'e/model', answer: null },
			],
		},
	]);
	expect(result.hints.Node?.[1]).toMatchObject({
		type: 'warning',
		message: expect.stringContaining('2 answers could not be read'),
	});
});

it('says null with agreement 0 on Disagreed when nothing can be read', async () => {
	const result = await run({ extract: 'finalNumber' }, [{ answers: answers('no', 'none') }]);
	expect(jsonOf(result, 'Node', DISAGREED)).toMatchObject([
		{ answer: null, agreement: 0, winner: [], votes: [] },
	]);
});

it('lets no input field pass for one of its own and drops what n8n would misread', async () => {
	const input = {
		answer: 'old',
		costUsd: 3,
		warnings: ['old'],
		error: 'old',
		tokenUsage: {},
		id: 1,
	};
	const result = await run({}, [{ ...input, answers: answers('1', '1') }]);
	const [item] = jsonOf(result, 'Node', AGREED);
	expect(item).toMatchObject({ answer: 1, id: 1 });
	for (const key of ['costUsd', 'warnings', 'error', 'tokenUsage']) {
		expect(item).not.toHaveProperty(key);
	}
	expect(result.hints.Node?.[1]?.message).toContain('error, tokenUsage left out');
});

it('leaves the input fields out when asked', async () => {
	const parameters = { output: { includeInputFields: false } };
	const result = await run(parameters, [{ id: 1, answers: answers('1', '1') }]);
	expect(Object.keys(jsonOf(result, 'Node', AGREED)[0] ?? {})).toEqual([
		'answer',
		'agreement',
		'method',
		'winner',
		'votes',
		'dissent',
		'extraction',
	]);
});

it('does not change its input', async () => {
	const result = await run({}, [{ answers: answers('1', '2'), error: 'x' }]);
	expect(jsonOf(result, 'Trigger')).toEqual([{ answers: answers('1', '2'), error: 'x' }]);
});
