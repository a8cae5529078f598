import type { IConnections, IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { jsonOf, runWorkflow, type WorkflowRun } from '../../support/runWorkflow';
import { AGREED, DISAGREED, node, RECONCILE } from './underTest';

/** What a branch of the canvas does: gives items, does not run, or fails in one of n8n's ways. */
type Branch =
	| { readonly items: readonly IDataObject[] }
	| { readonly code: string; readonly onError?: INode['onError'] }
	| 'does not run'
	| 'not connected';

const base = { position: [0, 0] as [number, number], typeVersion: 1, parameters: {} };
const noOp = 'n8n-nodes-base.noOp';
const code = (jsCode: string) => ({
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	parameters: { jsCode },
});

/** Runs the branches A, B, C … side by side into one input each. */
async function runBranches(
	parameters: INodeParameters,
	branches: readonly Branch[],
	settings: Partial<INode> = {},
): Promise<WorkflowRun> {
	const names = branches.map((_, index) => 'ABCDEFGHIJ'[index] ?? '');
	const to = (name: string, index = 0) => ({ node: name, type: 'main' as const, index });
	const connected = names.filter((_, index) => branches[index] !== 'not connected');
	const connections: IConnections = {
		Trigger: {
			main: [
				connected.map((name) =>
					to(branches[names.indexOf(name)] === 'does not run' ? 'Empty' : name),
				),
			],
		},
		Empty: {
			main: [
				connected
					.filter((name) => branches[names.indexOf(name)] === 'does not run')
					.map((name) => to(name)),
			],
		},
		...Object.fromEntries(
			connected.map((name) => [name, { main: [[to('Reconcile', names.indexOf(name))]] }]),
		),
	};
	return await runWorkflow(
		{
			nodes: [
				{ ...base, name: 'Trigger', type: 'n8n-nodes-base.manualTrigger' },
				{ ...base, name: 'Empty', ...code('return [];') },
				...names.map((name, index) => {
					const branch = branches[index];
					const own =
						typeof branch === 'object' && 'code' in branch
							? { ...code(branch.code), ...(branch.onError ? { onError: branch.onError } : {}) }
							: { type: noOp };
					return { ...base, name, ...own };
				}),
				{
					...base,
					name: 'Reconcile',
					type: RECONCILE,
					parameters: { answersFrom: 'inputs', numberInputs: branches.length, ...parameters },
					...settings,
				},
			],
			connections,
		},
		{
			nodes: { [RECONCILE]: node },
			pinData: Object.fromEntries(
				names.flatMap((name, index) => {
					const branch = branches[index];
					return typeof branch === 'object' && 'items' in branch
						? [[name, branch.items.map((json) => ({ json }))]]
						: [];
				}),
			),
		},
	);
}

const given = (...texts: string[]): Branch => ({ items: texts.map((text) => ({ text })) });
const messages = (run: WorkflowRun) => (run.hints.Reconcile ?? []).map(({ message }) => message);

it('takes one answer of each branch for each question and names the nodes before it', async () => {
	const run = await runBranches({}, [given('5', 'B.'), given('5.0', 'C.'), given('6', 'B.')]);
	expect(run.error).toBeUndefined();
	expect(run.items.Reconcile?.[AGREED]).toMatchObject([
		{
			json: { answer: 5, winner: ['A', 'B'], dissent: [{ model: 'C', answer: 6 }] },
			pairedItem: [
				{ item: 0, input: 0 },
				{ item: 0, input: 1 },
				{ item: 0, input: 2 },
			],
		},
		{
			json: { answer: 'B', winner: ['A', 'C'] },
			pairedItem: [
				{ item: 1, input: 0 },
				{ item: 1, input: 1 },
				{ item: 1, input: 2 },
			],
		},
	]);
});

it.each([
	{ branches: 2, missing: [] },
	{ branches: 10, missing: [0, 4, 9] },
])('takes $branches inputs, of which $missing did not run', async ({ branches, missing }) => {
	const all = Array.from(
		{ length: branches },
		(_, index): Branch => (missing.includes(index) ? 'does not run' : given('7')),
	);
	const run = await runBranches({}, all);
	expect(run.error).toBeUndefined();
	const [item] = jsonOf(run, 'Reconcile', AGREED);
	expect(item).toMatchObject({ answer: 7, agreement: 1 });
	expect((item?.winner as unknown[]).length).toBe(branches - missing.length);
});

it('names a branch that did not run, and goes on without it', async () => {
	const run = await runBranches({}, [given('5'), 'does not run', given('5')]);
	const warning = 'Input 2 (B) did not vote: its branch did not run or gave no item';
	expect(jsonOf(run, 'Reconcile', AGREED)).toMatchObject([
		{ answer: 5, agreement: 1, winner: ['A', 'C'], warnings: [warning] },
	]);
	expect(messages(run)).toContain(warning);
});

it('names an input to which nothing is connected', async () => {
	const run = await runBranches({}, [given('5'), given('5'), 'not connected']);
	expect(jsonOf(run, 'Reconcile', AGREED)).toMatchObject([
		{
			answer: 5,
			warnings: ['Input 3 did not vote: its branch did not run or gave no item'],
		},
	]);
});

it('evaluates its fields also when the first branch did not run', async () => {
	const run = await runBranches(
		{ agreementThreshold: '={{ $json.above }}', extract: '={{ $json.how }}' },
		[
			'does not run',
			{
				items: [
					{ text: '5', above: 0.9, how: 'finalNumber' },
					{ text: '1', above: 0.1, how: 'wholeText' },
				],
			},
			given('5', '2'),
		],
	);
	expect(run.error).toBeUndefined();
	expect(jsonOf(run, 'Reconcile', AGREED)).toMatchObject([
		{ answer: 5, extraction: { used: 'finalNumber' } },
	]);
	expect(jsonOf(run, 'Reconcile', DISAGREED)).toMatchObject([
		{ extraction: { used: 'wholeText' } },
	]);
});

it('names a branch that delivered an error item', async () => {
	const run = await runBranches({}, [
		given('5'),
		{ code: 'throw new Error("The model is down")', onError: 'continueRegularOutput' },
		{ items: [{ error: 'All failed', message: 'Try again', details: {} }] },
		given('5'),
	]);
	expect(run.error).toBeUndefined();
	const [item] = jsonOf(run, 'Reconcile', AGREED);
	expect(item).toMatchObject({ answer: 5, winner: ['A', 'D'] });
	expect(item?.warnings).toEqual([
		expect.stringMatching(/^B did not vote: /),
		'C did not vote: All failed',
	]);
});

it('says what is missing when fewer than two branches can vote', async () => {
	const run = await runBranches({}, [given('5'), 'does not run']);
	expect(run.error).toMatchObject({
		message:
			'Question 1 of the inputs holds only one answer, by A, where at least two are needed (Input 2 (B) did not vote: its branch did not run or gave no item)',
		description: 'See why the other models gave no answer, or add models.',
	});
	const goesOn = await runBranches({}, [given('5'), 'does not run'], {
		onError: 'continueRegularOutput',
	});
	expect(jsonOf(goesOn, 'Reconcile', DISAGREED)).toMatchObject([
		{ error: expect.stringContaining('only one answer, by A') },
	]);
});

describe('the field of Group By', () => {
	const item = (groupId: string, text: string) => ({ groupId, text });

	it('matches answers whatever their place', async () => {
		const run = await runBranches({}, [
			{ items: [item('q1', '1'), item('q2', '2'), item('q3', '3')] },
			{ items: [item('q3', '3'), item('q1', '1')] },
			{ items: [item('q2', '2'), item('q3', '4'), { error: 'Down', message: '' }] },
		]);
		expect(run.error).toBeUndefined();
		const found = [...jsonOf(run, 'Reconcile', AGREED), ...jsonOf(run, 'Reconcile', DISAGREED)];
		expect(found).toMatchObject([
			{ groupId: 'q1', answer: 1, warnings: [expect.stringContaining('Input 3 (C)')] },
			{ groupId: 'q2', answer: 2, warnings: [expect.stringContaining('Input 2 (B)')] },
			{ groupId: 'q3', answer: 3, agreement: 2 / 3 },
		]);
		expect(messages(run)).toContainEqual(
			'Item 2 of Input 3 (C) belongs to no group and did not vote: Down',
		);
	});

	it.each([
		{
			items: [item('q1', '1'), { text: '2' }],
			problem: 'Item 1 of Input 2 (B) has no field "groupId" to group by',
		},
		{
			items: [item('q1', '1'), item('q1', '2')],
			problem: 'Item 1 of Input 2 (B) is a second answer to "q1"',
		},
	])('refuses $problem', async ({ items, problem }) => {
		const run = await runBranches({}, [{ items: [item('q1', '1')] }, { items }]);
		expect(run.error?.message).toContain(problem);
		const goesOn = await runBranches({}, [{ items: [item('q1', '1')] }, { items }], {
			onError: 'continueErrorOutput',
		});
		expect(goesOn.items.Reconcile?.[2]).toHaveLength(1);
	});
});

it('says that inputs of different lengths were matched by place', async () => {
	const run = await runBranches({}, [given('1', '2'), given('1'), given('1', '2')]);
	expect(jsonOf(run, 'Reconcile', AGREED)).toMatchObject([
		{ answer: 1, agreement: 1 },
		{
			answer: 2,
			agreement: 1,
			warnings: ['Input 2 (B) did not vote: its branch gave no item for this'],
		},
	]);
	expect(messages(run)).toContainEqual(
		expect.stringContaining('different numbers of items (2, 1, 2)'),
	);
});

it('takes the field that each branch has for its answer, and its model where it names one', async () => {
	const run = await runBranches({ textField: 'text, output, message.content' }, [
		{ items: [{ text: '5', model: 'openai/gpt' }] },
		{ items: [{ output: '5' }] },
		{ items: [{ message: { content: '6' } }] },
	]);
	expect(jsonOf(run, 'Reconcile', AGREED)).toMatchObject([
		{ answer: 5, winner: ['openai/gpt', 'B'], dissent: [{ model: 'C' }] },
	]);
});

it('keeps the fields that are the same on all inputs', async () => {
	const item = (text: string, costUsd: number) => ({ text, costUsd, question: 'Why?', id: 7 });
	const run = await runBranches({}, [{ items: [item('5', 1)] }, { items: [item('5', 2)] }]);
	const [kept] = jsonOf(run, 'Reconcile', AGREED);
	expect(kept).toMatchObject({ question: 'Why?', id: 7, answer: 5 });
	expect(kept).not.toHaveProperty('costUsd');
});

it.each([{ numberInputs: 1 }, { numberInputs: 11 }, { numberInputs: 2.5 }])(
	'refuses $numberInputs inputs',
	async ({ numberInputs }) => {
		const run = await runBranches({ numberInputs }, [given('1'), given('1')]);
		expect(run.error?.message).toBe(
			`Number of Inputs must be a whole number from 2 to 10, got ${numberInputs}`,
		);
	},
);
