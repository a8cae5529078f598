import {
	NodeConnectionTypes,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { jsonOf, runNode, runWorkflow } from './runWorkflow';

function probe(
	execute: (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>,
	description: Partial<INodeTypeDescription> = {},
): Record<string, INodeType> {
	return {
		'test.probe': {
			description: {
				displayName: 'Probe',
				name: 'probe',
				group: ['transform'],
				version: 1,
				description: '',
				defaults: { name: 'Probe' },
				inputs: [NodeConnectionTypes.Main],
				outputs: [NodeConnectionTypes.Main],
				properties: [],
				...description,
			},
			execute,
		},
	};
}

it('feeds a node with items and evaluates its expressions per item', async () => {
	const run = await runNode(
		{
			type: 'n8n-nodes-base.set',
			parameters: { mode: 'raw', jsonOutput: '={{ { sum: $json.a + 1 } }}' },
		},
		[{ a: 1 }, { a: 2 }],
		{ nodes: {} },
	);
	expect(run.error).toBeUndefined();
	expect(run.status).toBe('success');
	expect(jsonOf(run, 'Node')).toEqual([{ sum: 2 }, { sum: 3 }]);
});

it('runs a chain of stand-ins in the order of their connections', async () => {
	const at = (name: string, type: string, parameters: object, typeVersion: number) => ({
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		position: [0, 0] as [number, number],
		parameters: { ...parameters },
	});
	const to = (node: string, index = 0) => ({ node, type: NodeConnectionTypes.Main, index });
	const run = await runWorkflow(
		{
			nodes: [
				at('Start', 'manualTrigger', {}, 1),
				at('Note', 'stickyNote', {}, 1),
				at('List', 'code', { jsCode: 'return [{ json: { list: [1, 2] } }]' }, 2),
				at('Split', 'splitOut', { fieldToSplitOut: 'list' }, 1),
				at('Same', 'noOp', {}, 1),
				at('Both', 'merge', { numberInputs: 2 }, 3.2),
			],
			connections: {
				Start: { main: [[to('List')]] },
				List: { main: [[to('Split'), to('Same')]] },
				Split: { main: [[to('Both', 0)]] },
				Same: { main: [[to('Both', 1)]] },
			},
		},
		{ nodes: {} },
	);
	expect(run.error).toBeUndefined();
	expect(jsonOf(run, 'Both')).toEqual([{ list: 1 }, { list: 2 }, { list: [1, 2] }]);
});

it('hands a node the credential of a type that its description lists', async () => {
	const nodes = probe(
		async function () {
			return [
				[{ json: { key: (await this.getCredentials<{ apiKey: string }>('testApi')).apiKey } }],
			];
		},
		{ credentials: [{ name: 'testApi', required: false }] },
	);
	const given = { nodes, credentials: { testApi: { apiKey: 'abc' } } };
	const run = await runNode({ type: 'test.probe', parameters: {} }, [{}], given);
	expect(jsonOf(run, 'Node')).toEqual([{ key: 'abc' }]);

	const bare = { type: 'test.probe', parameters: {}, credentials: {} };
	const refused = await runNode(bare, [{}], given);
	expect(refused.error?.message).toContain('does not require credentials');
});

it('shows the run hints of a node', async () => {
	const nodes = probe(async function () {
		this.addExecutionHints({ message: 'one line', location: 'outputPane' });
		return [[]];
	});
	const run = await runNode({ type: 'test.probe', parameters: {} }, [{}], { nodes });
	expect(run.hints.Node).toEqual([{ message: 'one line', location: 'outputPane' }]);
});

it('shows the error that stopped the workflow, with its item and description', async () => {
	const nodes = probe(async function () {
		throw new NodeOperationError(this.getNode(), 'no', { description: 'do this', itemIndex: 3 });
	});
	const run = await runNode({ type: 'test.probe', parameters: {} }, [{}], { nodes });
	expect(run.status).toBe('error');
	expect(run.error).toMatchObject({
		message: 'no',
		description: 'do this',
		context: { itemIndex: 3 },
	});
});

it('stops a running node when its signal is aborted', async () => {
	const controller = new AbortController();
	const nodes = probe(async function () {
		const signal = this.getExecutionCancelSignal();
		await new Promise<void>((resolve) => {
			signal?.addEventListener('abort', () => resolve());
			controller.abort();
		});
		return [[{ json: { aborted: signal?.aborted === true } }]];
	});
	const run = await runNode({ type: 'test.probe', parameters: {} }, [{}], {
		nodes,
		signal: controller.signal,
	});
	expect(run.status).toBe('canceled');
});
