import {
	NodeHelpers,
	Workflow,
	type INode,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
} from 'n8n-workflow';
import '../../support/n8nEnvironment';
import { fanOut, FAN_OUT, models, router, ROUTER } from './underTest';

/** A node as the canvas has it. */
function place(type: string, nodeType: INodeType, parameters: INodeParameters) {
	const node: INode = {
		id: '1',
		name: 'Node',
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters,
	};
	const nodeTypes: INodeTypes = {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({
		id: '1',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes,
	});
	const placed = workflow.getNode('Node') ?? node;
	const { description } = nodeType;
	return {
		inputs: NodeHelpers.getNodeInputs(workflow, placed, description),
		subtitle: workflow.expression.getSimpleParameterValue(
			placed,
			description.subtitle ?? '',
			'internal',
			{},
		),
		hints: (description.hints ?? []).map(({ displayCondition = '' }) =>
			workflow.expression.getSimpleParameterValue(placed, displayCondition, 'internal', {}),
		),
	};
}

describe.each([
	[ROUTER, router, '2 models, by priority', '4 models, by priority'],
	[FAN_OUT, fanOut, '2 models at once', '4 models at once'],
] as const)('%s', (type, nodeType, subtitle, connectedSubtitle) => {
	test('has one main input and says how many models it asks', () => {
		const placed = place(type, nodeType, {});
		expect(placed.inputs).toEqual(['main']);
		expect(placed.subtitle).toBe(subtitle);
		expect(placed.hints.filter((isShown) => isShown)).toEqual([]);
	});

	test('gets a numbered input for each connected model', () => {
		const placed = place(type, nodeType, { connectedModels: 2 });
		expect(placed.inputs).toEqual([
			'main',
			{ type: 'ai_languageModel', displayName: 'Model 1', maxConnections: 1, required: false },
			{ type: 'ai_languageModel', displayName: 'Model 2', maxConnections: 1, required: false },
		]);
		expect(placed.subtitle).toBe(connectedSubtitle);
	});

	test.each([-1, 0.5, 'many', 99])(
		'survives %j connected models on the canvas',
		(connectedModels) => {
			const { inputs } = place(type, nodeType, { connectedModels });
			expect(inputs.length).toBeLessThanOrEqual(9);
			expect(inputs[0]).toBe('main');
		},
	);

	test('hints that no model is listed', () => {
		expect(place(type, nodeType, { candidates: {} }).hints[0]).toBe(true);
		expect(place(type, nodeType, { candidates: {}, connectedModels: 1 }).hints[0]).toBe(false);
	});
});

test('the Router hints that one model has nothing to fall back to', () => {
	expect(place(ROUTER, router, { candidates: models('openai/a') }).hints[1]).toBe(true);
});

test('the Fan-out hints that more answers are needed than models are there', () => {
	expect(place(FAN_OUT, fanOut, { minAnswers: 3 }).hints[1]).toBe(true);
});
