import type { IDataObject } from 'n8n-workflow';
import { jsonOf } from '../../support/runWorkflow';
import { AGREED, DISAGREED, run } from './underTest';

const LEARN = { task: 'learn' };

/** Model a is nearly always right, b and c repeat one another and are often wrong. */
function labelled(count: number): IDataObject[] {
	return Array.from({ length: count }, (_, index) => {
		const right = String(index % 4);
		const wrong = String((index + 1) % 4);
		const weak = index % 3 === 0 ? right : wrong;
		const texts = [index % 10 === 9 ? wrong : right, weak, weak];
		return {
			correctAnswer: right,
			answers: texts.map((text, model) => ({
				model: `vendor${model}/m`,
				text: `The answer is ${text}.`,
			})),
		};
	});
}

it('gives one item with a weight for each model and what agreement is worth', async () => {
	const result = await run(LEARN, labelled(60));
	expect(result.error).toBeUndefined();
	expect(jsonOf(result, 'Node', DISAGREED)).toEqual([]);
	const [table] = jsonOf(result, 'Node', AGREED);
	expect(table).toMatchObject({
		questions: 60,
		skipped: 0,
		models: [
			{ model: 'vendor0/m', accuracy: 0.9, right: 54, asked: 60 },
			{ model: 'vendor1/m', asked: 60 },
			{ model: 'vendor2/m', asked: 60 },
		],
		calibration: { majority: expect.any(Array), weighted: expect.any(Array) },
	});
	expect(result.items.Node?.[AGREED]?.[0]?.pairedItem).toHaveLength(60);
	expect(result.hints.Node?.[0]?.message).toMatch(/^Learnt from 60 questions: vendor0\/m \d/);
});

it('gives a table that Weighted takes, and beats the majority with', async () => {
	const [table = {}] = jsonOf(await run(LEARN, labelled(60)), 'Node', AGREED);
	const parameters = {
		method: 'weighted',
		weightsFrom: 'table',
		learnedTable: JSON.stringify(table),
	};
	const split = {
		answers: ['1', '2', '2'].map((text, index) => ({ model: `vendor${index}/m`, text })),
	};
	const result = await run(parameters, [split]);
	expect(jsonOf(result, 'Node', AGREED)).toMatchObject([
		{ answer: 1, winner: ['vendor0/m'], confidence: expect.any(Number) },
	]);
	const byExpression = await run({ ...parameters, learnedTable: '={{ $json.table }}' }, [
		{ ...split, table },
	]);
	expect(jsonOf(byExpression, 'Node', AGREED)).toMatchObject([{ answer: 1 }]);
});

it('gives a table that says how far to trust a majority', async () => {
	const [table = {}] = jsonOf(await run(LEARN, labelled(60)), 'Node', AGREED);
	const said = (...texts: string[]) => ({
		answers: texts.map((text, index) => ({ model: `vendor${index}/m`, text })),
	});
	const result = await run({ learnedTable: JSON.stringify(table) }, [
		said('1', '1', '1'),
		said('1', '2', '2'),
	]);
	const [sure, unsure] = jsonOf(result, 'Node', AGREED).map(({ confidence }) => Number(confidence));
	expect(sure).toBeGreaterThan(0.75);
	expect(unsure).toBeLessThan(0.3);
	const without = await run({}, [said('1', '1', '1')]);
	expect(jsonOf(without, 'Node', AGREED)[0]).not.toHaveProperty('confidence');
});

it('counts a model that the table does not know as the middle one of those it knows', async () => {
	const table = {
		questions: 9,
		models: [0.5, 2, 1].map((weight, index) => ({ model: `m${index}`, weight })),
	};
	const result = await run(
		{ method: 'weighted', weightsFrom: 'table', learnedTable: JSON.stringify(table) },
		[
			{
				answers: [
					{ model: 'm1', text: '1' },
					{ model: 'new', text: '2' },
				],
			},
		],
	);
	expect(jsonOf(result, 'Node', AGREED)).toMatchObject([
		{ agreement: 2 / 3, warnings: ['new has no weight and counted 1'] },
	]);
});

