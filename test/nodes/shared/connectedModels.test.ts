import type { IConnections, IDataObject, INodeParameters } from 'n8n-workflow';
import { MultiModelRouter } from '../../../nodes/MultiModelRouter/MultiModelRouter.node';
import { runtime } from '../../../nodes/shared/runtime';
import { jsonOf, runWorkflow, type WorkflowJson } from '../../support/runWorkflow';
import { fakeModelNode } from './fakeModelNode';

const ROUTER = 'n8n-nodes-multi-model.multiModelRouter';
const MODEL = '@n8n/n8n-nodes-langchain.fakeChatModel';

interface Wiring {
	/** Name of the model on each input, counted from 1; a name may be on several. */
	readonly inputs: Readonly<Record<number, string>>;
	/** Parameters of the model nodes by name. */
	readonly models?: Readonly<Record<string, INodeParameters>>;
	readonly disabled?: readonly string[];
	/** The order in which the wires stand in the workflow; default by input. */
	readonly wiredIn?: readonly number[];
}

function workflow(wiring: Wiring, parameters: INodeParameters): WorkflowJson {
	const names = [...new Set(Object.values(wiring.inputs))];
	const order = wiring.wiredIn ?? Object.keys(wiring.inputs).map(Number);
	const connections: IConnections = {
		Trigger: { main: [[{ node: 'Router', type: 'main', index: 0 }]] },
	};
	for (const input of order) {
		const name = wiring.inputs[input] ?? '';
		const from = (connections[name] ??= { ai_languageModel: [[]] });
		from.ai_languageModel?.[0]?.push({
			node: 'Router',
			type: 'ai_languageModel',
			index: input - 1,
		});
	}
	return {
		nodes: [
			{
				name: 'Trigger',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{ name: 'Router', type: ROUTER, typeVersion: 1, position: [200, 0], parameters },
			...names.map((name) => ({
				name,
				type: MODEL,
				typeVersion: 1,
				position: [200, 200] as [number, number],
				parameters: wiring.models?.[name] ?? {},
				...(wiring.disabled?.includes(name) ? { disabled: true } : {}),
			})),
		],
		connections,
	};
}

async function run(
	wiring: Wiring,
	parameters: INodeParameters,
	options: { items?: IDataObject[]; onError?: 'continueRegularOutput'; executionId?: string } = {},
	answer: (prompt: string, name: string) => string = (_, name) => `I am ${name}`,
) {
	const { node, calls } = fakeModelNode(answer);
	const json = workflow(wiring, {
		providers: [],
		candidates: { values: [] },
		prompt: '={{ $json.question }}',
		...parameters,
	});
	const nodes = json.nodes.map((one) =>
		one.name === 'Router' && options.onError ? { ...one, onError: options.onError } : one,
	);
	const items = options.items ?? [{ question: 'Who are you?' }];
	const result = await runWorkflow(
		{ ...json, nodes },
		{
			nodes: { [ROUTER]: new MultiModelRouter(), [MODEL]: node },
			pinData: { Trigger: items.map((item) => ({ json: item })) },
			...(options.executionId === undefined ? {} : { executionId: options.executionId }),
		},
	);
	return { result, calls, items: jsonOf(result, 'Router') };
}

afterEach(() => runtime().state.clear());

test('asks the connected models by the number of their input, not by the order of wiring', async () => {
	const { items } = await run(
		{ inputs: { 1: 'First', 2: 'Second', 3: 'Third' }, wiredIn: [3, 1, 2] },
		{ connectedModels: 3 },
	);
	expect(items).toMatchObject([{ text: 'I am First', model: 'connected/1' }]);
});

test('falls back from one connected model to the next and lists one call for each', async () => {
	const fails = (_: string, name: string) => {
		if (name === 'First') throw Object.assign(new Error('down'), { status: 503 });
		return `I am ${name}`;
	};
	const { items, calls } = await run(
		{ inputs: { 1: 'First', 2: 'Second' } },
		{ connectedModels: 2, reliability: { maxRetries: 0 } },
		{},
		fails,
	);
	expect(items).toMatchObject([{ text: 'I am Second', model: 'connected/2' }]);
	const attempts = items[0]?.attempts as Array<{ model: string; outcome: string }>;
	expect(attempts).toHaveLength(calls.length);
	expect(attempts.map(({ model, outcome }) => [model, outcome])).toEqual([
		['connected/1', 'overloaded'],
		['connected/2', 'ok'],
	]);
});

test('knows the price of a connected model that tells its name', async () => {
	const { items } = await run({ inputs: { 1: 'First' } }, { connectedModels: 1 });
	// 10 tokens in at $0.15 and 5 out at $0.60 per million.
	expect(items[0]?.costUsd).toBeCloseTo(10 * 0.15e-6 + 5 * 0.6e-6, 12);
	expect(items[0]?.usage).toEqual({ inputTokens: 10, outputTokens: 5 });
});

test('skips an input that is empty or whose model is switched off', async () => {
	const { items } = await run(
		{ inputs: { 1: 'Off', 3: 'Third' }, disabled: ['Off'] },
		{ connectedModels: 3 },
	);
	expect(items).toMatchObject([{ text: 'I am Third', model: 'connected/3' }]);
	expect((items[0]?.route as IDataObject).skipped).toEqual([
		{ model: 'connected/1', reason: '"Off" on the input Model 1 is switched off' },
		{ model: 'connected/2', reason: 'nothing is connected to the input Model 2' },
	]);
});

test('takes one model on two inputs for both', async () => {
	const { items } = await run({ inputs: { 1: 'Same', 2: 'Same' } }, { connectedModels: 2 });
	expect(items).toMatchObject([{ model: 'connected/1', route: { skipped: [] } }]);
});

test('puts a connected model where the list names it', async () => {
	const { items } = await run(
		{ inputs: { 1: 'First', 2: 'Second' } },
		{
			connectedModels: 2,
			candidates: { values: [{ model: { __rl: true, mode: 'id', value: 'connected/1' } }] },
		},
	);
	expect(items).toMatchObject([{ text: 'I am Second', model: 'connected/2' }]);
});

test('builds the model anew for each item, with the expressions in its fields', async () => {
	const { items } = await run(
		{ inputs: { 1: 'Echo' }, models: { Echo: { says: '={{ $json.say }}' } } },
		{ connectedModels: 1, prompt: 'the same prompt for all' },
		{ items: [{ say: 'one' }, { say: 'two' }] },
	);
	expect(items.map(({ text, cache }) => [text, cache])).toEqual([
		['one', 'miss'],
		['two', 'miss'],
	]);
});

test('shares one call among identical items of one execution, and none with the next', async () => {
	const wiring: Wiring = { inputs: { 1: 'First' } };
	const twice = { items: [{ question: 'x' }, { question: 'x' }], executionId: 'one' };
	const first = await run(wiring, { connectedModels: 1 }, twice);
	expect(first.calls).toHaveLength(1);
	const second = await run(wiring, { connectedModels: 1 }, { ...twice, executionId: 'two' });
	expect(second.calls).toHaveLength(1);
});

test('names the sub-node that cannot be built', async () => {
	const { result } = await run(
		{ inputs: { 1: 'First', 2: 'Bad One' }, models: { 'Bad One': { says: 'broken' } } },
		{ connectedModels: 2 },
	);
	expect(result.error?.message).toContain(
		'A connected model cannot be used: Error in sub-node Bad One: wrong credential',
	);
});

test('does not let a broken sub-node end the run under Continue', async () => {
	const { items } = await run(
		{ inputs: { 1: 'First' }, models: { First: { says: '={{ $json.say }}' } } },
		{ connectedModels: 1 },
		{
			items: [
				{ question: 'a', say: 'broken' },
				{ question: 'b', say: 'fine' },
			],
			onError: 'continueRegularOutput',
		},
	);
	expect(items).toMatchObject([
		{ error: expect.stringContaining('wrong credential'), details: { code: 'INVALID_PLAN' } },
		{ text: 'fine' },
	]);
});

test('refuses a number of inputs that the node does not have', async () => {
	const { result } = await run({ inputs: { 1: 'First' } }, { connectedModels: 9 });
	expect(result.error?.message).toBe('Connected Models must be a whole number from 0 to 8, got 9');
});

test('says so when the list names an input that the node does not have', async () => {
	const { result } = await run(
		{ inputs: { 1: 'First' } },
		{
			connectedModels: 1,
			candidates: { values: [{ model: { __rl: true, mode: 'id', value: 'connected/2' } }] },
		},
	);
	expect(result.error?.message).toBe('Model 1 is connected/2, but the node has inputs 1 to 1 only');
});
