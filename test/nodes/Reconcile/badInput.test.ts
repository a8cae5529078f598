import { AGREED, DISAGREED, answers, run } from './underTest';

const ITEMS = { answersFrom: 'items' };

it.each([
	[
		'no field',
		{},
		{ text: 'x', replies: [] },
		'The item has no field "answers", got {"text":"x","replies":[]}',
		'Set Answers Field to the field that holds the list of answers (there are: text, replies), or set Answers From to Items if each item is one answer.',
	],
	[
		'no list',
		{},
		{ answers: 'forty-two' },
		'The field "answers" must hold a list of answers, got "forty-two"',
		expect.stringContaining('Give a list such as'),
	],
	[
		'no answers',
		{},
		{ answers: [] },
		'The field "answers" holds no answer, where at least two are needed',
		expect.stringContaining('Ask two models or more'),
	],
	[
		'one answer',
		{},
		{ answers: answers('5') },
		'The field "answers" holds only one answer, by a/model, where at least two are needed',
		expect.stringContaining('Ask two models or more'),
	],
	[
		'one answer beside failed ones',
		{},
		{ answers: [...answers('5'), { model: 'b', status: 'failed', failure: { message: 'Down' } }] },
		'The field "answers" holds only one answer, by a/model, where at least two are needed (b did not vote: failed (Down))',
		'See why the other models gave no answer, or add models.',
	],
	[
		'an answer without the text field',
		{},
		{ answers: [{ text: '5' }, { output: '5' }] },
		'Answer 2 in the field "answers" has no field "text", got {"output":"5"}',
		'Set Text Field to the field that holds the answer. There are: output.',
	],
	[
		'an empty name of the field',
		{ answersField: `={{ '' }}` },
		{ answers: answers('5', '5') },
		'Answers Field is empty',
		expect.stringContaining('there are: answers'),
	],
	[
		'a threshold out of range',
		{ agreementThreshold: '={{ 50 }}' },
		{ answers: answers('5', '5') },
		'Agreement Threshold (0–1) must be at most 1, got 50',
		'Change Agreement Threshold (0–1).',
	],
	[
		'an unknown extraction',
		{ extract: '={{ "best" }}' },
		{ answers: answers('5', '5') },
		'Extract must be one of auto, wholeText, finalNumber, choiceLetter, lastLine, jsonPath, regex, got "best"',
		'Change Extract.',
	],
	[
		'a tolerance out of range',
		{ normalization: { relativeTolerance: 5 } },
		{ answers: answers('5', '5') },
		'Normalization: Number Tolerance (Share) must be at most 1, got 5',
		expect.stringContaining('under Normalization'),
	],
])('refuses %s, naming field, value and way out', async (_, parameters, item, message, way) => {
	const result = await run(parameters, [item]);
	expect(result.status).toBe('error');
	expect(result.error).toMatchObject({
		name: 'NodeOperationError',
		message,
		description: way,
		context: { itemIndex: 0 },
	});
});

it('names the item that is wrong, not the first one', async () => {
	const result = await run({}, [{ answers: answers('1', '1') }, { answers: [] }]);
	expect(result.error).toMatchObject({ context: { itemIndex: 1 } });
});

it.each([
	['one answer', [{ text: '5', model: 'a' }], 'The input holds only one answer, by a,'],
	['items without the text field', [{ a: 1 }, { a: 2 }], 'Item 0 has no field "text", got {"a":1}'],
])('refuses %s as items', async (_, items, message) => {
	const result = await run(ITEMS, items);
	expect(result.error?.message).toContain(message);
});

it('never reads what only the prototype has', async () => {
	const result = await run({ answersField: 'constructor.name' }, [{ answers: [] }]);
	expect(result.error?.message).toContain('has no field "constructor.name"');
});

describe.each(['continueRegularOutput', 'continueErrorOutput'] as const)('under %s', (onError) => {
	const items = [{ id: 1, answers: answers('1', '1') }, { id: 2, answers: [] }, { id: 3 }];
	const failedOutput = onError === 'continueErrorOutput' ? 2 : DISAGREED;

	it('drops no item and throws nothing', async () => {
		const result = await run({}, items, { onError });
		expect(result.status).toBe('success');
		expect(result.items.Node?.[AGREED]?.map(({ json }) => json.id)).toEqual([1]);
		const failed = result.items.Node?.[failedOutput] ?? [];
		expect(failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 2 }]);
		expect(failed[0]?.json).toMatchObject({
			error: 'The field "answers" holds no answer, where at least two are needed',
			message: expect.stringContaining('Ask two models or more'),
			details: { code: 'INVALID_PLAN', attempts: [], skipped: [] },
		});
		const keys = Object.keys(failed[0]?.json ?? {});
		const own = ['error', 'message', 'details'];
		expect(keys.sort()).toEqual(
			(onError === 'continueErrorOutput' ? [...own, 'id', 'answers'] : own).sort(),
		);
	});

	it('makes one error item of a failed group', async () => {
		const result = await run(
			ITEMS,
			[
				{ groupId: 1, a: 1 },
				{ groupId: 1, a: 2 },
			],
			{ onError },
		);
		expect(result.items.Node?.[failedOutput]).toMatchObject([
			{
				json: { error: expect.stringContaining('Item 0') },
				pairedItem: [{ item: 0 }, { item: 1 }],
			},
		]);
	});

	it('turns an expression that fails into an error item', async () => {
		const parameters = { answersField: '={{ $("Nowhere").item.json.a }}' };
		const result = await run(parameters, [{ a: {} }], { onError });
		expect(result.status).toBe('success');
		expect(result.items.Node?.flat()).toHaveLength(1);
	});

	it('turns a failing Group By into error items', async () => {
		const parameters = { ...ITEMS, groupBy: '={{ $("Nowhere").item.json.a }}' };
		const result = await run(parameters, [{ a: {} }, { a: {} }], { onError });
		expect(result.status).toBe('success');
		expect(result.items.Node?.flat()).toHaveLength(2);
	});
});