it('leaves out what it cannot learn from, and names it', async () => {
	const [first = {}, second = {}] = labelled(2);
	const items = [first, { ...second, correctAnswer: '' }, { correctAnswer: '1', answers: [] }];
	const result = await run(LEARN, items);
	expect(jsonOf(result, 'Node', AGREED)).toMatchObject([{ questions: 1, skipped: 2 }]);
	expect(result.hints.Node?.slice(1).map(({ message }) => message)).toEqual([
		expect.stringContaining('Item 1 was left out: The item has no field "correctAnswer"'),
		expect.stringContaining('Item 2 was left out: The field "answers" holds no answer'),
		expect.stringContaining('1 questions say little'),
	]);
});

it('learns from items that are one answer each', async () => {
	const items = labelled(30).flatMap(({ correctAnswer, answers }, question) =>
		(answers as IDataObject[]).map((answer) => ({ ...answer, correctAnswer, groupId: question })),
	);
	const result = await run({ ...LEARN, answersFrom: 'items' }, items);
	expect(jsonOf(result, 'Node', AGREED)).toMatchObject([{ questions: 30 }]);
});

it('refuses items without any known answer', async () => {
	const result = await run(LEARN, [{ answers: [] }]);
	expect(result.error).toMatchObject({
		message: expect.stringContaining('There is no question to learn from. Item 0 was left out'),
		description: expect.stringContaining('Correct Answer Field'),
	});
	const goesOn = await run(LEARN, [{ answers: [] }], { onError: 'continueRegularOutput' });
	expect(goesOn.status).toBe('success');
	expect(jsonOf(goesOn, 'Node', DISAGREED)).toMatchObject([{ error: expect.any(String) }]);
});

describe('refuses', () => {
	const items = [
		{
			answers: [
				{ model: 'a', text: '1' },
				{ model: 'b', text: '1' },
			],
		},
	];
	it.each([
		{
			parameters: { method: 'weighted', weightsFrom: 'table', learnedTable: '{"models": 3}' },
			message: 'Learned Table must be what Task: Learn Weights gave, got "{\\"models\\": 3}"',
		},
		{
			parameters: { method: 'weighted', weightsFrom: 'table' },
			message: 'Learned Table must be what Task: Learn Weights gave, got ""',
		},
		{
			parameters: {
				method: 'weighted',
				weightsFrom: 'typed',
				weights: { values: [{ model: 'a', weight: -1 }] },
			},
			message: 'Weights: the weight of a (row 1) must be a number of at least 0, got -1',
		},
		{
			parameters: {
				method: 'fields',
				fieldRules: { values: [{ field: 'x', rule: '={{ "best" }}' }] },
			},
			message:
				'Field Rules must have one of the rules of its list in each row (row 1), got {"field":"x","rule":"best"}',
		},
		{
			parameters: { method: 'firstValid', validSchema: '[1]' },
			message: 'Valid by JSON Schema must be a JSON object, got "[1]"',
		},
		{
			parameters: { method: 'firstValid', validWhen: '={{ [true] }}' },
			message: 'Valid When must give true or false for each of the 2 answers, got [true]',
		},
		{
			parameters: { method: 'firstValid', validWhen: 'maybe' },
			message: 'Valid When must give true or false, got "maybe"',
		},
		{ parameters: { method: 'firstValid' }, message: 'First Valid has no test' },
		{
			parameters: { extract: 'jsonPath', jsonPath: 'a[*]' },
			message: 'JSON Path "a[*]" holds "[*]", which leads to several values, where one is needed',
		},
		{
			parameters: { extract: 'regex', regex: '(' },
			message: expect.stringContaining('Regular Expression cannot be used, got "("'),
		},
		{
			parameters: { method: 'numeric', agreeWithin: '={{ 5 }}' },
			message: 'Agree Within (Share) must be at most 1, got 5',
		},
		{
			parameters: { method: 'list', atLeast: '={{ 0 }}' },
			message: 'Named by at Least must be at least 1, got 0',
		},
	])('$parameters', async ({ parameters, message }) => {
		const result = await run(parameters, items);
		expect(result.error).toMatchObject({ message, description: expect.stringMatching(/.{10}/) });
	});
});
